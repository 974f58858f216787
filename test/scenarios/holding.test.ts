import {spawn} from 'node:child_process';
import {afterEach, expect, test} from 'vitest';
import {firstLine} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import type {Home} from '../helpers/home.ts';
import {isAlive, signal} from '../helpers/processes.ts';
import {readStatus} from '../helpers/status.ts';
import {until, within} from '../helpers/until.ts';
import {watchService} from '../helpers/watch.ts';

afterEach(cleanUp);

test('a service that cannot start is tried ever more slowly, and held when the budget is spent', async () => {
  const {home, service, terminal} = await watchService({preset: 'test', restart: 'false'});
  service.signal('SIGKILL');
  await terminal.waitFor(/next attempt in/);
  const held = await terminal.waitFor(/held/i, {deadlineMs: 60_000});
  expect(held).toMatch(/3 of 3 restarts used in 5 ?m/);
  const status = await until('the status file says held', () => {
    const now = readStatus(home);
    return now?.status === 'held' && now;
  });
  expect(status.fixes.map(fix => fix.result)).toEqual(['failed', 'failed', 'failed']);
  const [first = 0, second = 0, third = 0] = status.fixes.map(fix => Date.parse(fix.timestamp));
  expect(second - first).toBeGreaterThanOrEqual(5_000);
  expect(third - second).toBeGreaterThanOrEqual(10_000);
});

test('a stranger on the port is named and never killed; when it is gone healing goes on', async () => {
  const {home, service, terminal} = await watchService();
  // Paused, so that the stranger takes the port before agent2 heals.
  terminal.type('p');
  await terminal.waitFor(/paused/i);
  service.signal('SIGKILL');
  await until('the service is gone', () => !isAlive(service.pid));
  const stranger = await startStranger(home, service.port);
  terminal.type('p');
  const screen = await terminal.waitFor(/does\s+not kill it/);
  expect(screen).toContain(String(stranger));
  expect(screen).toMatch(/held: port \d+ is held by process \d+ \(stranger\)/);
  await until('the status file says held', () => readStatus(home)?.status === 'held');
  expect(isAlive(stranger)).toBe(true);
  signal(stranger, 'SIGTERM');
  await terminal.waitFor(text => /● OK/.test(text) && /success/.test(text));
  expect(service.currentPid()).not.toBe(service.pid);
});

async function startStranger(home: Home, port: number): Promise<number> {
  const server = `process.title = 'stranger'; require('node:http').createServer((_, answer) => answer.end('I am not it')).listen(${port}, '127.0.0.1', () => console.log('listening'));`;
  const child = spawn(process.execPath, ['-e', server, 'stranger'], {
    env: home.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onCleanup(
    () =>
      void (
        child.exitCode === null &&
        child.signalCode === null &&
        signal(child.pid ?? -1, 'SIGKILL')
      ),
  );
  await within('the stranger listens', firstLine(child, 'the stranger'));
  return child.pid ?? -1;
}
