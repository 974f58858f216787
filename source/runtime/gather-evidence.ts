import type {Text} from '../core/model/text.ts';
import type {Gatherer} from '../contracts/gatherer.ts';
import type {FixRequest} from '../core/model/effect.ts';
import {message} from '../core/text/message.ts';
import {findTarget} from '../core/targets.ts';
import {errorText} from '../format/error-text.ts';
import type {Loop} from './monitor.ts';
import {isBug} from './unexpected.ts';
import {linkedSignal, onAbort} from '../contracts/abort.ts';

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
  const linked = linkedSignal(signal);
  const limit = linked.signal;
  const timer = setTimeout(() => linked.abort(), gatherer.limitMs);
  const report = (text?: Text) =>
    loop.dispatch({type: 'problem', at: loop.now(), about: 'evidence', text});
  try {
    const evidence = await unlessAborted(gatherer.gather(request, readings, limit), limit);
    loop.dispatch({type: 'evidence', at: loop.now(), target, attempt: request.attempt, evidence});
    report();
    loop.worked('evidence', target);
  } catch (error) {
    if (signal.aborted) return;
    if (!limit.aborted && isBug(error)) loop.caught('evidence', error, target);
    report(
      message`no evidence about ${target}: ${limit.aborted ? message`not gathered within ${gatherer.limitMs / 1000} s` : errorText(error)}`,
    );
  } finally {
    clearTimeout(timer);
    linked.release();
  }
}

/** Rejects when `signal` is aborted, even if the work continues. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = onAbort(signal, () => reject(signal.reason as Error));
    work.then(resolve, reject).finally(stop);
  });
}
