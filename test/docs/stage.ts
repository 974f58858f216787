import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, copyFileSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {onCleanup} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {freePort} from '../helpers/port.ts';
import {cli, demoService, root} from '../helpers/root.ts';
import {startService, untilHealthy} from '../helpers/service.ts';
import {PATIENCE_MS, until, within} from '../helpers/until.ts';

interface Typed {
  readonly code: number | null;
  readonly output: string;
}

/** What the pages take for granted: AgentOS, a service on port 3000, its pid file, restart script and config, `agent2` and process managers in PATH. */
export interface Stage {
  /** Runs a line to its end. */
  type(line: string): Promise<Typed>;
  /** Runs a line that goes on until it is interrupted, which it is as soon as it has said something, or has gone on for 5 s without a word. */
  typeAndInterrupt(line: string): Promise<Typed>;
}

export async function setStage({withConfig}: {readonly withConfig: boolean}): Promise<Stage> {
  const home = makeHome();
  const {AGENT2_STATE_DIR: _, ...env} = home.env;
  const work = join(home.path, 'work');
  const bin = join(home.path, 'bin');
  for (const path of [work, bin, join(work, 'run'), join(home.path, '.agentos')])
    mkdirSync(path, {recursive: true});
  const service = await startService(home, {pidFile: join(work, 'run/web.pid')});
  await untilHealthy(service.url);
  const ownPort = await freePort();
  const script = (path: string, text: string) => {
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
  };
  script(join(bin, 'agent2'), `exec '${process.execPath}' '${cli}' "$@"`);
  script(join(bin, 'sudo'), 'exec "$@"');
  script(join(bin, 'agentos'), 'exit 0');
  copyFileSync(join(root, 'test/fixtures/bin/systemctl'), join(bin, 'systemctl'));
  script(join(work, 'restart.sh'), service.restartCommand);
  copyFileSync(demoService, join(work, 'server.mjs'));
  writeFileSync(
    join(work, 'server.js'),
    `process.argv.push('--port', '${ownPort}');\nvoid import('./server.mjs');\n`,
  );
  if (withConfig) writeFileSync(join(work, 'agent2.yaml'), config(service.url));

  const start = (line: string) => {
    // Another service than that of the monitor which runs already: two do not heal one.
    const own = /node server\.js|agent2 run .*--restart/.test(line) ? ownPort : service.port;
    const child = spawn(
      'sh',
      [
        '-c',
        // Its end is the program's own, and no signal stops at the shell.
        (line.includes('|') ? line : `exec ${line}`)
          .replaceAll('127.0.0.1:3000', `127.0.0.1:${own}`)
          .replace('--port 3000', `--port ${own}`),
      ],
      {
        cwd: work,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...env,
          PATH: `${bin}:${env.PATH}`,
          FAKE_DIR: home.path,
          SOCKET: join(home.path, '.local/state/agent2/main/run/agent2.sock'),
        },
      },
    );
    const typed = {output: ''};
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (typed.output += text));
    const ended = once(child, 'close').then(([code]) => ({
      code: code as number | null,
      output: typed.output,
    }));
    onCleanup(() => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGKILL');
    });
    return {child, typed, ended};
  };
  const type = (line: string) => {
    const {typed, ended} = start(line);
    return within(`'${line}' ends`, ended, {describe: () => typed.output});
  };
  // A monitor in the background names no home.
  onCleanup(async () => void (await type('agent2 stop --all')));
  return {
    type,
    async typeAndInterrupt(line) {
      const {child, typed, ended} = start(line);
      const since = performance.now();
      await until(
        `'${line}' is under way`,
        () => typed.output !== '' || performance.now() - since > 5_000,
      );
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
      return within(`'${line}' ends when it is interrupted`, ended, {
        deadlineMs: PATIENCE_MS,
        describe: () => typed.output,
      });
    },
  };
}

function config(url: string): string {
  return JSON.stringify({
    preset: 'dev',
    targets: [
      {
        name: 'web',
        url,
        pidFile: 'run/web.pid',
        fix: {use: 'command', restart: './restart.sh'},
        drill: {crash: true, hang: true},
      },
    ],
  });
}

/** Never 64 (wrong usage), 126 or 127 (no such program). What is interrupted may end by the signal itself, as curl does. */
export function codesOf(lasts: boolean): ReadonlyArray<number | null> {
  return lasts ? [0, 130, null] : [0, 1, 2, 3];
}
