import type {Text} from '../core/model/text.ts';
import type {Gatherer} from '../contracts/gatherer.ts';
import type {FixRequest} from '../core/model/effect.ts';
import {message} from '../core/text/message.ts';
import {findTarget} from '../core/targets.ts';
import {errorText} from '../format/error-text.ts';
import type {Loop} from './monitor.ts';

/** Gathers evidence of the fault before a fix removes it. A failure or a timeout is agent2's own problem and does not delay the fix further. */
export async function gatherEvidence(
  gatherer: Gatherer | undefined,
  target: string,
  request: FixRequest,
  signal: AbortSignal,
  loop: Loop,
): Promise<void> {
  const readings = findTarget(loop.getSnapshot(), target)?.readings;
  if (!gatherer || !readings) return;
  // Not `AbortSignal.timeout`: Node collects one that only an `AbortSignal.any` refers to, and a hanging gatherer would then delay the fix for ever.
  const late = new AbortController();
  const limit = AbortSignal.any([signal, late.signal]);
  const timer = setTimeout(() => late.abort(), gatherer.limitMs);
  const report = (text?: Text) =>
    loop.dispatch({type: 'problem', at: loop.now(), about: 'evidence', text});
  try {
    const evidence = await unlessAborted(gatherer.gather(request, readings, limit), limit);
    loop.dispatch({type: 'evidence', at: loop.now(), target, attempt: request.attempt, evidence});
    report();
  } catch (error) {
    if (signal.aborted) return;
    report(
      message`no evidence about ${target}: ${limit.aborted ? message`not gathered within ${gatherer.limitMs / 1000} s` : errorText(error)}`,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects when `signal` is aborted, even if the work continues. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, {once: true});
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
