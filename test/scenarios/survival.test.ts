import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {startAgent2, type RunningProgram} from '../helpers/program.ts';
import {startService} from '../helpers/service.ts';
import {healthIs, readStatus} from '../helpers/status.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

/** A restart command that fails and leaves a line for each time it was run. */
function failingRestart(home: Home): {readonly command: string; readonly runs: () => number} {
  const file = join(home.path, 'runs');
  writeFileSync(file, '');
  return {command: `sh -c 'echo run >>${file}; exit 1'`, runs: () => readFileSync(file, 'utf8').split('\n').length - 1};
}

async function killed(program: RunningProgram): Promise<void> {
  await program.stop('SIGKILL');
}

test('a held target stays held when agent2 is killed with -9, and its budget stays spent', async () => {
  const home = makeHome();
  const service = await startService(home);
  const restart = failingRestart(home);
  const args = ['run', service.url, '--name', 'web', '--preset', 'dev', '--pid-file', service.pidFile, '--restart', restart.command];
  const first = startAgent2(args, {env: home.env});
  await healthIs(home, 'ok');
  service.signal('SIGKILL');
  await first.waitForLine(/held: down again after 5 fixes/, {deadlineMs: 60_000});
  expect(restart.runs()).toBe(5);
  await killed(first);

  const second = startAgent2(args, {env: home.env});
  await until('the next one has looked and holds it still', () => {
    const status = readStatus(home);
    return status?.status === 'held' && status.health_status === 'down' && readPid(home) === second.pid;
  });
  expect(readStatus(home)?.fixes).toHaveLength(5);
  expect(restart.runs()).toBe(5);
  expect(second.stdout()).not.toContain('fix:');
}, 90_000);

test('a fix that agent2 does not live to see counts, and what is open is told as recovered once', async () => {
  const home = makeHome();
  const service = await startService(home);
  const marker = join(home.path, 'began');
  const args = (restart: string) => ['run', service.url, '--name', 'web', '--preset', 'low-latency', '--pid-file', service.pidFile, '--restart', restart];
  const first = startAgent2(args(`sh -c 'echo x >${marker}; sleep 30'`), {env: home.env});
  await healthIs(home, 'ok');
  service.signal('SIGKILL');
  await until('the fix has begun', () => exists(marker));
  await killed(first);

  const second = startAgent2(args(service.restartCommand), {env: home.env});
  await second.waitForLine(/recovered: healthy/, {deadlineMs: 30_000});
  expect(second.stdout().match(/recovered/g)).toHaveLength(1);
  expect(second.stdout()).toContain('budget 2/5');
  await until('the status file has both', () => readStatus(home)?.fixes.map(({result}) => result).join() === 'failed,success');
}, 60_000);

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
