import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {startAgent2} from '../helpers/program.ts';
import {startService, type Service} from '../helpers/service.ts';
import {healthIs, readStatus} from '../helpers/status.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

/** A restart command that fails and leaves a line for each time it was run. */
function failingRestart(home: Home): {
  readonly command: readonly string[];
  readonly runs: () => number;
} {
  const file = join(home.path, 'runs');
  writeFileSync(file, '');
  return {
    command: ['sh', '-c', `echo run >>${file}; exit 1`],
    runs: () => readFileSync(file, 'utf8').split('\n').length - 1,
  };
}

/** A config file that watches `service` as web, quick to start anew and soon at the end of its budget. */
function configFor(home: Home, service: Service, restart: readonly string[]): string {
  const path = join(home.path, 'agent2.json');
  const target = {
    name: 'web',
    url: service.url,
    pidFile: service.pidFile,
    preset: 'dev',
    grace: '1s',
    budget: '2 in 5m',
    backoff: {base: '200ms', factor: 1, cap: '200ms'},
    fix: {use: 'command', restart},
  };
  writeFileSync(path, JSON.stringify({targets: [target]}));
  return path;
}

test('a held target stays held when agent2 is killed with -9, and its budget stays spent', async () => {
  const home = makeHome();
  const service = await startService(home);
  const restart = failingRestart(home);
  const args = ['run', '--config', configFor(home, service, restart.command)];
  const first = startAgent2(args, {env: home.env});
  await healthIs(home, 'ok');
  service.signal('SIGKILL');
  await first.waitForLine(/held: 2 restarts did not help/);
  expect(restart.runs()).toBe(2);
  await first.stop('SIGKILL');

  const second = startAgent2(args, {env: home.env});
  await until('the next one has looked and holds it still', () => {
    const status = readStatus(home);
    return (
      status?.status === 'held' && status.health_status === 'down' && readPid(home) === second.pid
    );
  });
  // Past the start grace, so that nothing but the hold keeps it from a fix.
  const checks = readStatus(home)?.targets[0]?.total_checks ?? 0;
  await until(
    'it was checked twice more',
    () => (readStatus(home)?.targets[0]?.total_checks ?? 0) >= checks + 2,
  );
  expect(readStatus(home)?.fixes).toHaveLength(2);
  expect(restart.runs()).toBe(2);
  expect(second.stdout()).not.toContain('fix:');
});

test('a fix that agent2 does not live to see counts, and what is open is told as recovered once', async () => {
  const home = makeHome();
  const service = await startService(home);
  const marker = join(home.path, 'began');
  const first = startAgent2(
    ['run', '--config', configFor(home, service, ['sh', '-c', `echo x >${marker}; sleep 30`])],
    {env: home.env},
  );
  await healthIs(home, 'ok');
  service.signal('SIGKILL');
  await until('the fix has begun', () => exists(marker));
  await first.stop('SIGKILL');

  const second = startAgent2(
    ['run', '--config', configFor(home, service, ['sh', '-c', service.restartCommand])],
    {env: home.env},
  );
  await second.waitForLine(/recovered: healthy/);
  expect(second.stdout().match(/recovered/g)).toHaveLength(1);
  expect(second.stdout()).toContain('2 of 2 restarts used');
  await until(
    'the status file has both',
    () =>
      readStatus(home)
        ?.fixes.map(({result}) => result)
        .join() === 'failed,success',
  );
});

function readPid(home: Home): number {
  return Number(readFileSync(join(home.stateDir, 'agent2.pid'), 'utf8'));
}

function exists(path: string): boolean {
  try {
    return readFileSync(path, 'utf8') !== '';
  } catch {
    return false;
  }
}
