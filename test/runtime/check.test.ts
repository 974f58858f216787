import {describe, expect, test} from 'vitest';
import type {OpenPort, Probe} from '../../source/contracts/probe.ts';
import type {CheckReading, ProbeResult} from '../../source/core/model/observation.ts';
import {TextError} from '../../source/core/text/text-error.ts';
import {check, type TargetProbes} from '../../source/runtime/check.ts';

const context = {signal: new AbortController().signal, timeoutMs: 1_000, slowMs: 1_000};

function probe(kind: string, inspect: () => ProbeResult | Promise<ProbeResult>): Probe {
  return {kind, inspect: async () => inspect()};
}

const reading = (state: CheckReading['state']): CheckReading => ({
  kind: 'exec',
  state,
  text: state,
  metrics: [],
});
const good = (name: string) =>
  probe(name, () => ({readings: {checks: {[name]: reading('ok')}}, faults: [], latencyMs: 1}));
const bad = (name: string) =>
  probe(name, () => ({
    readings: {checks: {[name]: reading('failed')}},
    faults: [{probe: name, kind: 'exec_failed', code: 2, lastLine: 'no', text: 'no'}],
  }));
const blind = (name: string) => probe(name, () => Promise.reject(new Error('EMFILE')));
const api = probe('api', () => ({readings: {api: {status: 200}}, faults: [], latencyMs: 7}));

const required = (probe: Probe) => ({probe, advisory: false});
const advisory = (probe: Probe) => ({probe, advisory: true});

function observe(probes: Partial<TargetProbes>) {
  return check({checks: [], ...probes}, context);
}

describe("a target's own checks", () => {
  test("run beside the api, whose response time stays the target's", async () => {
    expect(await observe({api, checks: [required(good('a')), advisory(good('b'))]})).toEqual({
      kind: 'ok',
      readings: {api: {status: 200}, checks: {a: reading('ok'), b: reading('ok')}},
      latencyMs: 7,
    });
    expect(await observe({checks: [required(good('a'))]})).toMatchObject({
      kind: 'ok',
      latencyMs: undefined,
    });
  });

  test('fail the target by name when they are required', async () => {
    expect(await observe({api, checks: [required(good('a')), required(bad('b'))]})).toMatchObject({
      kind: 'failed',
      faults: [{probe: 'b', kind: 'exec_failed', text: 'b: no'}],
      readings: {checks: {a: {state: 'ok'}, b: {state: 'failed'}}},
      latencyMs: 7,
    });
  });

  test('only warn when they are advisory', async () => {
    expect(await observe({api, checks: [advisory(bad('b'))]})).toMatchObject({
      kind: 'ok',
      warnings: [{probe: 'b', kind: 'exec_failed', text: 'b: no'}],
      readings: {checks: {b: {state: 'warn'}}},
    });
  });

  test('that cannot run prove nothing: required ones make the check inconclusive, advisory ones warn', async () => {
    expect(await observe({api, checks: [required(blind('a'))]})).toEqual({
      kind: 'inconclusive',
      reason: 'a: EMFILE',
    });
    expect(await observe({api, checks: [required(blind('a')), required(bad('b'))]})).toMatchObject({
      kind: 'failed',
      faults: [{probe: 'b'}],
    });
    expect(await observe({api, checks: [advisory(blind('a'))]})).toMatchObject({
      kind: 'ok',
      warnings: [{probe: 'a', kind: 'check_unknown', text: 'a: EMFILE'}],
    });
  });

  test('fail a target whose url cannot be asked for a reason of our own, which alone makes the check inconclusive', async () => {
    const unasked = probe('api', () => Promise.reject(new TextError('ca.pem cannot be used')));
    expect(await observe({api: unasked})).toEqual({
      kind: 'inconclusive',
      reason: 'could not check: ca.pem cannot be used',
    });
    expect(await observe({api: unasked, checks: [required(bad('b'))]})).toMatchObject({
      kind: 'failed',
      faults: [{probe: 'b'}],
    });
  });

  test('run together with the api', async () => {
    let release: () => void = () => undefined;
    const both = new Promise<void>(resolve => (release = resolve));
    // Each waits for the other one: were they made in turn, neither would end.
    const waiting = probe('a', () => both.then(() => ({readings: {}, faults: []})));
    const releasing = probe('api', () => {
      release();
      return {readings: {api: {}}, faults: []};
    });
    expect(await observe({api: releasing, checks: [required(waiting)]})).toMatchObject({
      kind: 'ok',
    });
    const other = new Promise<void>(resolve => (release = resolve));
    const waitingApi = probe('api', () => other.then(() => ({readings: {api: {}}, faults: []})));
    const releasingCheck = probe('a', () => {
      release();
      return {readings: {}, faults: []};
    });
    expect(await observe({api: waitingApi, checks: [required(releasingCheck)]})).toMatchObject({
      kind: 'ok',
    });
  });

  test('end before the check does, also when the api probe throws', async () => {
    const ended: string[] = [];
    const slow = probe('a', async () => {
      await new Promise(resolve => setImmediate(resolve));
      ended.push('a');
      return {readings: {}, faults: []};
    });
    await expect(observe({api: blind('api'), checks: [required(slow)]})).rejects.toThrow('EMFILE');
    expect(ended).toEqual(['a']);
  });

  test('do not run while the process is suspended', async () => {
    const suspended = probe('process', () => ({
      readings: {
        process: {state: 'stopped', identity: {pid: 7, startKey: 'x'}, via: 'port', command: 'x'},
      },
      faults: [
        {probe: 'process', kind: 'process_stopped', pid: 7, traced: false, text: 'suspended'},
      ],
    }));
    const process = {
      ...suspended,
      read: () => ({state: 'unknown', reason: ''}) as const,
      judge: () => ({readings: {}, faults: []}),
    };
    expect(await observe({process, checks: [required(blind('a'))]})).toMatchObject({
      kind: 'failed',
      faults: [{kind: 'process_stopped'}],
    });
  });

  test('that fail cause a second reading of the process, but no search for the owner of the port', async () => {
    let settled = 0;
    const alive = probe('process', () => {
      settled += 1;
      return settled === 1
        ? {
            readings: {
              process: {
                state: 'alive',
                identity: {pid: 7, startKey: 'x'},
                via: 'port',
                command: 'x',
              },
            },
            faults: [],
          }
        : {
            readings: {process: {state: 'gone', via: 'port', pid: 7, pidFile: 'none'}},
            faults: [{probe: 'process', kind: 'process_gone', pid: 7, text: 'gone'}],
          };
    });
    const process = {
      ...alive,
      read: () => ({state: 'unknown', reason: ''}) as const,
      judge: () => ({readings: {}, faults: []}),
    };
    const asked = () => Promise.reject(new Error('asked for the owner'));
    const owner = {
      owner: asked,
      learn: asked,
      noteStranger: () => Promise.resolve(),
      doubt: () => undefined,
      leftovers: async () => [],
      endedFront: () => undefined,
    };
    expect(await observe({process, checks: [required(bad('a'))]})).toMatchObject({
      kind: 'failed',
      faults: [{kind: 'process_gone'}, {probe: 'a'}],
    });
    expect(await observe({owner, checks: [required(bad('a'))]})).toMatchObject({
      kind: 'failed',
      faults: [{probe: 'a'}],
    });
  });
});

