import {expect, test} from 'vitest';
import {presets} from '../../source/config/presets.ts';
import type {Clock} from '../../source/contracts/clock.ts';
import type {Gatherer} from '../../source/contracts/gatherer.ts';
import type {Fix} from '../../source/contracts/fix.ts';
import type {Notice} from '../../source/core/model/effect.ts';
import type {Evidence} from '../../source/core/model/evidence.ts';
import {initialState} from '../../source/core/initial.ts';
import type {Fault} from '../../source/core/model/fault.ts';
import type {TargetProbes} from '../../source/runtime/check.ts';
import {createMonitor} from '../../source/runtime/monitor.ts';
import {createPerform} from '../../source/runtime/perform.ts';
import {garbageCollector} from '../helpers/garbage.ts';
import {until} from '../helpers/until.ts';
import {targetsOf} from '../../source/core/targets.ts';
import {withFix} from '../helpers/with-fix.ts';
import {renderAll} from '../../source/core/text/say.ts';

const evidence: Evidence = {
  at: 1,
  facts: [{label: 'fds', text: '9 of 9'}],
  texts: [],
  found: ['out_of_fds'],
};
const nothing: Gatherer = {
  limitMs: 1_000,
  gather: async () => evidence,
  noteHealthy: () => undefined,
};
const clock: Clock = {
  now: () => performance.now(),
  after: (ms, callback) =>
    (
      timer => () =>
        clearTimeout(timer)
    )(setTimeout(callback, ms)),
  takeJump: () => undefined,
};

/** A target whose process is as `state` says, watched by a real loop that fixes and gathers by stand-ins. */
function watchTarget(
  gatherer: Partial<Gatherer>,
  state: 'alive' | 'stopped' = 'alive',
  noteStranger: () => Promise<void> = async () => undefined,
) {
  const acts: string[] = [];
  const notices: Notice[] = [];
  const suspended: Fault = {
    probe: 'process',
    kind: 'process_stopped',
    pid: 42,
    traced: false,
    text: 'process 42 is suspended',
  };
  const probes: TargetProbes = {
    process: {
      kind: 'process',
      read: () => ({state: 'unknown', reason: 'a stand-in'}),
      judge: () => ({readings: {}, faults: []}),
      inspect: async () => ({
        readings: {
          process: {state, identity: {pid: 42, startKey: 'k'}, via: 'pid-file', command: 'web'},
        },
        faults: state === 'stopped' ? [suspended] : [],
      }),
    },
    owner: {
      owner: async () => ({readings: {}, faults: []}),
      learn: async () => undefined,
      noteStranger: () => (acts.push('note stranger'), noteStranger()),
      doubt: () => undefined,
      leftovers: async () => [],
      endedFront: () => undefined,
    },
    checks: [],
  };
  const fix: Fix = {restart: async () => (acts.push('restart'), {kind: 'done', detail: 'done'})};
  const perform = createPerform({
    probesOf: () => probes,
    fixOf: () => fix,
    gathererOf: () => ({...nothing, ...gatherer}),
    continueProcess: () => (acts.push('continue'), {kind: 'done', detail: 'continued'}),
    worstLagSince: () => 0,
    notify: notice => void notices.push(notice),
    writeStatus: () => undefined,
    remember: () => undefined,
    consumeSignal: () => undefined,
  });
  const settings = {
    name: 'web',
    address: '',
    ...withFix('command'),
    local: true,
    overrides: {startGraceMs: 0},
    dependsOn: [],
    notFor: [],
    fingerprint: '',
  };
  const monitor = createMonitor(
    initialState([{settings, preset: 'dev', observing: false}], presets, clock.now()),
    clock,
    perform,
  );
  monitor.dispatch({type: 'started', at: clock.now()});
  const restart = () => monitor.request({type: 'restart-requested', target: 'web', by: 'user'});
  return {
    monitor,
    acts,
    notices,
    restart,
    problem: () => monitor.getSnapshot().problems['evidence'],
  };
}

async function gatheredBy(gatherer: Partial<Gatherer>) {
  const watched = watchTarget(gatherer);
  watched.restart();
  await until('it was restarted', () => watched.acts.includes('restart'));
  return watched;
}

test('evidence is gathered before the fix acts, and kept', async () => {
  const watched = watchTarget({
    gather: async ({attempt}, readings) => {
      watched.acts.push(`gather for ${attempt}, ${readings.process?.state ?? 'unseen'}`);
      return evidence;
    },
  });
  await until(
    'it was looked at',
    () => targetsOf(watched.monitor.getSnapshot())[0]?.lastCheck !== undefined,
  );
  watched.restart();
  await until('it was restarted', () => watched.acts.includes('restart'));
  expect(watched.acts).toEqual(['gather for 1, alive', 'note stranger', 'restart']);
  expect(renderAll(watched.notices.map(({text}) => text))).toContain(
    'evidence: out_of_fds; fds 9 of 9',
  );
  await watched.monitor.close();
});

test('the gatherer gets the readings of a healthy target as a baseline', async () => {
  const seen: unknown[] = [];
  const watched = watchTarget({noteHealthy: readings => void seen.push(readings.process?.state)});
  await until('it was looked at', () => seen.length > 0);
  expect(seen[0]).toBe('alive');
  await watched.monitor.close();
});

test("failed gathering is agent2's own problem, and the restart still happens", async () => {
  const watched = await gatheredBy({
    gather: () => Promise.reject(new Error('EMFILE: too many open files')),
  });
  expect(watched.problem()).toBe('no evidence about web: EMFILE: too many open files');
  await watched.monitor.close();
});

test('gathering that never ends delays the restart only up to its limit', async () => {
  const startedAt = performance.now();
  const watched = await gatheredBy({limitMs: 150, gather: () => new Promise(() => undefined)});
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(140);
  expect(watched.problem()).toBe('no evidence about web: not gathered within 0.15 s');
  await watched.monitor.close();
});

test('the limit survives a garbage collection', async () => {
  const collectGarbage = garbageCollector();
  const watched = await gatheredBy({
    limitMs: 150,
    gather: () => new Promise(() => setTimeout(collectGarbage, 50)),
  });
  expect(watched.problem()).toBe('no evidence about web: not gathered within 0.15 s');
  await watched.monitor.close();
});

test('a search for the owner of the port that times out does not prevent the restart', async () => {
  const watched = watchTarget({}, 'alive', () =>
    Promise.reject(new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
  );
  watched.restart();
  await until('it was restarted', () => watched.acts.includes('restart'));
  expect(watched.notices.map(({text}) => text)).toContain(
    'cannot tell which process holds the port before the fix: it took too long',
  );
  await watched.monitor.close();
});

test('a suspended process is continued at once, without gathering', async () => {
  const watched = watchTarget(
    {gather: async () => (watched.acts.push('gather'), evidence)},
    'stopped',
  );
  await until('it was continued', () => watched.acts.includes('continue'));
  expect(watched.acts[0]).toBe('continue');
  await watched.monitor.close();
});
