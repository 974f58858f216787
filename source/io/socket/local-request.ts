import {onAbort} from '../../contracts/abort.ts';
import type {Text} from '../../core/model/text.ts';
import {request, type ClientRequest} from 'node:http';
import {message} from '../../core/text/message.ts';
import {errorCode, errorText} from '../error-code.ts';

export interface LocalRequest {
  readonly socketPath: string;
  readonly method: 'GET' | 'POST';
  readonly host: string;
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

export type LocalResponse =
  | {readonly kind: 'response'; readonly status: number; readonly text: string}
  /** No process listens there. */
  | {readonly kind: 'refused'}
  /** The socket is another user's. */
  | {readonly kind: 'forbidden'}
  | {readonly kind: 'late'}
  | {readonly kind: 'aborted'}
  | {readonly kind: 'failed'; readonly text: Text};

/** No answer is larger. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Sends one request over a unix socket. Failures are values. */
export function requestLocally({
  socketPath,
  method,
  host,
  path,
  body,
  deadlineMs,
  signal,
}: LocalRequest): Promise<LocalResponse> {
  return new Promise(resolve => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      host,
      ...(body === undefined
        ? {}
        : {'content-type': 'application/json', 'content-length': Buffer.byteLength(text)}),
    };
    const asked = request({socketPath, method, path, headers, agent: false});
    const settle = (response: LocalResponse) => {
      clearTimeout(timer);
      stopListening();
      resolve(response);
      asked.destroy();
    };
    let stopListening = () => {};
    const timer = setTimeout(() => settle({kind: 'late'}), deadlineMs);
    asked.on('error', error => settle(problemOf(error)));
    readResponse(asked, settle);
    asked.end(text);
    stopListening = onAbort(signal, () => settle({kind: 'aborted'}));
  });
}

function readResponse(asked: ClientRequest, settle: (response: LocalResponse) => void): void {
  asked.on('response', response => {
    const parts: Buffer[] = [];
    let bytes = 0;
    response.on('data', (part: Buffer) => {
      parts.push(part);
      bytes += part.length;
      if (bytes > MAX_BYTES) settle({kind: 'failed', text: message`the answer has no end`});
    });
    response.on('error', error => settle(problemOf(error)));
    response.on('end', () =>
      settle({
        kind: 'response',
        status: response.statusCode ?? 0,
        text: Buffer.concat(parts).toString('utf8'),
      }),
    );
  });
}

function problemOf(error: unknown): LocalResponse {
  const refused = ['ECONNREFUSED', 'ENOENT'].includes(errorCode(error) ?? '');
  if (refused) return {kind: 'refused'};
  return errorCode(error) === 'EACCES'
    ? {kind: 'forbidden'}
    : {kind: 'failed', text: errorText(error)};
}
