import {createServer, type AddressInfo, type Server} from 'node:net';
import {networkInterfaces} from 'node:os';
import {afterEach, describe, expect, test} from 'vitest';
import {createPortProbe} from '../../../source/probes/target/port.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {startProgram} from '../../fixtures/services/start.ts';

afterEach(cleanUp);

const {signal} = new AbortController();
const context = {signal, timeoutMs: 2_000, slowMs: 1_000};

describe('the port probe', () => {
  test('is content with a port that somebody listens on', async () => {
    const {line} = await startProgram('answers.mjs');
    const port = Number(line);
    expect(await createPortProbe({host: '127.0.0.1', port}).inspect(context)).toEqual({
      readings: {port: {port, listening: true}},
      faults: [],
      latencyMs: expect.any(Number),
    });
  });

  test('finds a closed port', async () => {
    expect(await createPortProbe({host: '127.0.0.1', port: 1}).inspect(context)).toEqual({
      readings: {port: {port: 1, listening: false}},
      faults: [
        {
          probe: 'port',
          kind: 'port_closed',
          text: 'nothing listens on port 1 (connection refused by 127.0.0.1:1)',
        },
      ],
    });
  });
});

describe('the port of a service of this machine', () => {
  test.each([
    ['::1', '::1'],
    ['127.0.0.2', '127.0.0.2'],
    ['an address of an interface', outwards()],
  ])('is found when it listens on %s alone', async (_, address) => {
    const server = await listens(address);
    const {port} = server.address() as AddressInfo;
    const here = createPortProbe({host: '127.0.0.1', port});
    expect((await here.inspect(context)).faults).toMatchObject([{kind: 'port_closed'}]);
    const anywhere = createPortProbe({host: '127.0.0.1', port, anywhere: true});
    expect(await anywhere.inspect(context)).toMatchObject({
      readings: {port: {port, listening: true}},
      faults: [],
    });
    expect(anywhere.address()).toBe(address);
    await closed(server);
    expect((await anywhere.inspect(context)).faults).toMatchObject([{kind: 'port_closed'}]);
  });

  test('is closed when the address that it had is closed, whoever listens on another', async () => {
    const ours = await listens('127.0.0.1');
    const {port} = ours.address() as AddressInfo;
    const probe = createPortProbe({host: '127.0.0.1', port, anywhere: true});
    await probe.inspect(context);
    await closed(ours);
    await listens('127.0.0.2', port);
    expect((await probe.inspect(context)).faults).toMatchObject([{kind: 'port_closed'}]);
  });

  test.runIf(process.platform === 'linux')(
    'is open when its own process listens on another address after a restart',
    async () => {
      const ours = await listens('::1');
      const {port} = ours.address() as AddressInfo;
      const isOurs = (pid: number) => pid === process.pid;
      const probe = createPortProbe({host: '127.0.0.1', port, anywhere: true, isOurs});
      await probe.inspect(context);
      await closed(ours);
      const moved = await listens('127.0.0.2', port);
      expect((await probe.inspect(context)).faults).toEqual([]);
      expect(probe.address()).toBe('127.0.0.2');
      await closed(moved);
      expect((await probe.inspect(context)).faults).toMatchObject([{kind: 'port_closed'}]);
    },
  );
});

async function listens(host: string, port = 0): Promise<Server> {
  const server = createServer();
  onCleanup(() => void server.close());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({host, port}, resolve);
  });
  return server;
}

function closed(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
  });
}

/** Loopback where this machine has no other interface. */
function outwards(): string {
  return (
    Object.values(networkInterfaces())
      .flatMap(addresses => addresses ?? [])
      .find(({internal, family}) => !internal && family === 'IPv4')?.address ?? '127.0.0.3'
  );
}
