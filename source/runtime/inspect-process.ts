import type {Effect} from '../core/model/effect.ts';
import {findTarget} from '../core/targets.ts';
import {inspect} from './check.ts';
import type {Handlers} from './handlers.ts';
import type {Loop} from './monitor.ts';

/** The time limit of an inspection, whatever the target's own limits. */
const LIMIT_MS = 5_000;

/** Performs the effect `inspect`: reads the process and the owner of the port, and dispatches what it found. */
export async function inspectProcess(
  {target, epoch}: Extract<Effect, {type: 'inspect'}>,
  loop: Loop,
  {probesOf}: Pick<Handlers, 'probesOf'>,
): Promise<void> {
  const probes = probesOf(target);
  const policy = findTarget(loop.getSnapshot(), target)?.policy;
  if (!policy || !probes) return;
  const {result, problem} = await inspect(probes, {
    signal: AbortSignal.timeout(LIMIT_MS),
    timeoutMs: LIMIT_MS,
    slowMs: policy.slowMs,
  });
  loop.dispatch({type: 'problem', at: loop.now(), about: 'look', text: problem});
  loop.dispatch({type: 'looked', at: loop.now(), target, epoch, asked: true, result});
}
