import {spawnSync} from 'node:child_process';
import {userInfo} from 'node:os';
import {homeDirectory} from '../home.ts';

export interface UserAccount {
  readonly name: string;
  readonly group: string;
  readonly uid: number;
  readonly home: string;
}

/** The account of this process. Its home comes from the system, not from the environment. A uid without an account, as in many containers, is its own name. */
export function currentAccount(): UserAccount {
  try {
    const {username, uid, gid, homedir} = userInfo();
    return {name: username, group: groupOf(username) ?? String(gid), uid, home: homedir};
  } catch {
    const [uid, gid] = [process.getuid?.() ?? -1, process.getgid?.() ?? -1];
    return {name: String(uid), group: String(gid), uid, home: homeDirectory()};
  }
}

/** An account of this machine by its name; undefined without one. Asks `id` and `getent`, which also know accounts of a directory service. */
export function accountOf(name: string): UserAccount | undefined {
  // Rejects invalid names, so that none becomes an option of these programs.
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.@-]*\$?$/.test(name)) return undefined;
  const group = groupOf(name);
  const entry =
    process.platform === 'darwin' ? ask('id', '-P', name) : ask('getent', 'passwd', name);
  const fields = entry?.split(':');
  const [uid, home] = [Number(fields?.[2]), fields?.at(-2)];
  return group !== undefined && home?.startsWith('/') && Number.isInteger(uid)
    ? {name, group, uid, home}
    : undefined;
}

function groupOf(name: string): string | undefined {
  return ask('id', '-gn', name);
}

function ask(command: string, ...args: readonly string[]): string | undefined {
  const {status, stdout} = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: ASK_MS,
  });
  const text = stdout?.trim();
  return status === 0 && text ? text : undefined;
}

const ASK_MS = 5_000;
