import type {Gatherer} from '../contracts/evidence.ts';
import type {FixRequest} from '../core/model/effect.ts';
import {say} from '../core/text/say.ts';
import {findTarget} from '../core/targets.ts';
import {errorText} from '../format/error-text.ts';
import type {Loop} from './monitor.ts';

/** What may explain the fault, before a fix removes it. That it cannot be found out, or takes too long, is our own problem and delays no fix for longer. */
export async function gatherEvidence(
  gatherer: Gatherer | undefined,
  target: string,
  request: FixRequest,
  signal: AbortSignal,
  loop: Loop,
): Promise<void> {
  const readings = findTarget(loop.getSnapshot(), target)?.readings;
  if (!gatherer || !readings) return;
  // Held here: node forgets an `AbortSignal.timeout` that only an `AbortSignal.any` knows, and then a gatherer that hangs would keep the fix waiting for ever.
  const late = new AbortController();
  const limit = AbortSignal.any([signal, late.signal]);
  const timer = setTimeout(() => late.abort(), gatherer.limitMs);
  const report = (text?: string) =>
    loop.dispatch({type: 'problem', at: loop.now(), about: 'evidence', text});
  try {
    const evidence = await unlessAborted(gatherer.gather(request, readings, limit), limit);
    loop.dispatch({type: 'evidence', at: loop.now(), target, attempt: request.attempt, evidence});
    report();
  } catch (error) {
    if (signal.aborted) return;
    report(
      say`no evidence about ${target}: ${limit.aborted ? say`not gathered within ${gatherer.limitMs / 1000} s` : errorText(error)}`,
    );
  } finally {
    clearTimeout(timer);
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
