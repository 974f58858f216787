import type {Text} from '../../core/model/text.ts';
import {readAnswer, type Answer} from '../../documents/control/answer.ts';
import type {AskBody, AskKind} from '../../documents/control/ask.ts';
import {linkedSignal} from '../../contracts/abort.ts';
import {requestLocally} from '../../io/socket/local-request.ts';
import {findSocket} from '../../io/socket/socket-path.ts';
import {HOST, paths} from '../protocol.ts';

/** The outcome of a request to a running monitor. */
export type Asked =
  /** `status` is HTTP's. */
  | {readonly kind: 'answered'; readonly status: number; readonly answer: Answer}
  | {readonly kind: 'no-socket'}
  /** The socket exists, but has no listener. */
  | {readonly kind: 'refused'}
  /** The listener answers in another protocol. */
  | {readonly kind: 'other-version'}
  /** The monitor belongs to another user, and answers only that user and root. */
  | {readonly kind: 'forbidden'}
  | {readonly kind: 'late'; readonly afterMs: number}
  | {readonly kind: 'aborted'}
  | {readonly kind: 'failed'; readonly text: Text};

/** How soon a monitor must answer a second, short request during a long one: a monitor that hangs answers neither. */
const SIGN_MS = 10_000;

export interface AskOptions {
  readonly deadlineMs: number;
  /** The time limit of that second request, when the deadline is later. */
  readonly signMs?: number;
  readonly signal?: AbortSignal;
}

/** Sends a request to the monitor of a state directory. */
export async function ask(
  stateDir: string,
  what: AskKind,
  body: AskBody,
  {deadlineMs, signMs = SIGN_MS, signal}: AskOptions,
): Promise<Asked> {
  const socketPath = findSocket(stateDir);
  if (socketPath === undefined) return {kind: 'no-socket'};
  const silent = linkedSignal(signal);
  const asked = requestLocally({
    socketPath,
    method: 'POST',
    host: HOST,
    path: paths[what],
    body,
    deadlineMs,
    signal: silent.signal,
  });
  const lives =
    deadlineMs > signMs
      ? requestLocally({
          socketPath,
          method: 'GET',
          host: HOST,
          path: paths.status,
          deadlineMs: signMs,
          signal,
        }).then(({kind}) => kind !== 'late')
      : Promise.resolve(true);
  const response = await Promise.race([
    asked,
    lives.then(alive => (alive ? asked : undefined)),
  ]).finally(silent.release);
  if (response === undefined) silent.abort();
  if (response === undefined || response.kind === 'late')
    return {kind: 'late', afterMs: response ? deadlineMs : signMs};
  if (response.kind !== 'response') return response;
  const answer = readAnswer(response.text);
  return answer.kind === 'read'
    ? {kind: 'answered', status: response.status, answer: answer.value}
    : {kind: 'other-version'};
}
