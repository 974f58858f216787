import {spawn} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {createInterface} from 'node:readline';
import {afterEach, describe, expect, test} from 'vitest';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {signal} from '../helpers/processes.ts';
import {startAgent2} from '../helpers/program.ts';
import {root} from '../helpers/root.ts';
import {startService} from '../helpers/service.ts';
import {hasTool} from '../helpers/tool.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

const tools = [hasTool('systemd-notify', '--version'), hasTool('python3', '--version')];

describe.skipIf(tools.includes(false))('agent2 run in a service of systemd', () => {
  test('says when it is ready, how it is, that its loop goes on, and that it ends', async () => {
    const home = makeHome();
    const {path, messages} = await listen(home);
    const service = await startService(home);
    const told = join(home.path, 'told');
    // It takes long enough to be told of, once a second.
    const restart = join(home.path, 'restart.sh');
    writeFileSync(
      restart,
      `#!/bin/sh\nenv | grep -E '^(NOTIFY|WATCHDOG)' >'${told}'\nsleep 1.5\nexec ${service.restartCommand}\n`,
      {mode: 0o755},
    );
    const monitor = startAgent2(
      [
        'run',
        service.url,
        '--name',
        'web',
        '--preset',
        'dev',
        '--interval',
        '200ms',
        '--pid-file',
        service.pidFile,
        '--restart',
        restart,
      ],
      {env: {...home.env, NOTIFY_SOCKET: path, WATCHDOG_USEC: '900000'}},
    );
    const beats = () => messages.filter(text => text.includes('WATCHDOG=1')).length;

    const ready = await until('READY', () => messages.find(text => text.includes('READY=1')), {
      describe: () => monitor.stderr(),
    });
    expect(ready.split('\n')).toEqual(
      expect.arrayContaining(['READY=1', 'STATUS=web: ok', `MAINPID=${monitor.pid}`]),
    );
    await until('more beats', () => beats() >= 2);

    // It heals without a word of the service, or of what restarts it, in its name.
    service.signal('SIGKILL');
    await until('down is told', () => messages.some(text => /STATUS=web: (down|warn)/.test(text)), {
      describe: () => messages.join('\n'),
    });
    const lastOf = (pattern: RegExp) => messages.findLastIndex(text => pattern.test(text));
    await until(
      'healed is told',
      () => lastOf(/STATUS=web: ok$/m) > lastOf(/STATUS=web: (down|warn)/),
      {describe: () => messages.join('\n')},
    );
    expect(readFileSync(told, 'utf8')).toBe('');

    // One that stands still does not feed.
    await until('a beat', () => messages.at(-1)?.includes('WATCHDOG=1'));
    signal(monitor.pid, 'SIGSTOP');
    const before = beats();
    await setTimeout(2_500);
    // One may have been on its way.
    expect(beats()).toBeLessThanOrEqual(before + 1);
    const stopped = beats();
    signal(monitor.pid, 'SIGCONT');
    await until('a beat again', () => beats() > stopped);

    expect((await monitor.stop()).code).toBe(0);
    await until('STOPPING', () => messages.some(text => text.includes('STOPPING=1')));
  });
});

/** A socket like that of systemd, and what has come in. */
async function listen(
  home: Home,
): Promise<{readonly path: string; readonly messages: readonly string[]}> {
  const path = join(home.path, 'notify');
  const child = spawn('python3', [join(root, 'test/fixtures/services/notify-socket.py'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onCleanup(() => void child.kill('SIGKILL'));
  const messages: string[] = [];
  createInterface(child.stdout).on('line', line => messages.push(JSON.parse(line) as string));
  await until('a socket', () => messages.shift() === 'listening');
  return {path, messages};
}
