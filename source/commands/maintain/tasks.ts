import {relative} from 'node:path';
import {EXIT, UsageError} from '../../contracts/command.ts';
import {say, render} from '../../core/text/say.ts';
import {formatAge} from '../../format/age.ts';
import {formatBytes} from '../../format/bytes.ts';
import {sanitize, sanitizeText} from '../../format/sanitize.ts';
import {errorText} from '../../io/error-code.ts';
import {
  compress,
  compressibleIn,
  leftoversIn,
  removeLeftover,
  type Leftover,
} from '../../io/logs/housekeeping.ts';
import {holderOf} from '../../io/state-dir/lock.ts';
import {statusIn} from '../../instances/status.ts';
import {archivePreview, archiveStopped} from '../../monitor/archive.ts';

interface MaintainRequest {
  readonly stateDir: string;
  readonly dryRun: boolean;
  readonly keepMs: number;
  readonly now: number;
}

/** The actions, done or with `dryRun` only planned, a line each; `problem` lists the failures. */
interface MaintainResult {
  readonly lines: readonly string[];
  readonly freedBytes: number;
  readonly problem?: string;
}

export type MaintainTask = (request: MaintainRequest) => Promise<MaintainResult>;

export const prune: MaintainTask = ({stateDir, dryRun, keepMs, now}) => {
  const targets = statusIn(stateDir)?.targets.map(({name}) => name);
  const found = leftoversIn(stateDir, {before: now - keepMs, now, targets});
  return each(found, say`nothing old enough to be pruned`, leftover => {
    const what = say`${shown(stateDir, leftover.path)} (${formatBytes(leftover.bytes)}, ${formatAge(now - leftover.mtimeMs)} old: ${whyText(leftover.why)})`;
    if (dryRun) return {line: say`would remove ${what}`, freedBytes: leftover.bytes};
    return removeLeftover(leftover)
      ? {line: say`removed ${what}`, freedBytes: leftover.bytes}
      : {line: say`left ${what}: it was rotated meanwhile`, freedBytes: 0};
  });
};

export const compressLogs: MaintainTask = ({stateDir, dryRun}) =>
  each(compressibleIn(stateDir), say`no rotated log to compress`, async ({path, bytes, ino}) => {
    const name = shown(stateDir, path);
    if (dryRun)
      return {
        line: say`would compress ${name} (${formatBytes(bytes)}; the space it frees is known afterwards)`,
        freedBytes: 0,
      };
    const packed = await compress(path, ino);
    if (packed === undefined)
      return {line: say`left ${name}: it was rotated meanwhile`, freedBytes: 0};
    return {
      line: say`compressed ${name} (${formatBytes(bytes)} to ${formatBytes(packed)})`,
      freedBytes: bytes - packed,
    };
  });

/** Archives the history; a running monitor does it itself, because it holds the history in memory. */
export const archiveHistory: MaintainTask = async ({stateDir, dryRun, now}) => {
  if (dryRun) return {lines: [render(archivePreview(stateDir))], freedBytes: 0};
  if (holderOf(stateDir) === undefined) return stopped(stateDir, now);
  const {askForAnswer} = await import('../../instances/ask.ts');
  const answer = await askForAnswer(stateDir, 'maintain', {do: 'archive'});
  if (!answer.ok) throw new UsageError(answer.text, EXIT.failed);
  return {lines: [render(answer.text)], freedBytes: 0};
};

function stopped(stateDir: string, now: number): MaintainResult {
  try {
    return {lines: [render(archiveStopped(stateDir, now))], freedBytes: 0};
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return {
      lines: [],
      freedBytes: 0,
      problem: say`the history cannot be archived and was not changed: ${sanitizeText(errorText(error))}`,
    };
  }
}

/** Does the work for each item; a failure does not stop the others. */
async function each<T>(
  items: readonly T[],
  nothing: string,
  act: (item: T) => Done | Promise<Done>,
): Promise<MaintainResult> {
  if (items.length === 0) return {lines: [nothing], freedBytes: 0};
  const lines: string[] = [];
  const problems: string[] = [];
  let freedBytes = 0;
  for (const item of items) {
    try {
      const done = await act(item);
      lines.push(done.line);
      freedBytes += done.freedBytes;
    } catch (error) {
      problems.push(render(sanitizeText(errorText(error))));
    }
  }
  return {lines, freedBytes, ...(problems.length > 0 ? {problem: problems.join(say`; `)} : {})};
}

interface Done {
  readonly line: string;
  readonly freedBytes: number;
}

function shown(stateDir: string, path: string): string {
  return sanitize(relative(stateDir, path));
}

function whyText(why: Leftover['why']): string {
  switch (why) {
    case 'old log':
      return say`an old log`;
    case 'old output':
      return say`an old output`;
    case 'old recording':
      return say`an old recording`;
    case 'left by a dead process':
      return say`left by a dead process`;
  }
}
