import type {Gatherer} from '../contracts/evidence.ts';
import type {Fix} from '../contracts/fix.ts';
import type {Effect, FixRequest, Notice} from '../core/model/effect.ts';
import type {Event, FixOutcome} from '../core/model/event.ts';
import type {Observation} from '../core/model/observation.ts';
import {say} from '../core/text/say.ts';
import {findTarget, type State} from '../core/model/state.ts';
import {errorText} from '../format/error-text.ts';
import {check, look, type TargetProbes} from './check.ts';
import type {Perform} from './monitor.ts';

/** What the effects are performed with. */
export interface Hands {
  /** Undefined for a target that a config file no longer has. */
  probesOf(target: string): TargetProbes | undefined;
  fixOf(target: string): Fix | undefined;
  gathererOf(target: string): Gatherer | undefined;
  /** SIGCONT, by identity. */
  continueProcess(request: FixRequest): FixOutcome;
  worstLagSince(at: number): number;
  tell(notice: Notice): void;
  writeStatus(state: State): void;
  /** Keeps what has to survive our end, before it returns; that it cannot is reported. */
  remember(state: State): void;
  consumeSignal(): void;
}

/** How long a look may take, whatever the target's own limits. */
const LOOK_MS = 5_000;

type Loop = Parameters<Perform>[1];

/** What performs effects, and how it comes to an end. */
export interface Performer extends Perform {
  /**
   * From now on no fix begins. Those that have only looked so far give up, and those of which nothing is left stopped are left; the others
   * are named, and `ended` resolves when all of them are through.
   */
  endFixes(): {readonly targets: readonly string[]; readonly ended: Promise<unknown>};
}

