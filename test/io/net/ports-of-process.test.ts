import {createServer, type AddressInfo} from 'node:net';
import {once} from 'node:events';
import {afterEach, expect, test} from 'vitest';
import {portsOfProcess} from '../../../source/io/net/ports-of-process.ts';
import {startProgram} from '../../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';

afterEach(cleanUp);

const here = (port: number) => ({port, where: String(port), isReached: true});

const linux = test.skipIf(process.platform !== 'linux');

linux('the ports of a process and of its children are found, and no others', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onCleanup(() => void server.close());
  await once(server, 'listening');
  const mine = (server.address() as AddressInfo).port;
  const {pid, line} = await startProgram('answers.mjs', ['0', '']);
  expect(portsOfProcess(pid, '127.0.0.1')).toEqual([here(Number(line))]);
  expect(portsOfProcess(process.pid, '127.0.0.1')).toEqual(
    expect.arrayContaining([here(mine), here(Number(line))]),
  );
});

linux(
  'a port on an address that the asked one does not reach is shown with its address',
  async () => {
    const server = createServer().listen(0, '127.0.0.2');
    onCleanup(() => void server.close());
    await once(server, 'listening');
    const {port} = server.address() as AddressInfo;
    const found = (host: string) =>
      portsOfProcess(process.pid, host).filter(open => open.port === port);
    expect(found('127.0.0.1')).toEqual([{port, where: `127.0.0.2:${port}`, isReached: false}]);
    expect(found('[::1]')).toEqual([{port, where: `127.0.0.2:${port}`, isReached: false}]);
    expect(found('127.0.0.2')).toEqual([here(port)]);
  },
);

test('a process that is gone has none', () => {
  expect(portsOfProcess(2 ** 22 + 1, '127.0.0.1')).toEqual([]);
});
