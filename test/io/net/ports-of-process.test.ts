import {createServer, type AddressInfo} from 'node:net';
import {once} from 'node:events';
import {afterEach, expect, test} from 'vitest';
import {portsOfProcess} from '../../../source/io/net/ports-of-process.ts';
import {startProgram} from '../../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';

afterEach(cleanUp);

const linux = test.skipIf(process.platform !== 'linux');

linux('the ports of a process and of its children are found, and no others', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onCleanup(() => void server.close());
  await once(server, 'listening');
  const mine = (server.address() as AddressInfo).port;
  const {pid, line} = await startProgram('answers.mjs', ['0', '']);
  expect(portsOfProcess(pid)).toEqual([Number(line)]);
  expect(portsOfProcess(process.pid)).toEqual(expect.arrayContaining([mine, Number(line)]));
});

test('a process that is gone has none', () => {
  expect(portsOfProcess(2 ** 22 + 1)).toEqual([]);
});
