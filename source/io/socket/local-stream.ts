import type {Text} from '../../core/model/text.ts';
import {request, type ClientRequest, type IncomingMessage} from 'node:http';
import {errorCode, errorText} from '../error-code.ts';

/** `code` is the system's, where it has one: `ENOENT`, `ECONNREFUSED`, `EACCES`. */
export interface LocalFailure {
  readonly kind: 'failed';
  readonly code: string | undefined;
  readonly text: Text;
}

export interface StreamAddress {
  readonly socketPath: string;
  /** The value of the Host header: a socket has no name of its own. */
  readonly host: string;
  readonly path: string;
}

export interface LocalStream {
  /** Ends it; calls no handler afterwards. */
  close(): void;
}

export interface StreamListener {
  /** The next piece of the body; never splits a character. */
  onText(text: string): void;
  /** Called once at any end but `close`: a failure to open, a refusal (`status` is not 200), or the end of the body. */
  onEnd(
    end:
      LocalFailure | {readonly kind: 'refused'; readonly status: number} | {readonly kind: 'over'},
  ): void;
}

/** Reads a body without an end of its own. */
export function streamLocally(
  {socketPath, host, path}: StreamAddress,
  {onText, onEnd}: StreamListener,
): LocalStream {
  let open = true;
  const asking: ClientRequest = request({
    socketPath,
    path,
    headers: {host, accept: 'text/event-stream'},
    agent: false,
  });
  const end: StreamListener['onEnd'] = how => {
    if (!open) return;
    close();
    onEnd(how);
  };
  const close = (): void => {
    open = false;
    asking.destroy();
  };
  asking.on('error', error => end(failureOf(error)));
  asking.on('response', (response: IncomingMessage) => {
    if (response.statusCode !== 200)
      return end({kind: 'refused', status: response.statusCode ?? 0});
    response.setEncoding('utf8').on('data', (text: string) => open && onText(text));
    response.on('error', error => end(failureOf(error)));
    response.on('close', () => end({kind: 'over'}));
  });
  asking.end();
  return {close};
}

function failureOf(error: Error): LocalFailure {
  return {kind: 'failed', code: errorCode(error), text: errorText(error)};
}
