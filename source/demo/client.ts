import {request} from 'node:http';

export type DemoFault = 'crash' | 'hang' | 'deadlock' | 'loop' | 'slow' | 'error' | 'down' | 'ok';

/** Why the fault did not begin: an unexpected status, or an error of the connection. */
export type DemoRefusal =
  | {readonly path: string; readonly status: number | undefined}
  | {readonly path: string; readonly error: string};

const PATIENCE_MS = 1_000;

/**
 * Breaks (or with `ok` repairs) the demo service that listens on `port` of this machine. `slowMs` is the delay of a `slow` answer
 * (3.5 s by default). Resolves to undefined on success, else to the reason.
 */
export function breakDemo(
  port: number,
  fault: DemoFault,
  slowMs?: number,
): Promise<DemoRefusal | undefined> {
  return new Promise(resolve => {
    const path = `/fault/${fault}${slowMs === undefined ? '' : `?ms=${slowMs}`}`;
    const asked = request(
      {host: '127.0.0.1', port, path, method: 'POST', agent: false, timeout: PATIENCE_MS},
      response => {
        response.resume();
        // A crash may cut the answer short; any answer proves that the service received the request.
        response.on('error', () => undefined);
        resolve(response.statusCode === 200 ? undefined : {path, status: response.statusCode});
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('ETIMEDOUT')));
    asked.on('error', error => resolve({path, error: error.message}));
    asked.end();
  });
}
