import {describe, expect, test} from 'vitest';
import type {Observation} from '../../../source/core/model/observation.ts';
import {parsePluginOutput} from '../../../source/documents/perfdata.ts';
import {checkReport, pluginLines} from '../../../source/commands/check/report.ts';

const about = {name: 'web', local: true, elapsedMs: 12};
const readings = {
  api: {status: 200, totalMs: 4.2},
  checks: {
    'disk': {
      kind: 'disk',
      state: 'ok',
      text: '31 GiB free',
      metrics: [{name: 'free', value: 31.5, unit: '%'}],
    },
    'the load': {
      kind: 'exec',
      state: 'warn',
      text: 'LOAD WARNING',
      metrics: [{name: "it's 1", value: 9, unit: ''}],
    },
  },
} as const;

describe('the report of a check', () => {
  test('tells what every check said, and their numbers behind the time', () => {
    const report = checkReport({kind: 'ok', readings, latencyMs: 4.2}, about);
    const {document} = report;
    expect(pluginLines([report])).toEqual([
      "AGENT2 OK - web: status 200 in 4.2 ms, disk: 31 GiB free, the load: LOAD WARNING | time=0.004200s 'disk free'=31.5% 'the load it''s 1'=9",
    ]);
    expect(document).toMatchObject({
      health_status: 'ok',
      cause: null,
      readings: {checks: {disk: {state: 'ok'}}},
      faults: [],
    });
  });

  test('of several targets has one bar, in its first line, and a label for each number of each target', () => {
    const of = (name: string, observation: Observation) =>
      checkReport(observation, {...about, name});
    const lines = pluginLines([
      of('db', {
        kind: 'failed',
        readings: {},
        faults: [{probe: 'port', kind: 'port_closed', text: 'port | closed'}],
      }),
      of('web', {kind: 'ok', readings, latencyMs: 4.2}),
      of('api', {kind: 'ok', readings: {}, latencyMs: 1}),
    ]);
    expect(lines[0]).toBe(
      "AGENT2 CRITICAL - db: not_listening: port / closed | 'web time'=0.004200s 'web disk free'=31.5% 'web the load it''s 1'=9 'api time'=0.001000s",
    );
    expect(lines.slice(1).join('')).not.toContain('|');
    const labels = parsePluginOutput(lines.join('\n')).metrics.map(({name}) => name);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels).toHaveLength(4);
  });

  test('tells warnings, without a cause unless it is slow', () => {
    const warned = (kind: 'check_unknown' | 'file_stale'): Observation => ({
      kind: 'ok',
      readings: {},
      warnings: [{probe: 'load', kind, text: 'load: not known'}],
    });
    expect(checkReport(warned('check_unknown'), about)).toMatchObject({
      line: 'AGENT2 WARNING - web: load: not known',
      document: {
        health_status: 'warn',
        cause: null,
        faults: [{kind: 'check_unknown', probe: 'load'}],
      },
    });
    const slow: Observation = {
      kind: 'ok',
      readings: {},
      warnings: [{probe: 'api', kind: 'slow', latencyMs: 9, limitMs: 5, text: 'answered late'}],
    };
    expect(checkReport(slow, about).line).toBe('AGENT2 WARNING - web: slow: answered late');
  });

  test.each([
    'exec_failed',
    'file_missing',
    'file_present',
    'file_stale',
    'file_size',
    'disk_low',
  ] as const)('calls a service with %s unhealthy', kind => {
    const fault = {probe: 'mine', kind, text: 'mine: no', lastLine: 'no'} as const;
    expect(checkReport({kind: 'failed', readings: {}, faults: [fault]}, about)).toMatchObject({
      line: 'AGENT2 CRITICAL - web: unhealthy: mine: no',
      document: {cause: 'unhealthy'},
    });
  });

  test('keeps a bar in what was said from being taken for the start of the numbers', () => {
    expect(checkReport({kind: 'inconclusive', reason: 'a | b=1'}, about).line).toBe(
      'AGENT2 UNKNOWN - web: a / b=1',
    );
  });

  test('says why it could not be made', () => {
    expect(checkReport({kind: 'inconclusive', reason: 'EMFILE'}, about)).toMatchObject({
      line: 'AGENT2 UNKNOWN - web: EMFILE',
      document: {health_status: 'unknown', reason: 'EMFILE'},
    });
  });
});
