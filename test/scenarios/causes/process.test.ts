import {renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, describe, expect, test, vi} from 'vitest';
import {program as fixture, start, startProgram} from '../../fixtures/services/start.ts';
import {diagnosed, lookedAgain, openScene, restarted, statusSays} from '../../helpers/cause.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {freePort} from '../../helpers/port.ts';
import {childrenOf, isAlive, processState, signal} from '../../helpers/processes.ts';
import {until} from '../../helpers/until.ts';

// Many at once, on a machine that may be busy.
vi.setConfig({testTimeout: 180_000});
afterAll(cleanUp);

const url = (port: string | number) => `http://127.0.0.1:${port}/health`;

describe('a service whose process', () => {
  test.concurrent('is not there at all is started, after its start grace', async () => {
    const scene = openScene();
    const port = String(await freePort());
    const agent2 = await scene.watch(
      [url(port), ...scene.healedBy('answers.mjs', port, '', scene.pidFile)],
      {waitFor: /down: crashed: pid file \S+ is missing; start grace: healing waits 1\d s/},
    );
    expect(scene.facts()).toEqual([]);
    await diagnosed(scene, agent2, {
      cause: 'crashed',
      fault: 'pid_file_missing',
      sentence: /pid file \S+ is missing/,
    });
    await agent2.waitForLine('recovered: healthy');
    expect(isAlive(scene.pid())).toBe(true);
  });

  test.concurrent('hangs and ignores SIGTERM is killed', async () => {
    const scene = openScene();
    const port = String(await freePort());
    const agent2 = await scene.watch([
      url(port),
      '--',
      process.execPath,
      fixture('answers.mjs'),
      port,
      '/stubborn',
      scene.pidFile,
    ]);
    const before = scene.pid();
    signal(before, 'SIGUSR2');
    await agent2.waitForLine(/down: hung(?:: \w+)?: GET \/health: no response within 1\.5 s/);
    await restarted(scene, agent2, 'hung', before);
  });

  test.concurrent('dies and leaves its pid file behind has crashed', async () => {
    const scene = openScene();
    const {pid, line: port} = await startProgram('answers.mjs', ['0', '', scene.pidFile]);
    const agent2 = await scene.watch([
      url(port),
      ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
    ]);
    signal(pid, 'SIGKILL');
    await diagnosed(scene, agent2, {
      cause: 'crashed',
      fault: 'process_gone',
      sentence: new RegExp(`process ${pid} is gone, its pid file \\S+ was left behind`),
    });
    await restarted(scene, agent2, 'crashed', pid);
  });

  test.concurrent('exits by itself is started anew, and its exit code is told', async () => {
    const scene = openScene();
    const port = String(await freePort());
    const agent2 = await scene.watch([
      url(port),
      '--',
      process.execPath,
      fixture('answers.mjs'),
      port,
      '/exits',
      scene.pidFile,
    ]);
    const before = scene.pid();
    signal(before, 'SIGUSR2');
    await agent2.waitForLine(new RegExp(`down: crashed: process ${before} ended with exit code 7`));
    await restarted(scene, agent2, 'crashed', before);
  });

  test.concurrent(
    'puts itself into the background is watched there, restarted there, and ended with agent2',
    async () => {
      const scene = openScene();
      const port = String(await freePort());
      const agent2 = await scene.watch([
        url(port),
        '--',
        process.execPath,
        fixture('daemonise.mjs'),
        'answers.mjs',
        scene.pidFile,
        port,
      ]);
      await agent2.waitForLine(/put itself into the background.*keeps it in the foreground/);
      const before = scene.pid();
      await until('it is known', () => scene.target()?.process?.pid === before);
      signal(before, 'SIGKILL');
      await restarted(scene, agent2, 'crashed', before);
      const after = scene.pid();
      expect(isAlive(after)).toBe(true);
      await agent2.stop();
      expect(isAlive(after)).toBe(false);
      expect(agent2.stdout()).not.toMatch(/stranger|port_taken|restarted externally/);
    },
  );

  test.concurrent('exits at its start is started once more, after a pause', async () => {
    const scene = openScene();
    const port = String(await freePort());
    const agent2 = await scene.watch([
      url(port),
      '--',
      process.execPath,
      fixture('exits.mjs'),
      join(scene.home.path, 'starts'),
      port,
      '',
      scene.pidFile,
    ]);
    signal(scene.pid(), 'SIGKILL');
    await agent2.waitForLine(/fix failed: process \d+ ended with exit code 3/);
    await agent2.waitForLine('recovered: healthy');
    await statusSays(
      scene,
      agent2,
      ({fixes}) => fixes.map(({result}) => result).join() === 'failed,success',
    );
    expect(isAlive(scene.pid())).toBe(true);
  });

  test.concurrent(
    'dies and leaves a child that holds the port is restarted, and the child ended',
    async () => {
      const scene = openScene();
      const port = String(await freePort());
      const agent2 = await scene.watch([
        url(port),
        '--',
        process.execPath,
        fixture('forks.mjs'),
        port,
      ]);
      const parent = (await until('agent2 tells of it', () => scene.target()?.process?.pid)) ?? 0;
      const [orphan = -1] = await until(
        'its child is there',
        () => childrenOf(parent).length > 0 && childrenOf(parent),
      );
      signal(parent, 'SIGKILL');
      await agent2.waitForLine(
        new RegExp(`down: crashed: process ${parent} ended with signal SIGKILL`),
      );
      await restarted(scene, agent2, 'crashed', parent);
      expect(isAlive(orphan)).toBe(false);
    },
  );

  test.concurrent('is dead and not reaped is restarted as a zombie', async () => {
    const scene = openScene();
    const {line: port} = await start([
      'sh',
      '-c',
      '"$0" "$@" & exec sleep 50',
      process.execPath,
      fixture('answers.mjs'),
      '0',
      '',
      scene.pidFile,
    ]);
    const before = scene.pid();
    const agent2 = await scene.watch([
      url(port),
      ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
    ]);
    signal(before, 'SIGKILL');
    await diagnosed(scene, agent2, {
      cause: 'zombie',
      fault: 'process_zombie',
      sentence: new RegExp(
        `process ${before} is dead, but its parent has not reaped it \\(zombie\\)`,
      ),
    });
    await restarted(scene, agent2, 'zombie', before);
  });

  test.concurrent('stops itself is continued, and is the same process afterwards', async () => {
    const scene = openScene();
    const {pid, line: port} = await startProgram('answers.mjs', ['0', '/stops', scene.pidFile]);
    const agent2 = await scene.watch([
      url(port),
      ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
    ]);
    signal(pid, 'SIGUSR2');
    await agent2.waitForLine(`down: suspended: process ${pid} is suspended (SIGSTOP)`);
    await agent2.waitForLine(`process ${pid} was sent SIGCONT; verifying`);
    await agent2.waitForLine('recovered: healthy');
    await statusSays(
      scene,
      agent2,
      ({health_status, fixes}) => health_status === 'ok' && fixes.at(-1)?.result === 'success',
    );
    expect(scene.target()?.fixes).toEqual([
      expect.objectContaining({cause: 'suspended', action: 'SIGCONT', result: 'success'}),
    ]);
    expect([scene.facts(), processState(pid), scene.pid()]).toEqual([
      [],
      expect.stringMatching(/[SR]/),
      pid,
    ]);
  });

  test.concurrent('stops itself again whenever it is continued is restarted', async () => {
    const scene = openScene();
    const {pid, line: port} = await startProgram('answers.mjs', ['0', 'stays', scene.pidFile]);
    const agent2 = await scene.watch([
      url(port),
      ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
    ]);
    signal(pid, 'SIGUSR2');
    await diagnosed(scene, agent2, {
      cause: 'suspended',
      fault: 'process_stopped',
      sentence: new RegExp(`process ${pid} is suspended \\(SIGSTOP\\)`),
    });
    await agent2.waitForLine('recovered: healthy');
    await statusSays(
      scene,
      agent2,
      ({fixes}) =>
        fixes.map(({action, result}) => `${action} ${result}`).join() ===
        'SIGCONT failed,restart success',
    );
    expect([scene.pid() === pid, isAlive(pid)]).toEqual([false, false]);
  });

  test.concurrent(
    'is held by a debugger is warned about and left alone, though it answers nobody',
    async ctx => {
      const scene = openScene();
      const {pid, line: port} = await startProgram('answers.mjs', ['0', '', scene.pidFile]);
      const agent2 = await scene.watch([
        url(port),
        '--log-level',
        'debug',
        ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
      ]);
      const held = await start(['python3', fixture('held.py'), String(pid)]).catch(
        (error: unknown) => ctx.skip(`no process can be held here: ${String(error)}`),
      );
      await agent2.waitForLine(
        `WARNING - 127.0.0.1:${port}: warning: a debugger holds process ${pid}`,
      );
      await lookedAgain(agent2);
      await statusSays(scene, agent2, ({health_status}) => health_status === 'warn');
      expect([scene.facts(), scene.target()?.fixes, processState(pid)]).toEqual([[], [], 't']);
      signal(held.pid, 'SIGKILL');
      await statusSays(scene, agent2, ({health_status}) => health_status === 'ok');
      expect(isAlive(pid)).toBe(true);
    },
  );

  test.concurrent(
    'is another program than the one that is wanted has crashed, and the other program is left alone',
    async () => {
      const scene = openScene();
      const {pid, line: port} = await startProgram('answers.mjs', ['0', '', scene.pidFile]);
      const other = await startProgram('idle.mjs');
      const agent2 = await scene.watch([
        url(port),
        '--process-name',
        'answers.mjs',
        ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
      ]);
      writeFileSync(`${scene.pidFile}.new`, `${other.pid}\n`);
      signal(pid, 'SIGKILL');
      renameSync(`${scene.pidFile}.new`, scene.pidFile);
      await diagnosed(scene, agent2, {
        cause: 'crashed',
        fault: 'process_mismatch',
        sentence: new RegExp(
          `process ${other.pid} is ".*idle\\.mjs", expected a name with "answers\\.mjs"`,
        ),
      });
      await restarted(scene, agent2, 'crashed', pid);
      expect(isAlive(other.pid)).toBe(true);
    },
  );

  test.concurrent('has run out of file descriptors is restarted', async () => {
    const scene = openScene();
    const {pid, line: port} = await start([
      'sh',
      '-c',
      'ulimit -n 60; exec "$0" "$@"',
      process.execPath,
      fixture('answers.mjs'),
      '0',
      '/leaks',
      scene.pidFile,
    ]);
    const agent2 = await scene.watch([
      url(port),
      ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
    ]);
    signal(pid, 'SIGUSR2');
    await diagnosed(scene, agent2, {
      cause: 'erroring',
      fault: 'connection_reset',
      sentence: /GET \/health: 127\.0\.0\.1:\d+ closed the connection without an answer/,
    });
    await restarted(scene, agent2, 'erroring', pid);
  });
});

test.concurrent(
  'a service is restarted when somebody leaves a restart signal, and the cause is manual',
  async () => {
    const scene = openScene();
    const {pid, line: port} = await startProgram('answers.mjs', ['0', '', scene.pidFile]);
    const agent2 = await scene.watch([
      url(port),
      ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
    ]);
    writeFileSync(join(scene.home.stateDir, 'restart_signal'), '');
    await agent2.waitForLine('fix: restart because a restart_signal file asked for it');
    await restarted(scene, agent2, 'manual', pid);
  },
);
