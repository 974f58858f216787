import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {presets} from '../../source/config/presets.ts';
import type {TargetSpec} from '../../source/config/spec.ts';
import {targetFrom} from '../../source/config/options/target.ts';
import type {Clock} from '../../source/contracts/clock.ts';
import type {Effect} from '../../source/core/model/effect.ts';
import type {Event} from '../../source/core/model/event.ts';
import {initialState} from '../../source/core/initial.ts';
import {openTarget, startOf, type OpenTarget} from '../../source/monitor/target.ts';
import {createProblems, type Problems} from '../../source/monitor/problems.ts';
import {createMonitor, type RunningMonitor} from '../../source/runtime/monitor.ts';
import {onCleanup} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {render} from '../../source/core/text/say.ts';

/** A clock that only a test moves. */
export function stillClock(at = 1_000): Clock & {advance(ms: number): void} {
  let now = at;
  const timers = new Set<{readonly at: number; readonly run: () => void}>();
  return {
    now: () => now,
    after(ms, run) {
      const timer = {at: now + ms, run};
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    takeJump: () => undefined,
    advance(ms) {
      now += ms;
      for (const timer of [...timers].filter(due => due.at <= now)) {
        timers.delete(timer);
        timer.run();
      }
    },
  };
}

/** A state directory as a monitor that has claimed it finds it. */
export function makeStateDir(): string {
  const {stateDir} = makeHome();
  mkdirSync(join(stateDir, 'run'), {recursive: true});
  return stateDir;
}

/** A target that nobody listens for. `argv` makes it a child of agent2. */
export function specOf(name: string, argv?: readonly string[], more: Partial<TargetSpec> = {}) {
  return {
    ...targetFrom('http://127.0.0.1:1/', {name}, argv, '/'),
    fingerprint: `${name} ${argv?.join(' ') ?? ''}`,
    ...more,
  };
}

/** A command that stays, is one process from its beginning on, and can be told by `directory`. */
export function sleeper(directory: string): readonly string[] {
  return ['bash', '-c', 'exec -a "$0" sleep 60', directory];
}

/** Opened for real, and its child ended after the test. */
export async function opened(
  spec: TargetSpec,
  stateDir: string,
  problems: Problems = createProblems({now: () => 0}),
): Promise<OpenTarget> {
  const target = await openTarget(spec, {stateDir, separate: true, now: () => 0, problems});
  onCleanup(() => target.fix.child?.kill());
  return target;
}

/** A real loop that decides about `specs`, and of whose effects nothing comes. */
export function loopOf(specs: readonly TargetSpec[], clock: Clock = stillClock()) {
  const events: Event[] = [];
  const effects: Effect[] = [];
  const loop: RunningMonitor = createMonitor(
    initialState(
      specs.map(spec => startOf(spec, undefined)),
      presets,
      clock.now(),
    ),
    clock,
    effect => void effects.push(effect),
    event => void events.push(event),
  );
  return {loop, events, effects};
}

/** Problems of which the last word about each subject is kept. */
export function heardProblems(): Problems & {readonly heard: Map<string, string | undefined>} {
  const heard = new Map<string, string | undefined>();
  return {
    heard,
    about: subject => text => void heard.set(subject, text && render(text)),
    connect: () => {},
  };
}
