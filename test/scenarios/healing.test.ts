import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {isAlive, processState} from '../helpers/processes.ts';
import {readHealth, untilHealthy} from '../helpers/service.ts';
import {readStatus} from '../helpers/status.ts';
import {until} from '../helpers/until.ts';
import {watchService, type Watch} from '../helpers/watch.ts';

afterEach(cleanUp);

/** One more line of the fix table that ends well, and the header saying OK again. */
const healed = (issue: RegExp) => (screen: string) =>
  /● OK/.test(screen) && screen.split('\n').some(line => issue.test(line) && /success/.test(line));

async function healedBy({home, service, terminal}: Watch, issue: RegExp): Promise<number> {
  await terminal.waitFor(healed(issue));
  await untilHealthy(service.url);
  await until(
    'the status file tells of it',
    () =>
      readStatus(home)?.fixes.at(-1)?.result === 'success' &&
      readStatus(home)?.health_status === 'ok',
  );
  return until('the pid file names the one that runs', () => service.currentPid());
}

test('a service killed with -9 is started again, and the screen says why and how it went', async () => {
  const watch = await watchService();
  watch.service.signal('SIGKILL');
  // Whoever started it may be late to reap it on a busy machine.
  const pid = await healedBy(watch, /process not (alive +crashed|reaped +zombie)/);
  expect(pid).not.toBe(watch.service.pid);
  expect(readStatus(watch.home)?.fixes).toHaveLength(1);
});

test('a suspended service is continued, not restarted', async () => {
  const watch = await watchService();
  watch.service.signal('SIGSTOP');
  expect(await healedBy(watch, /process suspended +suspended +SIGCONT/)).toBe(watch.service.pid);
  expect(processState(watch.service.pid)).toMatch(/[SR]/);
});

test('a service that answers 500 is restarted at the threshold', async () => {
  const watch = await watchService();
  await watch.service.fault('error');
  await watch.terminal.waitFor(/1\/2|WARN/);
  expect(await healedBy(watch, /health check failed +erroring/)).not.toBe(watch.service.pid);
  expect(isAlive(watch.service.pid)).toBe(false);
});

test('a service that says it is down is restarted, and one that hangs too', async () => {
  const watch = await watchService({preset: 'low-latency'});
  // What it says is down is its database.
  await watch.service.fault('down');
  const second = await healedBy(watch, /health check failed +elsewhere/);
  await watch.service.fault('hang');
  const third = await healedBy(watch, /health check failed +hung/);
  expect(new Set([watch.service.pid, second, third]).size).toBe(3);
});

test('a slow but correct service is warned about and never restarted', async () => {
  const {home, service, terminal} = await watchService({preset: 'low-latency'});
  await service.fault('slow', 1_200);
  await terminal.waitFor(/WARN[^]*slow/);
  await service.fault('ok');
  await terminal.waitFor(/● OK/);
  expect((await readHealth(service.url))?.status).toBe('ok');
  expect(service.currentPid()).toBe(service.pid);
  expect(readStatus(home)?.fixes.map(fix => fix.result)).toEqual(['warning_logged']);
});

test('a restart signal that somebody else leaves is taken, and the service restarted', async () => {
  const {home, service, terminal} = await watchService();
  const path = join(home.stateDir, 'restart_signal');
  writeFileSync(path, '');
  await terminal.waitFor(healed(/manual/));
  expect(existsSync(path)).toBe(false);
  expect(service.currentPid()).not.toBe(service.pid);
});
