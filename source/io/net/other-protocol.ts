import {onAbort} from '../../contracts/abort.ts';
import type {Protocol} from '../../core/model/fault.ts';
import {dial} from './dial.ts';
import {exchange, type HttpFailure} from './http.ts';
import {tlsProblem} from './tls-words.ts';

const MOST_MS = 1_000;

/**
 * What a peer speaks that failed in a way that fits the wrong protocol: it closed a plain connection without a word, or never secured one that should have
 * been. One short look with the other protocol; undefined when that fails too. Sends no header, body or query of the caller.
 */
export async function otherProtocol(
  url: URL,
  failure: HttpFailure,
  {timeoutMs, signal}: {readonly timeoutMs: number; readonly signal?: AbortSignal},
): Promise<Protocol | undefined> {
  const limitMs = Math.min(MOST_MS, timeoutMs);
  if (url.protocol === 'http:' && failure.fault === 'connection_reset' && failure.connected)
    return (await speaksTls(url, limitMs, signal)) ? 'tls' : undefined;
  if (url.protocol === 'https:' && failure.securing === true) {
    const plain = new URL(`http://${url.hostname}:${url.port || 443}${url.pathname}`);
    const answer = await exchange({url: plain, timeoutMs: limitMs, maxBodyBytes: 1_024, signal});
    return answer.kind === 'answer' ? 'plain' : undefined;
  }
  return undefined;
}

/** A certificate that is not to be trusted, and an alert, are TLS as well. */
async function speaksTls(
  {hostname, port}: URL,
  limitMs: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const connection = await dial(new URL(`https://${hostname}:${port || 80}`));
  return new Promise(resolve => {
    const end = (speaks: boolean) => {
      clearTimeout(timer);
      stopListening();
      connection.close();
      resolve(speaks);
    };
    let stopListening = () => {};
    const abort = () => end(false);
    const timer = setTimeout(abort, limitMs);
    stopListening = onAbort(signal, abort);
    if (signal?.aborted) return;
    connection.open({
      onReady: () => end(true),
      onUntrusted: () => end(true),
      onData: () => undefined,
      onEnd: () => end(false),
      onError(error) {
        const problem = tlsProblem(error);
        end(problem !== undefined && problem.protocol === undefined);
      },
    });
  });
}
