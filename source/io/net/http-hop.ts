import {onAbort} from '../../contracts/abort.ts';
import type {HangKind} from '../../core/model/fault.ts';
import type {Text} from '../../core/model/text.ts';
import {joined, message} from '../../core/text/message.ts';
import {elapsed} from '../../format/elapsed.ts';
import {dial, type DialOptions} from './dial.ts';
import type {ConnectionEnds} from './hang-look.ts';
import type {ResponseHead} from './http-head.ts';
import {requestBytes} from './http-request-text.ts';
import type {LateAnswer} from './late-answer.ts';
import {createResponseReader, type Progress} from './http-response.ts';
import {
  brokenFault,
  foreignFault,
  certificateFault,
  cutFault,
  earlyFault,
  faultOf,
  isOurOwn,
  lateFault,
  ownProblem,
  speaksTlsFault,
  type NetFault,
  type Stage,
} from './net-fault.ts';

export interface Hop {
  readonly url: URL;
  readonly method: string;
  /** Added to the headers of every request; a name given here wins. Never shown. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly dial?: DialOptions;
  /** `at` on the monotonic clock; `limitMs` is the whole time limit, for people. */
  readonly deadline: {readonly at: number; readonly limitMs: number};
  readonly maxBodyBytes: number;
  readonly signal?: AbortSignal;
  /** Called once, some time before the deadline, while no answer has begun. */
  readonly onLate?: (ends: ConnectionEnds) => LateAnswer;
}

export interface HopAnswer {
  readonly kind: 'answer';
  readonly head: ResponseHead;
  /** The rules of HTTP that the response breaks without being unclear. */
  readonly oddities: readonly Text[];
  readonly body: Buffer;
  readonly truncated: boolean;
  readonly connectMs: number;
  /** On the monotonic clock, as `endAt` is. */
  readonly firstByteAt: number;
  readonly endAt: number;
}

export interface HopFailure extends NetFault {
  readonly kind: 'failed';
  /** The kind of hang behind a timeout, where it can be told. */
  readonly hang?: HangKind;
  readonly connected: boolean;
  readonly connectMs?: number;
  readonly securing?: true;
}

/** The time of the looks at a late service: long enough to measure its CPU time, and at most half of the limit. */
function lookMs(limitMs: number): number {
  return Math.min(limitMs / 2, Math.max(1_000, Math.min(2_000, limitMs / 5)));
}

/** One request and its answer over one fresh connection; follows no redirects, and reads no body of one. */
export async function hop({
  url,
  method,
  headers,
  body,
  dial: options,
  deadline,
  maxBodyBytes,
  signal,
  onLate,
}: Hop): Promise<HopAnswer | HopFailure> {
  const request = requestBytes({url, method, headers, body});
  const connection = await dial(url, options);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let head: (ResponseHead & {readonly at: number}) | undefined;
    const later: Text[] = [];
    let lateAnswer: LateAnswer | undefined;
    /** The fault of the timeout, while the looks are concluded. */
    let expired: NetFault | undefined;
    let isOver = false;
    let stopListening = () => {};

    const end = (settle: () => void) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      lateAnswer?.cancel();
      stopListening();
      connection.close();
      settle();
    };
    const answer = (truncated: boolean) => {
      const found = head;
      if (!found) return;
      end(() =>
        resolve({
          kind: 'answer',
          head: found,
          oddities: [...found.oddities, ...later],
          body: Buffer.concat(chunks).subarray(0, maxBodyBytes),
          truncated,
          connectMs: connection.connectMs ?? 0,
          firstByteAt: found.at,
          endAt: performance.now(),
        }),
      );
    };
    const failed = (fault: NetFault & {readonly hang?: HangKind}) =>
      end(() =>
        resolve({
          kind: 'failed',
          ...fault,
          connected: connection.connectMs !== undefined,
          ...(connection.stage === 'securing' ? {securing: true} : {}),
          connectMs: connection.connectMs,
        }),
      );
    const stage = (): Stage => (head ? 'reading' : connection.stage);
    const peer = options?.socketPath ?? peerOf(url);
    const late = (): NetFault => {
      const limit = elapsed(deadline.limitMs);
      return head
        ? {
            fault: 'response_timeout',
            text: message`answered ${head.status}, but the body did not end within ${limit} (${size} bytes so far)`,
          }
        : lateFault(connection.stage, {peer, limit, connectMs: connection.connectMs});
    };
    const reader = createResponseReader(method, {
      onHead(found) {
        head = {...found, at: performance.now()};
        if (isRedirect(found)) answer(false);
      },
      onBody(part) {
        if (isOver) return;
        chunks.push(part);
        size += part.length;
        if (size > maxBodyBytes) answer(true);
      },
      onOddity: oddity => later.push(oddity),
    });
    const goOn = (progress: Progress) => {
      if (progress === 'done') answer(false);
      else if (progress === 'more') return;
      else if (progress === 'cut') failed(cutFault(stage(), peer));
      else if ('cut' in progress) failed(earlyFault(progress.cut));
      else if (progress.foreign) failed(foreignFault(progress.broken));
      else failed(brokenFault(stage(), progress.broken));
    };
    const received = (chunk: Buffer) =>
      !head && url.protocol === 'http:' && isTlsRecord(chunk)
        ? failed(speaksTlsFault(peer))
        : goOn(reader.read(chunk));
    const expire = () => {
      if (head || !lateAnswer) return failed(late());
      const fault = (expired = late());
      lateAnswer.conclude().then(
        hang =>
          failed(
            hang
              ? {...fault, text: joined([fault.text, hang.text], message`, `), hang: hang.kind}
              : fault,
          ),
        (error: Error) => end(() => reject(error)),
      );
    };
    const at = (time: number, act: () => void) =>
      setTimeout(act, Math.max(0, time - performance.now()));
    let timer = onLate
      ? at(deadline.at - lookMs(deadline.limitMs), () => {
          if (!head) lateAnswer = onLate(connection.ends);
          timer = at(deadline.at, expire);
        })
      : at(deadline.at, expire);

    stopListening = onAbort(signal, () => end(() => reject(signal?.reason as Error)));
    if (signal?.aborted) return;
    connection.open({
      onReady: () => connection.send(request),
      // What comes after the limit is too late, and shows that the service is none of the kinds.
      onData: chunk => isOver || (expired ? failed(expired) : received(chunk)),
      onUntrusted: reason => failed(certificateFault(peer, reason)),
      onEnd: () => isOver || (expired ? failed(expired) : goOn(reader.end())),
      onError: error =>
        isOurOwn(error)
          ? end(() => reject(ownProblem(error, peer)))
          : failed(expired ?? faultOf(error, stage(), peer)),
    });
  });
}

/** An alert or another message of TLS; no text begins with such bytes. */
function isTlsRecord(chunk: Buffer): boolean {
  return chunk.length > 2 && (chunk[0] === 0x15 || chunk[0] === 0x16) && chunk[1] === 3;
}

function isRedirect({status, location}: ResponseHead): boolean {
  return status >= 300 && status < 400 && location !== undefined;
}

function peerOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`;
}
