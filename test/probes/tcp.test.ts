import {createServer, type AddressInfo} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {definition} from '../../source/probes/tcp.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {checkOf} from '../helpers/probe.ts';

afterEach(cleanUp);

const inspect = (options: unknown) => checkOf(definition, options)();

describe('a tcp check', () => {
  test('tells how fast a port opens, or why it does not', async () => {
    const server = createServer(socket => void socket.on('error', () => undefined).end());
    onCleanup(() => void server.close());
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const {port} = server.address() as AddressInfo;
    expect(await inspect(`127.0.0.1:${port}`)).toMatchObject({
      faults: [],
      readings: {
        checks: {
          mine: {
            kind: 'tcp',
            state: 'ok',
            text: expect.stringMatching(/^open in [\d.]+ ms$/),
            metrics: [
              {
                name: 'time',
                value: expect.toSatisfy((ms: number) => /^\d+(\.\d{1,3})?$/.test(String(ms))),
                unit: 'ms',
              },
            ],
          },
        },
      },
    });
    expect(await inspect('127.0.0.1:1')).toMatchObject({
      faults: [{probe: 'mine', kind: 'connect_refused', text: 'connection refused by 127.0.0.1:1'}],
      readings: {checks: {mine: {state: 'failed'}}},
    });
  });
});
