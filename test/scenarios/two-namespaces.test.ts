import {spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {existsSync, readFileSync, utimesSync} from 'node:fs';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {cli} from '../helpers/root.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

const NAMESPACE = ['--pid', '--fork', '--mount-proc', '--kill-child'];

test('a monitor in another pid namespace keeps its directory as long as it lives, also with the same pid, and is not signalled', async ({
  skip,
}) => {
  if (spawnSync('unshare', [...NAMESPACE, 'true']).status !== 0)
    skip('only a privileged user can make a pid namespace');
  const {env, stateDir} = makeHome();
  const words = [cli, 'run', '--port', '1', '--name', 'web', '--observe'];
  const inside = (): ChildProcess => {
    const child = spawn('unshare', [...NAMESPACE, process.execPath, ...words], {
      env,
      stdio: 'ignore',
    });
    onCleanup(() => void child.kill('SIGKILL'));
    return child;
  };
  const isUp = () => existsSync(join(stateDir, 'run/agent2.sock'));
  const first = inside();
  await until('it is up', isUp);
  const lock = readFileSync(join(stateDir, 'agent2.pid'), 'utf8');
  const refused = {
    status: 1,
    stderr: expect.stringContaining(
      `another agent2, pid 1 on the host ${hostname()} (in another container, or on another machine), already uses ${stateDir}`,
    ),
  };
  const run = (command: string, args: readonly string[]) =>
    spawnSync(command, args, {env, encoding: 'utf8', timeout: 60_000});
  expect(run(process.execPath, words)).toMatchObject(refused);
  expect(run('unshare', [...NAMESPACE, process.execPath, ...words])).toMatchObject(refused);
  expect(run(process.execPath, [cli, 'stop'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('agent2, pid 1, runs on the host'),
  });
  expect([readFileSync(join(stateDir, 'agent2.pid'), 'utf8'), first.exitCode]).toEqual([
    lock,
    null,
  ]);
  first.kill('SIGKILL');
  await until('the first one is gone', () => first.signalCode !== null);
  const before = readFileSync(join(stateDir, 'run/monitor.1.json'), 'utf8');
  const earlier = Date.now() / 1000 - 10;
  utimesSync(join(stateDir, 'run/monitor.1.json'), earlier, earlier);
  const second = inside();
  await until(
    'the next one took over',
    () => readFileSync(join(stateDir, 'run/monitor.1.json'), 'utf8') !== before,
    {describe: () => `exit code ${String(second.exitCode)}`},
  );
});
