import {execFileSync} from 'node:child_process';
import {uptime} from 'node:os';
import {sanitize} from '../../format/sanitize.ts';
import {programNames} from './program-names.ts';
import type {ProcessDescription, ProcessInfo} from './process-info.ts';

/** Reads processes from `ps`, on systems without `/proc`. */
export function readProcess(pid: number): ProcessInfo | undefined {
  return run(['-p', String(pid)])[0]?.info;
}

export function describeProcess(pid: number): ProcessDescription | undefined {
  const line = run(['-p', String(pid)])[0];
  return (
    line && {
      command: sanitize(line.command) || `[${line.info.name}]`,
      uid: line.uid,
      startedAt: Date.parse(`${line.info.startKey} UTC`),
    }
  );
}

/** The names of the program, for matching. */
export function namesOf(pid: number): readonly string[] {
  return run(['-p', String(pid)]).flatMap(({info: {name}, command}) =>
    programNames({name, words: command.split(' '), exe: name}),
  );
}

export function listProcesses(): readonly ProcessInfo[] {
  return run(['-A']).map(line => line.info);
}

export function isThisBoot(startKey: string): boolean {
  return Date.parse(`${startKey} UTC`) > Date.now() - uptime() * 1000;
}

export interface PsLine {
  readonly info: ProcessInfo;
  readonly uid: number;
  readonly command: string;
}

/** Parses one line of this call of `ps`; undefined for anything else. `lstart` is five words in the C locale, and the command is the rest. */
export function parsePsLine(line: string): PsLine | undefined {
  const match =
    /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(\w{3}\s+\w{3}\s+\d+\s+[\d:]{8}\s+\d{4})\s+(-?\d+)\s*(.*)$/.exec(
      line,
    );
  if (!match) return undefined;
  const [
    ,
    pid = '',
    ppid = '',
    pgid = '',
    session = '',
    letters = '',
    lstart = '',
    uid = '',
    command = '',
  ] = match;
  return {
    info: {
      pid: Number(pid),
      ppid: Number(ppid),
      pgid: Number(pgid),
      // macOS prints a kernel address here: no pid, and so no session.
      sid: /^\d+$/.test(session) ? Number(session) : 0,
      state: stateOf(letters),
      startKey: lstart.replace(/\s+/g, ' '),
      name: nameOf(command),
    },
    uid: Number(uid),
    command,
  };
}

function nameOf(command: string): string {
  const program = /^\S*/.exec(command)?.[0] ?? '';
  return sanitize(program.slice(program.lastIndexOf('/') + 1).replace(/^[([](.*)[)\]]$/, '$1'), 64);
}

function stateOf(letters: string): ProcessInfo['state'] {
  switch (letters[0]) {
    case 'T':
      return 'stopped';
    case 't':
      return 'traced';
    case 'Z':
      return 'zombie';
    default:
      return 'alive';
  }
}

/** Each column has its own `-o`: a header, even an empty one, extends to the end of its argument. UTC, so that a start time stays the same text. */
const COLUMNS = ['pid', 'ppid', 'pgid', 'sess', 'state', 'lstart', 'uid', 'command'].flatMap(
  name => ['-o', `${name}=`],
);

function run(selection: readonly string[]): readonly PsLine[] {
  try {
    const output = execFileSync('ps', ['-ww', ...COLUMNS, ...selection], {
      encoding: 'utf8',
      env: {...process.env, LC_ALL: 'C', TZ: 'UTC'},
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 2_000,
      maxBuffer: 16 * 1024 * 1024,
    });
    return output.split('\n').flatMap(line => parsePsLine(line) ?? []);
  } catch (error) {
    // ps exits with code 1 and no output without such a process.
    if ((error as {status?: unknown}).status === 1) return [];
    throw error;
  }
}