/** One entry for each kind of effect. Each dispatches its outcome; none rejects. */
export function createPerform(hands: Hands): Performer {
  const checks = new Map<string, AbortController>();
  const fixes = new Map<
    string,
    {readonly controller: AbortController; readonly ended: Promise<FixOutcome>}
  >();
  /** Targets whose fix is past looking: something may be stopped by now. */
  const acting = new Set<string>();
  let ending = false;

  return Object.assign(perform, {endFixes});

  function endFixes(): ReturnType<Performer['endFixes']> {
    ending = true;
    const awaited = [...fixes].filter(
      ([target]) => acting.has(target) && !hands.fixOf(target)?.leavable,
    );
    for (const [target, {controller}] of fixes) if (!acting.has(target)) controller.abort();
    return {
      targets: awaited.map(([target]) => target),
      ended: Promise.all(awaited.map(([, {ended}]) => ended)),
    };
  }

  function perform(effect: Effect, loop: Loop): ReturnType<Perform> {
    switch (effect.type) {
      case 'check':
        return runCheck(effect, loop);
      case 'cancel-check':
        return checks.get(effect.target)?.abort();
      case 'look':
        return runLook(effect, loop);
      case 'fix':
        return runFix(effect, loop);
      case 'cancel-fix':
        return fixes.get(effect.target)?.controller.abort();
      case 'consume-signal':
        return attempt('restart_signal', loop, () => hands.consumeSignal());
      case 'tell':
        return hands.tell(effect.notice);
      case 'remember':
        return hands.remember(loop.getSnapshot());
      case 'write-status':
        return hands.writeStatus(loop.getSnapshot());
    }
  }

  async function runCheck(
    {target, epoch}: Extract<Effect, {type: 'check'}>,
    loop: Loop,
  ): Promise<void> {
    const policy = findTarget(loop.getSnapshot(), target)?.policy;
    const probes = hands.probesOf(target);
    if (!policy || !probes) return;
    const controller = new AbortController();
    checks.set(target, controller);
    const startedAt = loop.now();
    const observation = await observe(() =>
      check(probes, {
        signal: controller.signal,
        timeoutMs: policy.timeoutMs,
        slowMs: policy.slowMs,
      }),
    );
    if (controller.signal.aborted) return;
    checks.delete(target);
    if (observation.kind === 'ok') hands.gathererOf(target)?.noteWell(observation.readings);
    loop.dispatch({
      type: 'observed',
      at: loop.now(),
      target,
      epoch,
      startedAt,
      lagMs: hands.worstLagSince(startedAt),
      observation,
    });
  }

  async function runLook(
    {target, epoch}: Extract<Effect, {type: 'look'}>,
    loop: Loop,
  ): Promise<void> {
    const probes = hands.probesOf(target);
    const policy = findTarget(loop.getSnapshot(), target)?.policy;
    if (!policy || !probes) return;
    const context = {
      signal: AbortSignal.timeout(LOOK_MS),
      timeoutMs: LOOK_MS,
      slowMs: policy.slowMs,
    };
    const {result, trouble} = await look(probes, context);
    loop.dispatch({type: 'trouble', at: loop.now(), about: 'look', text: trouble});
    loop.dispatch({type: 'looked', at: loop.now(), target, epoch, asked: true, result});
  }

  /** One that was cancelled may take a while to end what it began: until then the next one of that target does nothing. */
  async function runFix(
    {target, request}: Extract<Effect, {type: 'fix'}>,
    loop: Loop,
  ): Promise<void> {
    const controller = new AbortController();
    const before = fixes.get(target)?.ended;
    const ended = before
      ? before.then(() => repair(target, request, controller.signal, loop))
      : repair(target, request, controller.signal, loop);
    const fix = {controller, ended};
    fixes.set(target, fix);
    const outcome = await ended;
    if (fixes.get(target) === fix) fixes.delete(target);
    // Nobody waits for it, and a target that left the config and came back counts its attempts anew.
    if (controller.signal.aborted) return;
    loop.dispatch({
      type: 'fix-finished',
      at: loop.now(),
      target,
      attempt: request.attempt,
      outcome,
    });
  }

  async function repair(
    target: string,
    request: FixRequest,
    signal: AbortSignal,
    loop: Loop,
  ): Promise<FixOutcome> {
    const fix = hands.fixOf(target);
    const onSignalled = () =>
      loop.dispatch({type: 'fix-signalled', at: loop.now(), target, attempt: request.attempt});
    try {
      if (signal.aborted || ending) return {kind: 'failed', detail: say`cancelled before it began`};
      if (request.action === 'continue') return hands.continueProcess(request);
      if (!fix) return {kind: 'failed', detail: say`there is nothing to restart it with`};
      if (request.gather) await gather(target, request, signal, loop);
      await noteStranger(target, loop);
      if (signal.aborted || ending) return {kind: 'failed', detail: say`cancelled before it began`};
      acting.add(target);
      return await fix.restart(request, {signal, onSignalled});
    } catch (error) {
      return {kind: 'failed', detail: errorText(error)};
    } finally {
      acting.delete(target);
    }
  }

  /** Who holds the port before the fix. Where that cannot be told in time, maybe since we stood still meanwhile, the fix is wanted all the same. */
  async function noteStranger(target: string, loop: Loop): Promise<void> {
    try {
      await hands.probesOf(target)?.owner?.noteStranger(AbortSignal.timeout(LOOK_MS));
    } catch (error) {
      hands.tell({
        at: loop.now(),
        target,
        level: 'info',
        kind: 'change',
        text: say`who holds its port before the fix cannot be told: ${errorText(error)}`,
      });
    }
  }

  /** What may explain the trouble, before it is gone. That it cannot be found out, or takes too long, is our own trouble and in nobody's way. */
  async function gather(
    target: string,
    request: FixRequest,
    signal: AbortSignal,
    loop: Loop,
  ): Promise<void> {
    const gatherer = hands.gathererOf(target);
    const readings = findTarget(loop.getSnapshot(), target)?.readings;
    if (!gatherer || !readings) return;
    // Held here: node forgets an `AbortSignal.timeout` that only an `AbortSignal.any` knows, and then a gatherer that hangs would keep the fix waiting for ever.
    const late = new AbortController();
    const limit = AbortSignal.any([signal, late.signal]);
    const timer = setTimeout(() => late.abort(), gatherer.limitMs);
    try {
      const evidence = await unlessAborted(gatherer.gather(request, readings, limit), limit);
      loop.dispatch({type: 'evidence', at: loop.now(), target, attempt: request.attempt, evidence});
      loop.dispatch({type: 'trouble', at: loop.now(), about: 'evidence'});
    } catch (error) {
      if (signal.aborted) return;
      loop.dispatch({
        type: 'trouble',
        at: loop.now(),
        about: 'evidence',
        text: say`no evidence about ${target}: ${limit.aborted ? say`not gathered within ${gatherer.limitMs / 1000} s` : errorText(error)}`,
      });
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Rejects when `signal` is aborted before, however long the work goes on. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, {once: true});
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** A probe that throws says something about us, not about the target. */
async function observe(run: () => Promise<Observation>): Promise<Observation> {
  try {
    return await run();
  } catch (error) {
    return {kind: 'inconclusive', reason: errorText(error)};
  }
}

/** Runs what may fail for reasons outside (a full disk), and says so or that it works again. */
function attempt(
  about: string,
  loop: {dispatch(event: Event): void; now(): number},
  run: () => void,
): void {
  try {
    run();
    loop.dispatch({type: 'trouble', at: loop.now(), about});
  } catch (error) {
    loop.dispatch({type: 'trouble', at: loop.now(), about, text: errorText(error)});
  }
}
