import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {presets} from '../../source/config/presets.ts';
import type {Fix} from '../../source/contracts/fix.ts';
import {initialState} from '../../source/core/initial.ts';
import type {Notice} from '../../source/core/model/effect.ts';
import type {TargetState} from '../../source/core/model/target.ts';
import {findTarget, targetsOf} from '../../source/core/targets.ts';
import {render} from '../../source/core/text/say.ts';
import {createCleaner} from '../../source/format/cleaner.ts';
import {createMonitor} from '../../source/runtime/monitor.ts';
import type {TargetProbes} from '../../source/runtime/check.ts';
import {checkLimitMs} from '../../source/runtime/checks.ts';
import type {Handlers} from '../../source/runtime/handlers.ts';
import {createPerform} from '../../source/runtime/perform.ts';
import {startWatch, WATCH_MS} from '../../source/runtime/watch.ts';
import {stillClock} from '../monitor/stand-ins.ts';
import {until} from '../helpers/until.ts';
import {withFix} from '../helpers/with-fix.ts';

const boom = (): never => {
  throw new TypeError("Cannot read properties of null (reading 'boom')");
};
const rejected = () =>
  Promise.reject(new TypeError("Cannot read properties of null (reading 'boom')"));
/** A fault of the target itself, so that more of its probes are asked. */
const down = async () => ({
  readings: {},
  faults: [{probe: 'api', kind: 'connect_refused', text: 'refused'} as const],
});
const fine = async () => ({readings: {api: {latencyMs: 1, status: 200}}, faults: []});

const settings = (name: string) => ({
  name,
  address: '',
  ...withFix('command'),
  local: true,
  overrides: {startGraceMs: 0},
  dependsOn: [],
  notFor: [],
  fingerprint: '',
});

interface Faulty {
  readonly handlers?: Partial<Handlers>;
  readonly probes?: Partial<TargetProbes>;
  readonly fix?: Partial<Fix>;
}

/** Two targets, `sick` and `well`; what `faulty` names is that of `sick` alone, or of both. */
function watching({handlers = {}, probes = {}, fix = {}}: Faulty) {
  const clock = stillClock();
  const notices: Notice[] = [];
  const isOf = (name: string) => name === 'sick';
  const perform = createPerform({
    probesOf: name => ({
      api: {kind: 'api', inspect: fine},
      checks: [],
      ...(isOf(name) ? probes : {}),
    }),
    fixOf: name => ({
      restart: async () => ({kind: 'done', detail: ''}),
      ...(isOf(name) ? fix : {}),
    }),
    gathererOf: () => undefined,
    continueProcess: () => ({kind: 'done', detail: ''}),
    worstLagSince: () => 0,
    notify: notice => void notices.push(notice),
    writeStatus: () => undefined,
    remember: () => undefined,
    consumeSignal: () => undefined,
    ...handlers,
  });
  const monitor = createMonitor(
    initialState(
      ['sick', 'well'].map(name => ({settings: settings(name), preset: 'dev', observing: false})),
      presets,
      clock.now(),
    ),
    clock,
    perform,
  );
  monitor.dispatch({type: 'started', at: clock.now()});
  const of = (name: string) => findTarget(monitor.getSnapshot(), name) as TargetState;
  /** Lets time pass in steps, with the work that each begins. */
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 250) {
      clock.advance(250);
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  return {monitor, clock, notices, of, pass};
}

function bugsOf({getSnapshot}: {getSnapshot(): {problems: object}}): readonly string[] {
  return Object.keys(getSnapshot().problems).filter(about => about.startsWith('bug:'));
}