describe('a closed port of a process that lives', () => {
  const refused = probe('api', () => ({
    readings: {},
    faults: [{probe: 'api', kind: 'connect_refused', text: 'refused'}],
  }));
  const reading = {
    state: 'alive',
    identity: {pid: 42, startKey: '1'},
    via: 'child',
    command: 'web',
  } as const;
  const seen: ProbeResult = {readings: {process: reading}, faults: []};
  const alive = {...probe('process', () => seen), read: () => reading, judge: () => seen};
  const port = {kind: 'port', port: 3000, viaApi: true, inspect: refused.inspect};
  const here = (port: number) => ({port, where: String(port), isReached: true});
  const listeningOn = (...ports: readonly OpenPort[]) =>
    observe({process: alive, api: refused, port, portsOf: () => ports});

  test('names the ports on which the process listens instead', async () => {
    expect(await listeningOn(here(3001))).toMatchObject({
      faults: [{listensOn: [3001], text: 'refused; the process listens on 3001'}],
    });
  });

  test('names the other address on which the process has opened that port', async () => {
    const elsewhere = {port: 3000, where: '[::1]:3000', isReached: false};
    expect(await listeningOn(elsewhere, here(3001))).toMatchObject({
      faults: [{listensOn: [3000, 3001], text: 'refused; the process listens on [::1]:3000, 3001'}],
    });
  });

  test('names none when the process has opened it meanwhile', async () => {
    const {faults} = (await listeningOn(here(3000), here(3001))) as {faults: readonly object[]};
    expect(faults).toEqual([{probe: 'api', kind: 'connect_refused', text: 'refused'}]);
  });
});
