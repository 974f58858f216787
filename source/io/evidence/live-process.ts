import type {Text} from '../../core/model/text.ts';
import {execFile} from 'node:child_process';
import {readdir, readFile, readlink, stat} from 'node:fs/promises';
import {setTimeout as pause} from 'node:timers/promises';
import {promisify} from 'node:util';
import {message, messageOf} from '../../core/text/message.ts';
import {byteText} from './byte-text.ts';
import {diskFinding} from './disk.ts';
import {fact, type Finding} from './finding.ts';
import {memoryGroupOf, memoryUse} from './memory-group.ts';

/** One inspection of a living process, with the label of its facts. */
export type Inspection = readonly [
  label: string,
  inspect: (signal: AbortSignal) => Promise<Finding>,
];

/** `rests`: a stopped process has no CPU time to measure. Linux provides most values; elsewhere `ps` provides some. */
export function inspectionsOf(
  pid: number,
  {rests}: {readonly rests: boolean},
): readonly Inspection[] {
  if (process.platform !== 'linux') return [['cpu', signal => byPs(pid, signal)]];
  return [
    ['state', () => state(pid)],
    ['cpu', signal => cpu(pid, rests, signal)],
    ['fds', () => fds(pid)],
    ['waiting in', () => waitingIn(pid)],
    ['memory limit', () => memoryLimit(pid)],
    [
      'disk of its directory',
      async () => diskFinding('disk of its directory', await readlink(`/proc/${pid}/cwd`)),
    ],
  ];
}

const STATES: Readonly<Record<string, Text>> = {
  R: message`running`,
  S: message`sleeping`,
  D: message`waiting in the kernel, cannot be interrupted`,
  T: message`suspended`,
  t: message`stopped by a debugger`,
  Z: message`a zombie`,
  I: message`idle`,
};

function stateText(letter: string): Text {
  return message`${STATES[letter] ?? message`unknown`} (${letter})`;
}

async function state(pid: number): Promise<Finding> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const value = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
  const letter = value('State').charAt(0);
  const uid = value('Uid').split(/\s+/)[1];
  const resident = Number.parseInt(value('VmRSS'), 10) * 1024;
  const swapped = Number.parseInt(value('VmSwap'), 10) * 1024;
  return {
    facts: [
      {label: 'state', text: stateText(letter)},
      {label: 'owner', text: `uid ${uid}`},
      ...(Number.isNaN(resident)
        ? []
        : [
            {
              label: 'memory',
              text:
                swapped > 0
                  ? message`${byteText(resident)} resident, ${byteText(swapped)} swapped out`
                  : message`${byteText(resident)} resident`,
            },
          ]),
      {label: 'threads', text: value('Threads')},
    ],
  };
}

const SAMPLE_MS = 100;
/** The kernel counts CPU time in 1/100 s on every platform node runs on. */
const TICK_MS = 10;

async function cpu(pid: number, rests: boolean, signal: AbortSignal): Promise<Finding> {
  const uptimeMs = Number.parseFloat(await readFile('/proc/uptime', 'utf8')) * 1000;
  const first = await cpuTime(pid);
  const life = message`${percent(first.usedMs, uptimeMs - first.startedMs)} since its start`;
  if (rests) return fact('cpu', life);
  const firstAt = performance.now();
  await pause(SAMPLE_MS, undefined, {signal});
  const second = await cpuTime(pid);
  const overMs = performance.now() - firstAt;
  return fact(
    'cpu',
    message`${percent(second.usedMs - first.usedMs, overMs)} over ${Math.round(overMs)} ms, ${life}`,
  );
}

async function cpuTime(
  pid: number,
): Promise<{readonly usedMs: number; readonly startedMs: number}> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may contain anything: the last parenthesis ends it.
  const fields = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return {
    usedMs: ((fields[11] ?? 0) + (fields[12] ?? 0)) * TICK_MS,
    startedMs: (fields[19] ?? 0) * TICK_MS,
  };
}

function percent(partMs: number, ofMs: number): string {
  return `${ofMs > 0 ? Math.round((partMs / ofMs) * 100) : 0} %`;
}

async function fds(pid: number): Promise<Finding> {
  const directory = `/proc/${pid}/fd`;
  // Newer kernels report the number as the size of the directory; listing a million of them takes a second.
  const open = (await stat(directory)).size || (await readdir(directory)).length;
  const limits = await readFile(`/proc/${pid}/limits`, 'utf8');
  const limit = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? NaN);
  if (Number.isNaN(limit)) return fact('fds', String(open));
  return {...fact('fds', messageOf('limit')`${open} of ${limit}`), measured: {fds: {open, limit}}};
}

/** The kernel's function that it sleeps in, else the number of the system call. */
async function waitingIn(pid: number): Promise<Finding> {
  const channel = (await readFile(`/proc/${pid}/wchan`, 'utf8')).trim();
  if (channel !== '' && channel !== '0') return fact('waiting in', channel);
  const call = /^\d+/.exec(await readFile(`/proc/${pid}/syscall`, 'utf8'))?.[0];
  return call === undefined ? {} : fact('waiting in', message`system call ${call}`);
}

async function memoryLimit(pid: number): Promise<Finding> {
  const group = memoryGroupOf(pid);
  const use = group && memoryUse(group);
  if (!use) return {};
  const {usedBytes, limitBytes, cacheBytes} = use;
  return {
    ...fact(
      'memory limit',
      message`its control group uses ${byteText(usedBytes)} of ${byteText(limitBytes)}, ${byteText(cacheBytes)} of it file cache`,
    ),
    measured: {memory: {usedBytes: usedBytes - cacheBytes, limitBytes}},
  };
}

const run = promisify(execFile);
const PS_MS = 2_000;

async function byPs(pid: number, signal: AbortSignal): Promise<Finding> {
  try {
    const {stdout} = await run(
      'ps',
      ['-o', 'state=', '-o', 'pcpu=', '-o', 'rss=', '-o', 'uid=', '-p', String(pid)],
      {timeout: PS_MS, signal, env: {...process.env, LC_ALL: 'C'}},
    );
    return parsePs(stdout);
  } catch (error) {
    // The exit code of ps without such a process.
    if ((error as {code?: unknown}).code === 1) return {};
    throw error;
  }
}

/** State, share of a CPU, resident KiB and owner, as this call of `ps` prints them; exported for its test. */
export function parsePs(line: string): Finding {
  const [, letter = '', share = '', kib = '', uid = ''] =
    /^\s*(\S)\S*\s+([\d.]+)\s+(\d+)\s+(\d+)\s*$/.exec(line) ?? [];
  if (letter === '') return {};
  return {
    facts: [
      {label: 'state', text: stateText(letter)},
      {label: 'owner', text: `uid ${uid}`},
      {label: 'cpu', text: `${share} %`},
      {label: 'memory', text: message`${byteText(Number(kib) * 1024)} resident`},
    ],
  };
}
