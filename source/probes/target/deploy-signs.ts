import {resolve} from 'node:path';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {readFileChange} from '../../io/files/file-facts.ts';
import {kinOf, type Kin} from '../../io/process/kin.ts';
import {newerRun} from '../../io/process/newer-processes.ts';
import {describeProcess} from '../../io/process/processes.ts';
import {isSame} from '../../io/process/identity.ts';

/** Signs that somebody is replacing or restarting a process that is gone. */
export interface DeploySigns {
  /** Reads once for each process what a deploy would change. */
  remember(process: ProcessIdentity, signal: AbortSignal): Promise<void>;
  /** The sign that is seen now, for the process that was remembered last and is gone. `byPidFile`: a new pid file is one, too. */
  find(signal: AbortSignal, byPidFile: boolean): Promise<Text | undefined>;
}

/** A file that changed longer ago belongs to another deploy. */
const RECENT_MS = 120_000;
const STAT_MS = 500;
/** A start time is rounded, and a process was last seen alive up to one look before its end. */
const ROUNDING_MS = 20;

export function createDeploySigns({
  aliveAt,
  pidFile,
}: {
  /** When the process was last seen alive, in epoch ms. */
  readonly aliveAt: () => number;
  readonly pidFile?: string;
}): DeploySigns {
  let known: Known | undefined;
  let remembered: ProcessIdentity | undefined;

  return {
    async remember(process, signal) {
      if (isSame(remembered, process)) return;
      remembered = process;
      known = undefined;
      const kin = kinOf(process.pid);
      const startedAt = describeProcess(process.pid)?.startedAt;
      if (!kin || startedAt === undefined || !isSame(kin, process)) return;
      const paths = [kin.exe, scriptOf(kin), pidFile].flatMap(path => path ?? []);
      const versions = new Map<string, string>();
      for (const path of new Set(paths)) {
        const file = await readFileChange(path, {timeoutMs: STAT_MS, signal});
        if (file.kind === 'there') versions.set(path, file.version);
      }
      known = {kin, startedAt, versions};
    },
    async find(signal, byPidFile) {
      if (!known) return undefined;
      return successorText(known) ?? (await changeText(known, pidFile, byPidFile, signal));
    },
  };

  function successorText({kin, startedAt}: Known): Text | undefined {
    const livedMs = aliveAt() - startedAt - ROUNDING_MS;
    const pid = newerRun(kin, livedMs)?.pid;
    return pid === undefined
      ? undefined
      : message`process ${pid} (${describeProcess(pid)?.command ?? ''}) has just been started`;
  }
}

/** A missing pid file is no sign: an orderly stop removes it, too, and the settle time is for that. */
async function changeText(
  {versions}: Known,
  pidFile: string | undefined,
  byPidFile: boolean,
  signal: AbortSignal,
): Promise<Text | undefined> {
  for (const [path, version] of versions) {
    if (path === pidFile && !byPidFile) continue;
    const file = await readFileChange(path, {timeoutMs: STAT_MS, signal});
    if (file.kind === 'missing' && path !== pidFile) return message`${path} is being replaced`;
    if (file.kind === 'there' && file.version !== version && file.changedMs < RECENT_MS)
      return message`${path} has just been replaced`;
  }
  return undefined;
}

interface Known {
  readonly kin: Kin;
  readonly startedAt: number;
  readonly versions: ReadonlyMap<string, string>;
}

/** The script of an interpreter: the first word that is no option. */
function scriptOf({words: [, ...words], cwd}: Kin): string | undefined {
  const script = words.find(word => !word.startsWith('-'));
  return script === undefined || cwd === undefined ? undefined : resolve(cwd, script);
}
