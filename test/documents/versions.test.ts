import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {presets} from '../../source/config/presets.ts';
import {initialState} from '../../source/core/initial.ts';
import {targetsOf} from '../../source/core/targets.ts';
import {createPast} from '../../source/core/replay/past.ts';
import {simulate} from '../../source/core/replay/simulate.ts';
import {readChildRecord} from '../../source/documents/child-record.ts';
import {readAnswer} from '../../source/documents/control/answer.ts';
import {readNotice} from '../../source/documents/control/notice.ts';
import {eventReader} from '../../source/documents/control/event-stream.ts';
import {readLogLine} from '../../source/documents/log-entry.ts';
import {readMonitorCard} from '../../source/documents/monitor-card.ts';
import {readMemory} from '../../source/documents/memory.ts';
import {laterText} from '../../source/documents/later-text.ts';
import {readMonitorStatus} from '../../source/documents/monitor-status.ts';
import {readRecordingLine} from '../../source/documents/recording.ts';
import {newTarget} from '../helpers/states.ts';

const written = (file: string) =>
  readFileSync(new URL(`../fixtures/documents/1/${file}`, import.meta.url), 'utf8');

describe('what agent2 0.1.0 wrote is read:', () => {
  test('its memory, whole', () => {
    const text = written('memory.json');
    const read = readMemory(text);
    if (read.kind !== 'read') throw new Error(`it is ${read.kind}`);
    expect(read.value.forgotten).toEqual([]);
    expect(Object.fromEntries(read.value.memories)).toEqual(
      (JSON.parse(text) as {targets: unknown}).targets,
    );
    expect(read.value.memories.get('web')?.incidents.map(({cause}) => cause)).toEqual([
      'crashed',
      'erroring',
    ]);
    expect(read.value.memories.get('db')?.incident).toMatchObject({
      cause: 'not_listening',
      fixes: 4,
    });
    expect(read.value.memories.get('worker')).toMatchObject({
      paused: {untilAt: expect.any(Number) as number},
      chosen: {preset: 'prod'},
    });
  });

  test('its memory of held targets, one without a next attempt', () => {
    const read = readMemory(written('memory-held.json'));
    if (read.kind !== 'read') throw new Error(`it is ${read.kind}`);
    expect(read.value.forgotten).toEqual([]);
    const held = [...read.value.memories].map(([name, memory]) => [name, memory.held]);
    expect(Object.fromEntries(held)).toMatchObject({
      db: {reason: 'budget', nextAttemptAt: expect.any(Number) as number},
      port: {reason: 'port_taken', nextAttemptAt: Infinity},
      web: undefined,
    });
    const memory = read.value.memories.get('port');
    const start = {settings: newTarget().settings, preset: 'test', observing: false, memory};
    const [target] = targetsOf(initialState([start], presets, 2_000_000));
    expect(target?.repair).toMatchObject({
      step: 'held',
      nextAttemptAt: Infinity,
    });
  });

  test('its card, and the record of its child', () => {
    expect(readMonitorCard(written('monitor.json'), 22_646)).toMatchObject({
      targets: ['web', 'db', 'worker'],
      version: '0.1.0',
      startKey: expect.any(String) as string,
    });
    expect(readChildRecord(written('child.json'))).toMatchObject({
      identity: {pid: 22_731},
      ours: true,
    });
  });

  test('every line of its log', () => {
    for (const line of written('agent2.jsonl').trimEnd().split('\n'))
      expect(readLogLine(line)).toMatchObject({logger: 'agent2', at: expect.any(Number) as number});
  });

  test('its status file', () => {
    const status = readMonitorStatus(written('agent2_status.json'));
    expect(status).toMatchObject({version: '0.1.0', stopped: false, problems: {}});
    expect(status?.targets).toMatchObject([
      {name: 'web', fix: 'child', heals: true, ownsProcess: true, verdicts: {relapsed: 1}},
      {name: 'db', health: 'down', cause: 'not_listening', heals: true, ownsProcess: false},
      {name: 'worker', phase: 'paused', preset: 'prod*', heals: false},
    ]);
    expect(status?.targets[0]?.fixes.map(({cause, result}) => [cause, result])).toEqual([
      ['crashed', 'success'],
      ['erroring', 'success'],
    ]);
  });

  test('its event stream', () => {
    const {push} = eventReader(1_000_000);
    const events = push(written('events.txt')) ?? [];
    const notices = events.filter(({event}) => event === 'notice');
    expect(notices.length).toBeGreaterThan(3);
    for (const {data} of notices)
      expect(readNotice(data)).toMatchObject({kind: expect.any(String) as string});
    const [first] = events;
    expect(first?.event).toBe('snapshot');
    expect(readMonitorStatus(first?.data ?? '')?.pid).toBe(22_646);
  });

  test('its answers over the socket', () => {
    expect(readAnswer(written('answer.json'))).toMatchObject({
      kind: 'read',
      value: {ok: true, text: 'web: was not paused', targets: [{name: 'web'}]},
    });
  });

  test('its recording, to the last line, also replayed with other settings', () => {
    const past = createPast();
    const kinds = {header: 0, event: 0, damaged: 0, later: 0};
    for (const text of written('record.jsonl').trimEnd().split('\n')) {
      const line = readRecordingLine(text);
      kinds[line.kind] += 1;
      if (line.kind === 'header') past.begin(line.header.state, line.header.at);
      if (line.kind === 'event') past.apply(line.event);
    }
    expect(kinds).toEqual({header: 1, event: 242, damaged: 0, later: 0});
    const history = past.history();
    if (!history) throw new Error('there is no history');
    expect(
      history.targets.map(({start: {settings}, happened: {fixes, downs}}) => [
        settings.name,
        fixes,
        downs,
      ]),
    ).toEqual([
      ['web', 2, 2],
      ['db', 4, 1],
      ['worker', 0, 1],
    ]);
    const outcome = simulate(history, {preset: 'prod', overrides: {}}, presets);
    expect(outcome.get('web')?.fixes).toBeGreaterThan(0);
  });
});

describe('what a later agent2 wrote is refused by a sentence:', () => {
  const later = {kind: 'later', version: 99, known: 2};

  test('a memory', () => {
    const read = readMemory('{"version":99,"by":"7.0.0","targets":[]}');
    expect(read).toEqual({...later, by: '7.0.0'});
    expect(read.kind === 'later' && laterText(read)).toMatch(
      /^was written by agent2 7\.0\.0 \(format 99; agent2 \S+ reads up to format 2\)$/,
    );
  });

  test('a recording', () => {
    expect(readRecordingLine('{"type":"recording","version":99,"at":"?"}')).toEqual(later);
  });
});