const FAULTS: Readonly<Record<string, Faulty>> = {
  'the search for probes': {handlers: {probesOf: boom}},
  'the lag': {handlers: {worstLagSince: boom}},
  'a notice': {handlers: {notify: boom}},
  'the status file': {handlers: {writeStatus: boom}},
  'the memory': {handlers: {remember: boom}},
  'the search for a gatherer': {handlers: {gathererOf: boom}},
  'what a gatherer notes': {
    handlers: {
      gathererOf: () => ({limitMs: 50, gather: rejected, noteHealthy: boom}),
    },
  },
  'the process probe': {
    probes: {process: {kind: 'process', inspect: rejected, read: boom, judge: boom}},
  },
  'the port probe': {probes: {port: {kind: 'port', inspect: rejected, port: 1, viaApi: false}}},
  'the api probe, at once': {probes: {api: {kind: 'api', inspect: boom}}},
  'the api probe, later': {probes: {api: {kind: 'api', inspect: rejected}}},
  'the owner of the port': {
    probes: {
      api: {
        kind: 'api',
        inspect: async () => ({
          ...(await down()),
          faults: [{probe: 'api', kind: 'response_timeout', text: 'late'}],
        }),
      },
      owner: {
        owner: rejected,
        learn: rejected,
        doubt: boom,
        endedFront: boom,
        noteStranger: rejected,
        leftovers: rejected,
      },
    },
  },
  'the manager': {probes: {api: {kind: 'api', inspect: down}, manager: {inspect: rejected}}},
  'a check of its own': {
    probes: {checks: [{probe: {kind: 'disk', inspect: rejected}, advisory: false}]},
  },
  'a check of its own that yields nothing': {
    probes: {
      checks: [{probe: {kind: 'disk', inspect: async () => null as never}, advisory: false}],
    },
  },
};

describe.each(Object.entries(FAULTS))('when %s throws', (_, faulty) => {
  test('it is told once, and both targets are checked again and again', async () => {
    const {monitor, of, notices, pass} = watching(faulty);
    await pass(10_000);
    expect(of('well').check.state === 'idle' || of('sick').check.state === 'idle').toBe(true);
    for (const name of ['sick', 'well']) {
      const {check} = of(name);
      const since = check.state === 'idle' ? check.dueAt : check.startedAt;
      expect(since).toBeGreaterThan(monitor.now() - 2_500);
    }
    const isTold = bugsOf(monitor);
    expect(isTold.length).toBeGreaterThan(0);
    if (!faulty.handlers?.notify) {
      const told = notices.filter(({text}) => render(text).startsWith('a bug in agent2'));
      expect(told).toHaveLength(isTold.length);
      expect(notices.some(({text}) => /^where it happened: .*\.ts:\d+/.test(render(text)))).toBe(
        true,
      );
    }
    const {lastCheck} = of('well');
    if (!faulty.handlers) expect(lastCheck?.observation.kind).toBe('ok');
    if (faulty.probes) expect(of('sick').lastCheck?.observation.kind).not.toBe('ok');
  });
});

const FIXES: Readonly<Record<string, Faulty>> = {
  'the search for a fix': {handlers: {fixOf: boom}},
  'a fix, at once': {fix: {restart: boom}},
  'a fix, later': {fix: {restart: rejected}},
  'the evidence': {
    fix: {restart: rejected},
    handlers: {gathererOf: () => ({limitMs: 50, gather: boom, noteHealthy: () => undefined})},
  },
};

describe.each(Object.entries(FIXES))('when %s throws', (_, faulty) => {
  test('the attempt has failed with the reason, and the next one may begin', async () => {
    const {monitor, of, pass} = watching(faulty);
    await pass(1_000);
    for (let attempt = 1; attempt <= 2; attempt++) {
      monitor.request({type: 'restart-requested', target: 'sick', by: 'user'});
      await until(
        'the fix has ended',
        () => of('sick').fixes.length >= attempt && of('sick').fixes.at(-1)?.result !== 'running',
      );
      const last = of('sick').fixes.at(-1);
      expect(last?.result).toBe('failed');
      expect(render(last?.detail ?? '')).toContain('boom');
      expect(of('sick').repair.step).not.toBe('fixing');
      await pass(3_000);
    }
    expect(bugsOf(monitor)).toContain('bug:fixes');
    expect(of('well').lastCheck?.observation.kind).toBe('ok');
  });
});

test('a probe that works again ends the problem', async () => {
  let broken = true;
  const {monitor, pass} = watching({
    probes: {api: {kind: 'api', inspect: () => (broken ? rejected() : fine())}},
  });
  await pass(3_000);
  expect(bugsOf(monitor)).toEqual(['bug:checks']);
  broken = false;
  await pass(3_000);
  expect(bugsOf(monitor)).toEqual(['bug:checks']);
  await pass(62_000);
  expect(bugsOf(monitor)).toEqual([]);
});

test('a subscriber that throws keeps no other from the change', async () => {
  const {monitor, pass} = watching({});
  let heard = 0;
  monitor.subscribe(boom);
  monitor.subscribe(() => void heard++);
  await pass(1_000);
  expect(heard).toBeGreaterThan(1);
  expect(bugsOf(monitor)).toEqual(['bug:screen']);
});

