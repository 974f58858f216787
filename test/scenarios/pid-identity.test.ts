import {execFileSync} from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {afterAll, describe, expect, test, vi} from 'vitest';
import {program as fixture, start, startProgram} from '../fixtures/services/start.ts';
import {lookedAgain, openScene, restarted, statusSays} from '../helpers/cause.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {isAlive, processState, signal} from '../helpers/processes.ts';
import {cli} from '../helpers/root.ts';
import {until} from '../helpers/until.ts';

// Many at once, on a machine that may be busy.
vi.setConfig({testTimeout: 180_000});
afterAll(cleanUp);

const NOBODY = 65_534;

/** What a pid file may have become while agent2 watches, and what is said of it. `stranger` is a live process that it might seem to mean. */
const UNUSABLE: ReadonlyArray<{
  readonly is: string;
  readonly reason: RegExp;
  make(path: string, stranger: number): void;
}> = [
  {
    is: 'names pid 0',
    reason: /contains 0, expected a pid from 2 to \d+; try: cat \S+/,
    make: path => writeFileSync(path, '0\n'),
  },
  {
    is: 'names pid 1',
    reason: /contains 1, expected a pid from 2 to \d+; try: cat \S+/,
    make: path => writeFileSync(path, '1\n'),
  },
  {
    is: 'names pid -1, which would be every process',
    reason: /contains "-1", expected only digits; try: cat \S+/,
    make: path => writeFileSync(path, '-1\n'),
  },
  {
    is: 'holds text',
    reason: /contains "\$\(reboot\)", expected only digits; try: cat \S+/,
    make: path => writeFileSync(path, '$(reboot)'),
  },
  {
    is: 'names a huge number',
    reason: /contains 9{19}…, expected a pid from 2 to \d+; try: cat \S+/,
    make: path => writeFileSync(path, '9'.repeat(30)),
  },
  {
    is: 'is a symbolic link',
    reason: /is a symbolic link, not a regular file; try: ls -ld \S+/,
    make(path, stranger) {
      writeFileSync(`${path}.real`, String(stranger));
      symlinkSync(`${path}.real`, path);
    },
  },
  {
    is: 'is a directory',
    reason: /is a directory, not a regular file; try: ls -ld \S+/,
    make: path => mkdirSync(path),
  },
  {
    is: 'is a fifo',
    reason: /is a fifo, not a regular file; try: ls -ld \S+/,
    make: path => void execFileSync('mkfifo', [path]),
  },
  {
    is: 'can be written by everybody',
    reason: /is writable for everybody \(mode 666\); try: chmod o-w \S+/,
    make(path, stranger) {
      writeFileSync(path, String(stranger));
      chmodSync(path, 0o666);
    },
  },
];

describe('a pid file that', () => {
  test.concurrent.for(UNUSABLE)(
    '$is is warned about (pid_file_invalid), and no process is signalled for it',
    async ({make, reason}) => {
      const scene = openScene();
      const stranger = await startProgram('idle.mjs');
      const {pid, line: port} = await startProgram('answers.mjs', ['0', '', scene.pidFile]);
      const agent2 = await scene.watch([
        `http://127.0.0.1:${port}/health`,
        '--interval',
        '500ms',
        '--log-level',
        'debug',
        ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
      ]);
      rmSync(scene.pidFile);
      make(scene.pidFile, stranger.pid);
      await agent2.waitForLine(
        new RegExp(` WARNING - 127\\.0\\.0\\.1:${port}: warning: pid file \\S+ ${reason.source}`),
      );
      await statusSays(scene, agent2, ({health_status}) => health_status === 'warn');
      await lookedAgain(agent2, 2);
      expect(scene.target()).toMatchObject({
        status: 'monitoring',
        cause: null,
        fixes: [],
        process: {state: 'alive', pid},
      });
      expect([scene.facts(), isAlive(stranger.pid), isAlive(pid), isAlive(agent2.pid)]).toEqual([
        [],
        true,
        true,
        true,
      ]);

      rmSync(scene.pidFile, {recursive: true});
      writeFileSync(scene.pidFile, String(pid));
      await statusSays(scene, agent2, ({health_status}) => health_status === 'ok');
    },
  );

  test.concurrent(
    'cannot be believed makes nobody a target, also when the service was never known by it',
    async () => {
      const scene = openScene();
      const stranger = await startProgram('idle.mjs');
      const {pid, line: port} = await startProgram('answers.mjs', []);
      const agent2 = await scene.watch([
        `http://127.0.0.1:${port}/health`,
        '--log-level',
        'debug',
        ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
      ]);
      await agent2.waitForLine(/warning: pid file \S+ is missing; port \d+ is held by process/);
      writeFileSync(scene.pidFile, `${stranger.pid}`, {mode: 0o666});
      chmodSync(scene.pidFile, 0o666);
      await agent2.waitForLine(/warning: pid file \S+ is writable for everybody \(mode 666\)/);
      await statusSays(scene, agent2, ({process}) => process?.pid === pid);
      expect(scene.facts()).toEqual([]);
      expect(isAlive(stranger.pid)).toBe(true);
    },
  );
});

