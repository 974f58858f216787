import {request} from 'node:http';

export type DemoFault = 'crash' | 'hang' | 'slow' | 'error' | 'down' | 'ok';

/** Why it did not take effect: the service's answer was another, or there was none. */
export type DemoRefusal =
  | {readonly path: string; readonly status: number | undefined}
  | {readonly path: string; readonly error: string};

const PATIENCE_MS = 1_000;

/**
 * Breaks (or with `ok` mends) the demo service that listens on `port` of this machine. `slowMs` is how late `slow` answers
 * (the service's default is 3.5 s). Resolves to undefined when it took effect, else to the reason why not.
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
        // A crash may cut the answer short; that it answered at all says that it took the order.
        response.on('error', () => undefined);
        resolve(response.statusCode === 200 ? undefined : {path, status: response.statusCode});
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('ETIMEDOUT')));
    asked.on('error', error => resolve({path, error: error.message}));
    asked.end();
  });
}
