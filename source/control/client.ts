import {isRecord, parseJson} from '../format/json.ts';
import {requestLocally} from '../io/local-request.ts';
import {findSocket} from '../io/socket-path.ts';
import {HOST, paths, type Answer, type AskBody} from './protocol.ts';

/** What came of a question to a running monitor. */
export type Asked =
  /** `status` is that of HTTP. */
  | {readonly kind: 'answered'; readonly status: number; readonly answer: Answer}
  | {readonly kind: 'no-socket'}
  /** The socket is there, and nobody listens. */
  | {readonly kind: 'refused'}
  /** Whoever listens answers in other words. */
  | {readonly kind: 'other-version'}
  /** It answers only its own user, and root. */
  | {readonly kind: 'forbidden'}
  | {readonly kind: 'late'}
  | {readonly kind: 'aborted'}
  | {readonly kind: 'failed'; readonly text: string};

export type Question = 'restart' | 'pause' | 'resume' | 'preset' | 'maintain';

export interface AskOptions {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

/** Asks the monitor of a state directory for something. */
export async function ask(stateDir: string, what: Question, body: AskBody, {deadlineMs, signal}: AskOptions): Promise<Asked> {
  const socketPath = findSocket(stateDir);
  if (socketPath === undefined) return {kind: 'no-socket'};
  const response = await requestLocally({socketPath, method: 'POST', host: HOST, path: paths[what], body, deadlineMs, signal});
  if (response.kind !== 'response') return response;
  const answer = answerFrom(response.text);
  return answer ? {kind: 'answered', status: response.status, answer} : {kind: 'other-version'};
}

function answerFrom(text: string): Answer | undefined {
  const value = parseJson(text);
  if (!isRecord(value) || typeof value.ok !== 'boolean' || typeof value.message !== 'string') return undefined;
  return {ok: value.ok, message: value.message, ...(Array.isArray(value.targets) ? {targets: value.targets} : {})};
}