test.concurrent(
  'a pid file of one user that names a process of another is warned about, and that process left alone',
  async ctx => {
    if (process.getuid?.() !== 0) return ctx.skip('only root can start a process of another user');
    const scene = openScene();
    const theirs = await start([
      'setpriv',
      '--reuid',
      String(NOBODY),
      '--clear-groups',
      process.execPath,
      '-e',
      "setTimeout(() => {}, 50_000); console.log('ready')",
    ]).catch((error: unknown) => ctx.skip(`no process of another user: ${String(error)}`));
    const {pid, line: port} = await startProgram('answers.mjs', ['0', '', scene.pidFile]);
    const agent2 = await scene.watch([
      `http://127.0.0.1:${port}/health`,
      '--log-level',
      'debug',
      ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
    ]);
    const other = NOBODY - 1;
    writeFileSync(`${scene.pidFile}.new`, `${theirs.pid}\n`);
    chownSync(`${scene.pidFile}.new`, other, other);
    renameSync(`${scene.pidFile}.new`, scene.pidFile);
    await agent2.waitForLine(
      new RegExp(
        `warning: pid file \\S+ belongs to the user ${other}, and process ${theirs.pid}, which it names, to the user \\d+: agent2 signals no process because of that file; try: ps -o user,args -p ${theirs.pid}`,
      ),
    );
    await lookedAgain(agent2, 2);
    expect([scene.facts(), isAlive(theirs.pid), isAlive(pid)]).toEqual([[], true, true]);
    expect(scene.target()?.process).toMatchObject({state: 'alive', pid});
  },
);

test.concurrent('a pid that another process got between two looks is never signalled', async () => {
  const scene = openScene();
  const {pid, line: port} = await startProgram('answers.mjs', ['0', '/stubborn', scene.pidFile]);
  const agent2 = await scene.watch([
    `http://127.0.0.1:${port}/health`,
    ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
  ]);
  const heir = await startProgram('idle.mjs');
  signal(heir.pid, 'SIGSTOP');
  // The file is left behind, older than whoever is named by it now.
  execFileSync('touch', ['-d', '1 hour ago', scene.pidFile]);
  writeFileSync(`${scene.pidFile}.new`, `${heir.pid}\n`);
  execFileSync('touch', ['-d', '1 hour ago', `${scene.pidFile}.new`]);
  signal(pid, 'SIGKILL');
  renameSync(`${scene.pidFile}.new`, scene.pidFile);
  await agent2.waitForLine(/down: crashed: process \d+ is gone/);
  await restarted(scene, agent2, 'crashed', pid);
  await until('the heir is as it was', () => processState(heir.pid) === 'T');
});

test.concurrent(
  'a pid that the kernel gave to another process while agent2 did not look is not taken for the service',
  async ctx => {
    const scene = openScene();
    const restart = scene.healedBy('answers.mjs', 'PORT', '', scene.pidFile);
    const argv = [
      'unshare',
      '--fork',
      '--pid',
      '--mount-proc',
      process.execPath,
      fixture('reuse.mjs'),
      cli,
      scene.pidFile,
      ...restart,
    ];
    const {line} = await start(argv, {
      env: {...scene.home.env},
      stdio: ['ignore', 'pipe', 'pipe'],
    }).catch((error: unknown) =>
      ctx.skip(`no pid can be given away again here (root may, on Linux): ${String(error)}`),
    );
    const {reused, heirAlive, log} = JSON.parse(line) as {
      reused: boolean;
      heirAlive: boolean;
      log: string;
    };
    if (!reused) return ctx.skip('the kernel did not give the pid away again');
    expect(log).toMatch(/down: crashed: process \d+ is gone, its pid file \S+ was left behind/);
    expect(log).toMatch(/recovered: healthy .* after the fix began/);
    expect(log).not.toMatch(/restarted externally|stopped by/);
    expect(heirAlive).toBe(true);
  },
);
