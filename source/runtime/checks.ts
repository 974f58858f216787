import type {Effect} from '../core/model/effect.ts';
import type {Observation} from '../core/model/observation.ts';
import {asksManager} from '../core/check/asks-manager.ts';
import {findTarget} from '../core/targets.ts';
import {onAbort} from '../contracts/abort.ts';
import {message} from '../core/text/message.ts';
import {span} from '../core/text/span.ts';
import {errorText} from '../format/error-text.ts';
import type {Policy} from '../core/model/policy.ts';
import type {TargetState} from '../core/model/target.ts';
import {check, type TargetProbes} from './check.ts';
import type {Handlers} from './handlers.ts';
import type {Loop} from './monitor.ts';
import {isBug} from './unexpected.ts';

/** The running checks, at most one per target. */
export interface Checks {
  run(effect: Extract<Effect, {type: 'check'}>, loop: Loop): Promise<void>;
  /** Aborts the check of this target; its result is dropped. */
  cancel(target: string): void;
}

/** The longest time of a check, in ms: each part of it has its own limit, so one that is late by this much has lost its way. */
export function checkLimitMs({timeoutMs}: Pick<Policy, 'timeoutMs'>): number {
  return 2 * timeoutMs + OWN_MS;
}

/** For what has limits of its own: the process manager, the holder of the port. */
const OWN_MS = 20_000;

export function createChecks({
  probesOf,
  gathererOf,
  worstLagSince,
}: Pick<Handlers, 'probesOf' | 'gathererOf' | 'worstLagSince'>): Checks {
  const underWay = new Map<string, AbortController>();
  return {
    async run({target, epoch}, loop) {
      const state = findTarget(loop.getSnapshot(), target);
      const probes = probesOf(target);
      if (!state || !probes) return;
      const startedAt = loop.now();
      const controller = new AbortController();
      underWay.set(target, controller);
      try {
        const observation = await observe(target, probes, state, startedAt, controller, loop);
        if (observation === 'cancelled') return;
        if (observation.kind === 'ok') gathererOf(target)?.noteHealthy(observation.readings);
        if (observation.kind !== 'inconclusive') loop.worked('checks', target);
        loop.dispatch({
          type: 'observed',
          at: loop.now(),
          target,
          epoch,
          startedAt,
          lagMs: worstLagSince(startedAt),
          observation,
        });
      } finally {
        if (underWay.get(target) === controller) underWay.delete(target);
      }
    },
    cancel: target => underWay.get(target)?.abort(CANCELLED),
  };
}

const CANCELLED = new Error('cancelled');

/** A probe that throws or never ends is agent2's own problem, not the target's. */
async function observe(
  target: string,
  probes: TargetProbes,
  state: TargetState,
  startedAt: number,
  controller: AbortController,
  loop: Loop,
): Promise<Observation | 'cancelled'> {
  const {signal} = controller;
  const {timeoutMs, slowMs} = state.policy;
  const limitMs = checkLimitMs(state.policy);
  const late = message`the check did not end within ${span(limitMs)}`;
  const caught = (error: unknown) => {
    if (isBug(error)) loop.caught('checks', error, target);
  };
  let stopListening = () => {};
  const timer = setTimeout(() => controller.abort(late), limitMs);
  const aborted = new Promise<never>((_, reject) => {
    stopListening = onAbort(signal, () => reject(new Error('aborted')));
  });
  try {
    const askManager = asksManager(state, startedAt);
    return await Promise.race([
      check(probes, {signal, timeoutMs, slowMs, askManager}, caught),
      aborted,
    ]);
  } catch (error) {
    if (signal.reason === CANCELLED) return 'cancelled';
    if (signal.aborted) return {kind: 'inconclusive', reason: late};
    caught(error);
    return {kind: 'inconclusive', reason: errorText(error)};
  } finally {
    clearTimeout(timer);
    stopListening();
  }
}
