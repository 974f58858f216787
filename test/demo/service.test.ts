import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {request} from 'node:http';
import {connect} from 'node:net';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {breakDemo} from '../../source/demo/client.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {isAlive} from '../helpers/processes.ts';
import {demoService} from '../helpers/root.ts';
import {readHealth, startService, untilHealthy} from '../helpers/service.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

test("the demo answers its health in AgentOS's shape and names itself in its pid file once it listens", async () => {
  const service = await startService(makeHome());
  const health = (await (await fetch(service.url)).json()) as Record<string, unknown>;
  expect(health).toMatchObject({status: 'ok', version: 'demo', components: {database: 'ok'}});
  expect(health['uptime']).toBeTypeOf('number');
  expect(readFileSync(service.pidFile, 'utf8')).toBe(`${service.pid}\n`);
  expect((await fetch(`http://127.0.0.1:${service.port}/`)).headers.get('content-type')).toBe(
    'text/html',
  );
  expect((await fetch(`http://127.0.0.1:${service.port}/none`)).status).toBe(404);
});

test('the demo can be made to fail, to say it is down, to be slow and to hang, and be mended each time', async () => {
  const service = await startService(makeHome());
  await service.fault('error');
  expect((await readHealth(service.url))?.code).toBe(500);
  await service.fault('down');
  expect(await (await fetch(service.url)).json()).toMatchObject({
    status: 'down',
    components: {database: 'down', queue: 'ok'},
  });
  await service.fault('slow', 150);
  const asked = performance.now();
  expect((await readHealth(service.url))?.code).toBe(200);
  expect(performance.now() - asked).toBeGreaterThanOrEqual(140);
  await service.fault('hang');
  expect(await readHealth(service.url, 100)).toBeUndefined();
  await service.fault('ok');
  expect((await readHealth(service.url))?.code).toBe(200);
});

test('a crash of the demo leaves its pid file, a stop removes it', async () => {
  const home = makeHome();
  const crashed = await startService(home);
  await crashed.fault('crash');
  await until('the crashed demo is gone', () => !isAlive(crashed.pid));
  expect(readFileSync(crashed.pidFile, 'utf8')).toBe(`${crashed.pid}\n`);
  const stopped = await startService(home, {pidFile: join(home.path, 'stopped.pid')});
  await stopped.stop();
  expect(existsSync(stopped.pidFile)).toBe(false);
});

test('the restart command replaces a hung demo on the same port, and the new one is well', async () => {
  const home = makeHome();
  const service = await startService(home);
  await service.fault('hang');
  const words = service.restartCommand.split(/' '/).map(word => word.replace(/^'|'$/g, ''));
  expect(spawnSync(words[0] ?? '', words.slice(1), {env: home.env, timeout: 60_000}).status).toBe(
    0,
  );
  await untilHealthy(service.url);
  const successor = await until('the successor wrote its pid', () => service.currentPid());
  expect(successor).not.toBe(service.pid);
  expect(isAlive(service.pid)).toBe(false);
});

test('a web page cannot break the demo, nor can an unknown word', async () => {
  const service = await startService(makeHome());
  const status = await new Promise(resolve => {
    request(
      {
        port: service.port,
        path: '/fault/error',
        method: 'POST',
        headers: {origin: 'http://evil.example'},
      },
      response => resolve(response.resume().statusCode),
    ).end();
  });
  expect(status).toBe(405);
  expect(await breakDemo(service.port, 'flood' as 'ok')).toEqual({
    path: '/fault/flood',
    status: 404,
  });
  expect((await readHealth(service.url))?.code).toBe(200);
  expect(await breakDemo(await closedPort(), 'ok')).toEqual({
    path: '/fault/ok',
    error: expect.stringContaining('ECONNREFUSED') as string,
  });
});

test('a port in use ends the demo at once with one line that says so', async () => {
  const home = makeHome();
  const {port} = await startService(home);
  const second = spawnSync(
    process.execPath,
    [demoService, '--port', String(port), '--pid-file', join(home.path, 'second.pid')],
    {encoding: 'utf8', timeout: 60_000},
  );
  expect(second).toMatchObject({status: 1, stdout: ''});
  expect(second.stderr).toMatch(/^demo service: .*EADDRINUSE.*\n$/);
  expect(existsSync(join(home.path, 'second.pid'))).toBe(false);
});

test('a demo with a start delay opens its port only then', async () => {
  const started = performance.now();
  await startService(makeHome(), {startDelayMs: 300});
  expect(performance.now() - started).toBeGreaterThanOrEqual(300);
});

async function closedPort(): Promise<number> {
  const service = await startService(makeHome());
  await service.stop();
  await until(
    'nobody listens',
    () =>
      new Promise<boolean>(resolve =>
        connect(service.port, '127.0.0.1')
          .on('error', () => resolve(true))
          .on('connect', () => resolve(false)),
      ),
  );
  return service.port;
}

test.each(['deadlock', 'loop'] as const)(
  'the demo in a %s accepts no request any more',
  async fault => {
    const service = await startService(makeHome());
    await service.fault(fault);
    expect(await readHealth(service.url, 500)).toBeUndefined();
    expect(isAlive(service.pid)).toBe(true);
  },
);
