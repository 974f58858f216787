import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {doing, signal} from '../helpers/processes.ts';
import {agent2, startAgent2} from '../helpers/program.ts';
import {cli} from '../helpers/root.ts';
import {startService} from '../helpers/service.ts';
import {healthIs} from '../helpers/status.ts';
import {within} from '../helpers/until.ts';

afterEach(cleanUp);

interface Report {
  readonly exit_code: number;
  readonly findings: ReadonlyArray<{
    readonly id: string;
    readonly level: string;
    readonly target: string | null;
    readonly what: string;
    readonly seen: string;
    readonly next: string | null;
  }>;
}

async function report(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  cwd?: string,
): Promise<Report> {
  const {stdout, stderr, code} = await agent2(['doctor', '--json', ...args], {env, cwd});
  expect(stderr).toBe('');
  const parsed = JSON.parse(stdout) as Report;
  expect(code).toBe(parsed.exit_code);
  return parsed;
}

test('the walk from a monitor that heals to one that was killed, by files and words alone', async () => {
  const home = makeHome();
  const service = await startService(home);
  const words = [
    service.url,
    '--pid-file',
    service.pidFile,
    '--expect',
    'status=ok',
    '--restart',
    service.restartCommand,
  ];
  const monitor = startAgent2(['run', ...words], {env: home.env});
  await healthIs(home, 'ok');

  const well = await agent2(['doctor'], {env: home.env});
  expect(well.stdout).toMatch(/^ {2}✓ ok {4}monitor +pid \d+, up .*, watching 127\.0\.0\.1:\d+$/m);
  expect(well.stdout).toContain(`pid ${service.pid}`);
  expect(well.stdout).toMatch(/\nall is well: \d+ things examined\n$/);
  expect(well.stdout.split('\n').filter(line => line.length > 80)).toEqual([]);
  expect(well.stdout).not.toContain('\u001b');
  expect(well.code).toBe(0);

  signal(monitor.pid, 'SIGKILL');
  await monitor.end();
  const {exit_code, findings} = await report([], home.env);
  expect(exit_code).toBe(2);
  expect(findings.find(({level}) => level === 'fail')).toMatchObject({
    id: 'monitor_stale_pid',
    target: null,
    seen: expect.stringContaining(`agent2.pid names ${monitor.pid}`),
    next: `agent2 start ${service.url} --restart CMD`,
  });
  writeFileSync(join(home.path, 'agent2.yaml'), 'targets: 5\n', {mode: 0o644});
  chmodSync(home.path, 0o755);
  expect((await report([], home.env, home.path)).findings.map(({id}) => id)).toEqual(
    expect.arrayContaining(['monitor_stale_pid', 'config_wrong']),
  );
  expect((await report(['--state-dir', home.stateDir], home.env)).findings).toContainEqual(
    expect.objectContaining({
      id: 'monitor_stale_pid',
      next: `agent2 start ${service.url} --restart CMD --state-dir ${home.stateDir}`,
    }),
  );
  // It looked, and changed nothing.
  expect(readFileSync(join(home.stateDir, 'agent2.pid'), 'utf8')).toBe(`${monitor.pid}\n`);

  const chinese = await agent2(['doctor', ...words, '--lang', 'zh', '--ascii'], {env: home.env});
  expect(chinese.stdout).toContain('x fail  监控器');
  expect(chinese.stdout).toContain('请执行： agent2 start');
  expect(chinese.code).toBe(2);
});

test('where nothing runs it says what to start, and a config file that is wrong is told with line, column and the next command', async () => {
  const home = makeHome();
  const env = {...home.env, AGENT2_STATE_DIR: undefined};
  mkdirSync(join(home.path, '.agentos'));
  expect((await report([], env)).findings).toContainEqual(
    expect.objectContaining({id: 'monitor_none', level: 'fail', next: 'agent2 start'}),
  );
  chmodSync(home.path, 0o755);
  writeFileSync(
    join(home.path, 'agent2.yaml'),
    'targets:\n  - name: web\n    url: http://127.0.0.1:3000/\n    intervall: 5s\n',
    {mode: 0o644},
  );
  const {exit_code, findings} = await report([], env, home.path);
  expect(exit_code).toBe(2);
  expect(findings).toContainEqual(
    expect.objectContaining({
      id: 'config_wrong',
      seen: expect.stringMatching(/agent2\.yaml:4:5: .*intervall/),
      next: 'agent2 config check agent2.yaml',
    }),
  );
});