/** A state whose target `sick` throws at the first look at what `key` names. */
function poisoned(key: keyof TargetState) {
  const clock = stillClock();
  const checks: string[] = [];
  const first = initialState(
    ['sick', 'well'].map(name => ({settings: settings(name), preset: 'dev', observing: false})),
    presets,
    clock.now(),
  );
  let armed = 0;
  const sick = targetsOf(first)[0] as TargetState;
  const value = sick[key];
  Object.defineProperty(sick, key, {
    enumerable: true,
    configurable: true,
    get: () => (armed-- > 0 ? boom() : value),
  });
  const monitor = createMonitor(
    first,
    clock,
    effect => void (effect.type === 'check' && checks.push(effect.target)),
    () => {},
    {...createCleaner(() => []), value: <T>(given: T) => given},
  );
  return {monitor, clock, checks, arm: (times: number) => (armed = times)};
}

test.each(['health', 'uptime', 'settings', 'policy', 'repair'] as const)(
  'a decision that throws at the %s of a target drops its event, and all checks come again',
  key => {
    const {monitor, clock, checks, arm} = poisoned(key);
    arm(1);
    monitor.dispatch({type: 'started', at: clock.now()});
    for (let turns = 0; turns < 40; turns++) {
      arm(turns % 3 === 0 ? 1 : 0);
      clock.advance(250);
    }
    arm(0);
    expect(monitor.getSnapshot().status).toBe('monitoring');
    expect(checks).toContain('well');
    expect(checks).toContain('sick');
  },
);

test('an answer that makes a decision throw leaves no check under way', () => {
  const {monitor, clock} = poisoned('health');
  monitor.dispatch({type: 'started', at: clock.now()});
  clock.advance(2_000);
  const sick = findTarget(monitor.getSnapshot(), 'sick') as TargetState;
  expect(sick.check.state).toBe('running');
  const observation = {
    kind: 'failed',
    readings: {},
    get faults(): never {
      return boom();
    },
  } as const;
  monitor.dispatch({
    type: 'observed',
    at: clock.now(),
    target: 'sick',
    epoch: sick.epoch,
    startedAt: clock.now(),
    lagMs: 0,
    observation,
  });
  expect(findTarget(monitor.getSnapshot(), 'sick')?.check).toMatchObject({state: 'idle'});
  expect(bugsOf(monitor)).toEqual(['bug:decisions']);
});

test('the watch goes on after what one target makes it throw', () => {
  const clock = stillClock();
  const state = initialState(
    ['sick', 'well'].map(name => ({settings: settings(name), preset: 'dev', observing: false})),
    presets,
    clock.now(),
  );
  const looked: string[] = [];
  const caught: unknown[] = [];
  let seconds = 0;
  const watched = (target: string) => ({
    target,
    read: () => ({state: 'unknown', reason: 'a stand-in'}) as const,
    judge: target === 'sick' ? boom : () => ({readings: {}, faults: []}),
  });
  startWatch({
    clock,
    targets: () => [watched('sick'), watched('well')],
    getSnapshot: () => state,
    dispatch: event => 'target' in event && looked.push(event.target),
    everySecond() {
      seconds++;
      boom();
    },
    caught: (part, _, target) => caught.push([part, target]),
  });
  for (let beats = 0; beats < 8; beats++) clock.advance(WATCH_MS);
  expect(looked).toEqual(['well']);
  expect(seconds).toBe(2);
  expect(caught).toContainEqual(['watch', 'sick']);
});

test('a check that never ends is inconclusive at its limit', async () => {
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
  onTestFinished(() => void vi.useRealTimers());
  const {of, pass} = watching({
    probes: {api: {kind: 'api', inspect: () => new Promise<never>(() => {})}},
  });
  await pass(3_000);
  expect(of('sick').check).toMatchObject({
    state: 'running',
    startedAt: expect.toSatisfy((at: number) => at < 3_000),
  });
  vi.advanceTimersByTime(checkLimitMs(of('sick').policy));
  await pass(250);
  const {check} = of('sick');
  expect(check.state === 'idle' || check.startedAt > 3_000).toBe(true);
  expect(of('well').lastCheck?.observation.kind).toBe('ok');
});
