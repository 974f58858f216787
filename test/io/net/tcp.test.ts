import {createServer} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {exchange} from '../../../source/io/net/http.ts';
import {readProcess} from '../../../source/io/process/processes.ts';
import {connect} from '../../../source/io/net/tcp.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {signal} from '../../helpers/processes.ts';
import {until} from '../../helpers/until.ts';
import {startProgram} from '../../fixtures/services/start.ts';

afterEach(cleanUp);

describe('connecting', () => {
  test('to a listening port is open and says how long it took', async () => {
    const port = await listen();
    const result = await connect({host: '127.0.0.1', port, timeoutMs: 2_000});
    expect(result).toEqual({kind: 'open', connectMs: expect.any(Number)});
  });

  test('to localhost finds a service that listens on 127.0.0.1 alone', async () => {
    expect(
      await connect({host: 'localhost', port: await listen(), timeoutMs: 2_000}),
    ).toMatchObject({kind: 'open'});
  });

  test('to a closed port is refused', async () => {
    expect(await connect({host: '127.0.0.1', port: 1, timeoutMs: 2_000})).toEqual({
      kind: 'failed',
      fault: 'connect_refused',
      text: 'connection refused by 127.0.0.1:1',
    });
  });

  test('to a name that does not exist fails at the name', async () => {
    expect(
      await connect({host: 'does-not-exist.invalid', port: 80, timeoutMs: 5_000}),
    ).toMatchObject({kind: 'failed', fault: 'dns_failed'});
  });

  test('to a service that is suspended and has its queue full ends at the time limit', async () => {
    const {pid, line} = await startProgram('queue.mjs');
    const request = {host: '127.0.0.1', port: Number(line), timeoutMs: 300};
    signal(pid, 'SIGSTOP');
    await until('stopped', () => readProcess(pid)?.state === 'stopped');
    const failed = await until('the queue is full', async () => {
      const result = await connect(request);
      return result.kind === 'failed' && result;
    });
    expect(failed).toEqual({
      kind: 'failed',
      fault: 'connect_timeout',
      text: `no connection to 127.0.0.1:${line} within 300 ms`,
    });
    expect(await exchange({url: `http://127.0.0.1:${line}/health`, timeoutMs: 200})).toEqual({
      kind: 'failed',
      fault: 'connect_timeout',
      text: `GET /health: no connection to 127.0.0.1:${line} within 200 ms`,
      connected: false,
      connectMs: undefined,
    });
  });

  test('is given up at once, with the reason, when it is aborted', async () => {
    const controller = new AbortController();
    const pending = connect({
      host: 'does-not-exist.invalid',
      port: 80,
      timeoutMs: 20_000,
      signal: controller.signal,
    });
    controller.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
  });
});

function listen(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer(socket => socket.on('error', () => undefined));
    server.listen(0, '127.0.0.1', () => resolve((server.address() as {port: number}).port));
    onCleanup(() => void server.close());
  });
}