test('wrong words end with 64', async () => {
  expect(await agent2(['doctor', '--', 'cmd'])).toMatchObject({
    code: 64,
    stdout: '',
    stderr: expect.stringContaining('doctor does not start a command'),
  });
  expect(await agent2(['doctor', 'not a url'])).toMatchObject({code: 64, stdout: ''});
});

test('another user is told what may not be read or written, and who may signal the service', async ({
  skip,
}) => {
  if (process.getuid?.() !== 0) skip('another user can only be played by root');
  const home = makeHome();
  const service = await startService(home);
  chmodSync(home.path, 0o755);
  mkdirSync(home.stateDir, {mode: 0o755});
  const secret = join(home.path, 'secret.pid');
  writeFileSync(secret, `${service.pid}\n`, {mode: 0o600});
  const {stdout, stderr} = await asAnother(
    ['doctor', '--json', service.url, '--pid-file', secret],
    home.env,
  );
  if (stdout === '' && UNREADABLE.test(stderr)) skip('that user may not read this program');
  const {findings} = JSON.parse(stdout) as Report;
  expect(findings).toContainEqual(
    expect.objectContaining({
      id: 'state_dir_unwritable',
      level: 'fail',
      next: `sudo chown -R "$(id -un)" ${home.stateDir}`,
    }),
  );
  expect(findings).toContainEqual(
    expect.objectContaining({
      id: 'pid_file_invalid',
      seen: expect.stringContaining('is not readable for this user'),
      next: `ls -l ${secret}`,
    }),
  );
});

test('another user sees how a monitor is, and is told that only its own user may steer it', async ({
  skip,
}) => {
  if (process.getuid?.() !== 0) skip('another user can only be played by root');
  const home = makeHome();
  const service = await startService(home);
  chmodSync(home.path, 0o755);
  const monitor = startAgent2(['run', service.url, '--name', 'web', '--restart', 'true'], {
    env: home.env,
  });
  await healthIs(home, 'ok');
  const status = await asAnother(['status'], home.env);
  if (UNREADABLE.test(status.stderr)) skip('that user may not read this program');
  expect(status).toMatchObject({
    stderr: '',
    code: 0,
    stdout: expect.stringContaining(`pid ${monitor.pid}  up`),
  });
  expect(await asAnother(['pause', 'web'], home.env)).toMatchObject({
    stdout: '',
    code: 1,
    stderr: expect.stringContaining('belongs to another user and only answers that user and root'),
  });
  expect(await asAnother(['stop'], home.env)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`sudo kill ${monitor.pid}`),
  });
  const {findings} = JSON.parse((await asAnother(['doctor', '--json'], home.env)).stdout) as Report;
  expect(findings).toContainEqual(expect.objectContaining({id: 'monitor', level: 'ok'}));
  // What nobody but its user can read is not said to be missing.
  expect(findings).toContainEqual(
    expect.objectContaining({id: 'fix', target: 'web', seen: expect.stringContaining('command')}),
  );
});

/** What node says where the checkout itself is closed to others. */
const UNREADABLE = /EACCES|Cannot find module/;

async function asAnother(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{readonly stdout: string; readonly stderr: string; readonly code: number | null}> {
  const child = spawn(process.execPath, [cli, ...args], {
    uid: 65_534,
    gid: 65_534,
    cwd: '/',
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  await within(`agent2 ${args.join(' ')} ends`, once(child, 'close'), {
    describe: () => `${doing(child.pid ?? -1)}\n${stdout}${stderr}`,
  });
  return {stdout, stderr, code: child.exitCode};
}
