import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {program} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {freePort} from '../helpers/port.ts';
import {signal} from '../helpers/processes.ts';
import {startAgent2, type RunningProgram} from '../helpers/program.ts';
import {readHealth, untilHealthy} from '../helpers/service.ts';
import {healthIs} from '../helpers/status.ts';

afterEach(cleanUp);

/** A service that is a child of agent2, well and seen so. Its command line names the home, so that the clean-up finds it. */
async function watchChild(): Promise<{home: Home; url: string; running: RunningProgram}> {
  const home = makeHome();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const service = [
    'sh',
    '-c',
    'ulimit -n 1024; exec "$0" "$@"',
    process.execPath,
    program('exhausted.mjs'),
    String(port),
    home.path,
  ];
  const running = startAgent2(
    [
      'run',
      url,
      '--expect',
      'status=ok',
      '--preset',
      'dev',
      '--interval',
      '500ms',
      '--timeout',
      '1s',
      '--',
      ...service,
    ],
    {env: home.env},
  );
  await healthIs(home, 'ok');
  return {home, url, running};
}

test('a service that hangs because it has no file descriptor left is restarted, and the log says what was found', async ctx => {
  if (process.platform !== 'linux') ctx.skip('needs /proc');
  const {home, url, running} = await watchChild();
  // Nobody answers it; that it was asked must not get lost where the service is slow to look.
  void readHealth(`${url}exhaust`, 60_000);
  const line = await running.waitForLine(/evidence: /);
  expect(line).toMatch(
    / - INFO - .*evidence: out_of_fds; memory .*; cpu .*; fds 10\d\d of 1024; log: request failed: EMFILE: too many open files; token=\*\*\*$/,
  );
  await running.waitForLine(/recovered/);
  await untilHealthy(url);
  await running.stop();
  expect(readFileSync(join(home.stateDir, 'agent2.log'), 'utf8')).not.toContain('hunter22');
  const status = readFileSync(join(home.stateDir, 'agent2_status.json'), 'utf8');
  expect(status).toContain('beside it out_of_fds');
  expect(status).not.toContain('hunter22');
});

test('of a service that was killed the log says how it ended and what it said last', async () => {
  const {home, url, running} = await watchChild();
  const {pid} = JSON.parse(readFileSync(join(home.stateDir, 'service.log.pid.json'), 'utf8')) as {
    pid: number;
  };
  signal(pid, 'SIGKILL');
  expect(await running.waitForLine(/evidence: /)).toMatch(
    /evidence: ended with signal SIGKILL; log: listening$/,
  );
  await running.waitForLine(/recovered/);
  await untilHealthy(url);
});
