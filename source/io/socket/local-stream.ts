import {request, type ClientRequest, type IncomingMessage} from 'node:http';
import {errorCode, errorText} from '../error-code.ts';

/** `code` is that of the system, where it has one: `ENOENT`, `ECONNREFUSED`, `EACCES`. */
export interface LocalFailure {
  readonly kind: 'failed';
  readonly code: string | undefined;
  readonly text: string;
}

export interface StreamAddress {
  readonly socketPath: string;
  /** What stands in the header of that name: a socket has no name of its own. */
  readonly host: string;
  readonly path: string;
}

export interface LocalStream {
  /** Ends it; nothing is heard of it afterwards. */
  close(): void;
}

export interface StreamListener {
  /** The next piece of the body; never in the middle of a character. */
  onText(text: string): void;
  /** Once, when it ended in any way but by `close`: it could not be opened, was refused (`status` is not 200), or is over. */
  onEnd(
    end:
      LocalFailure | {readonly kind: 'refused'; readonly status: number} | {readonly kind: 'over'},
  ): void;
}

/** Gets a body that goes on until somebody ends it. */
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
