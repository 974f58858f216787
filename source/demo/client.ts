import {request} from 'node:http';

export type DemoFault = 'crash' | 'hang' | 'slow' | 'error' | 'down' | 'ok';

const PATIENCE_MS = 1_000;

/**
 * Breaks (or with `ok` mends) the demo service that listens on `port` of this machine. `slowMs` is how late `slow` answers
 * (the service's default is 3.5 s). Resolves to undefined when it took effect, else to the reason why not, in one line.
 */
export function breakDemo(port: number, fault: DemoFault, slowMs?: number): Promise<string | undefined> {
  return new Promise(resolve => {
    const path = `/fault/${fault}${slowMs === undefined ? '' : `?ms=${slowMs}`}`;
    const asked = request({host: '127.0.0.1', port, path, method: 'POST', agent: false, timeout: PATIENCE_MS}, response => {
      response.resume();
      // A crash may cut the answer short; that it answered at all says that it took the order.
      response.on('error', () => undefined);
      resolve(response.statusCode === 200 ? undefined : `the demo service answered ${response.statusCode} to ${path}`);
    });
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)));
    asked.on('error', error => resolve(`the demo service did not take ${path}: ${error.message}`));
    asked.end();
  });
}
