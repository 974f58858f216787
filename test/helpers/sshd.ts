import {spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {userInfo} from 'node:os';
import {onCleanup} from './cleanup.ts';
import type {Home} from './home.ts';
import {freePort} from './port.ts';
import {until} from './until.ts';

const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/opt/homebrew/sbin/sshd'].find(path =>
  existsSync(path),
);

/** A real sshd on loopback, with keys of its own below the home. */
export interface Sshd {
  /** `ssh -tt` running `command` on a terminal of the server's. Its stdin stays open; kill it, and the connection has dropped. */
  connect(command: string): ChildProcess;
}

/** Starts one; a text says why that cannot be done here. */
export async function startSshd(home: Home): Promise<Sshd | string> {
  if (SSHD === undefined) return 'there is no sshd';
  const directory = join(home.path, 'ssh');
  mkdirSync(directory, {mode: 0o700});
  for (const name of ['host', 'user']) {
    const made = spawnSync(
      'ssh-keygen',
      ['-q', '-t', 'ed25519', '-N', '', '-f', join(directory, name)],
      {timeout: 30_000},
    );
    if (made.status !== 0) return 'ssh-keygen makes no keys here';
  }
  writeFileSync(join(directory, 'authorized_keys'), readFileSync(join(directory, 'user.pub')));
  const port = await freePort();
  const config = {
    Port: port,
    ListenAddress: '127.0.0.1',
    HostKey: join(directory, 'host'),
    AuthorizedKeysFile: join(directory, 'authorized_keys'),
    PidFile: join(directory, 'sshd.pid'),
    StrictModes: 'no',
    UsePAM: 'no',
    UseDNS: 'no',
    KexAlgorithms: 'curve25519-sha256',
    PasswordAuthentication: 'no',
    PrintMotd: 'no',
    PrintLastLog: 'no',
  };
  writeFileSync(
    join(directory, 'config'),
    Object.entries(config)
      .map(([key, value]) => `${key} ${value}\n`)
      .join(''),
  );
  chmodSync(join(directory, 'config'), 0o600);
  const [file, ...args] = sshdCommand(SSHD, join(directory, 'config'));
  const server = spawn(file, args, {stdio: ['ignore', 'ignore', 'pipe']});
  let said = '';
  server.stderr.setEncoding('utf8').on('data', text => (said += text));
  onCleanup(() => void server.kill('SIGKILL'));
  await Promise.race([
    until('sshd listens', () => said.includes('listening'), {}).catch(() => undefined),
    once(server, 'exit'),
  ]);
  if (!said.includes('listening')) return `sshd does not start: ${said.trim()}`;

  const options = [
    '-F',
    'none',
    '-i',
    join(directory, 'user'),
    '-o',
    'StrictHostKeyChecking=no',
    '-o',
    `UserKnownHostsFile=${join(directory, 'known')}`,
    '-o',
    'BatchMode=yes',
    '-p',
    String(port),
  ];
  const trial = spawnSync('ssh', [...options, `${userInfo().username}@127.0.0.1`, 'true'], {
    timeout: 30_000,
    encoding: 'utf8',
  });
  if (trial.status !== 0) return `sshd lets nobody in: ${trial.stderr.trim().split('\n').at(-1)}`;
  return {
    connect(command) {
      const client = spawn(
        'ssh',
        ['-tt', ...options, `${userInfo().username}@127.0.0.1`, command],
        {stdio: ['pipe', 'pipe', 'pipe']},
      );
      onCleanup(() => void client.kill('SIGKILL'));
      return client;
    },
  };
}

/** Root's sshd wants a directory that an init script makes; where there is none it gets one that nobody else sees, in a mount namespace of its own. */
function sshdCommand(sshd: string, config: string): readonly [string, ...string[]] {
  const plain = [sshd, '-D', '-e', '-f', config] as const;
  if (process.getuid?.() !== 0 || existsSync('/run/sshd')) return plain;
  return [
    'unshare',
    '-m',
    'sh',
    '-c',
    'mount -t tmpfs tmpfs /run && mkdir -m 755 /run/sshd && exec "$@"',
    'sh',
    ...plain,
  ];
}
