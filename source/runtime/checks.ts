import type {Effect} from '../core/model/effect.ts';
import type {Observation} from '../core/model/observation.ts';
import {asksManager} from '../core/check/asks-manager.ts';
import {findTarget} from '../core/targets.ts';
import {errorText} from '../format/error-text.ts';
import {check} from './check.ts';
import type {Handlers} from './handlers.ts';
import type {Loop} from './monitor.ts';

/** The running checks, at most one per target. */
export interface Checks {
  run(effect: Extract<Effect, {type: 'check'}>, loop: Loop): Promise<void>;
  /** Aborts the check of this target; its result is dropped. */
  cancel(target: string): void;
}

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
      const {timeoutMs, slowMs} = state.policy;
      const startedAt = loop.now();
      const askManager = asksManager(state, startedAt);
      const controller = new AbortController();
      const {signal} = controller;
      underWay.set(target, controller);
      const observation = await observe(() =>
        check(probes, {signal, timeoutMs, slowMs, askManager}),
      );
      if (signal.aborted) return;
      underWay.delete(target);
      if (observation.kind === 'ok') gathererOf(target)?.noteHealthy(observation.readings);
      loop.dispatch({
        type: 'observed',
        at: loop.now(),
        target,
        epoch,
        startedAt,
        lagMs: worstLagSince(startedAt),
        observation,
      });
    },
    cancel: target => underWay.get(target)?.abort(),
  };
}

/** A probe that throws is agent2's own problem, not the target's. */
async function observe(run: () => Promise<Observation>): Promise<Observation> {
  try {
    return await run();
  } catch (error) {
    return {kind: 'inconclusive', reason: errorText(error)};
  }
}
