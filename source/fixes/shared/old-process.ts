import type {Text} from '../../core/model/text.ts';
import type {FixSetup} from '../../contracts/fix.ts';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {message} from '../../core/text/message.ts';
import {isSame} from '../../io/process/identity.ts';
import {kinOf} from '../../io/process/kin.ts';
import {newerRun} from '../../io/process/newer-processes.ts';
import {describeProcess, sameProcess} from '../../io/process/processes.ts';
import {stopProcess} from '../../io/process/terminate.ts';
import {until} from '../../io/until.ts';

const LOOK_MS = 50;
/** A process in the background shows its program only a moment after the script that started it has ended. */
const SHOWS_MS = 150;
/** Start times are rounded. */
const ROUNDING_MS = 20;

/** Whether it ended; a zombie has, even if not reaped. */
export function isGone(old: ProcessIdentity): boolean {
  const info = sameProcess(old);
  return info === undefined || info.state === 'zombie';
}

/** Whether it ended by itself within `withinMs`. */
export function untilGone(
  old: ProcessIdentity,
  withinMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  return until(() => isGone(old), {everyMs: LOOK_MS, withinMs, signal});
}

/**
 * Says which process of the same program a command started at `since` (epoch ms) or later while the old one lives on. It costs a look at every
 * process, and only then.
 */
export async function besideOld(
  old: ProcessIdentity,
  since: number,
  signal: AbortSignal,
): Promise<Text | undefined> {
  const kin = isGone(old) ? undefined : kinOf(old.pid);
  const startedAt = describeProcess(old.pid)?.startedAt;
  if (!kin || startedAt === undefined || !isSame(kin, old)) return undefined;
  const afterMs = since - startedAt - ROUNDING_MS;
  let second: number | undefined;
  await until(() => isGone(old) || (second = newerRun(kin, afterMs)?.pid) !== undefined, {
    everyMs: LOOK_MS,
    withinMs: SHOWS_MS,
    signal,
  });
  return second === undefined || isGone(old)
    ? undefined
    : message`it started process ${second} beside process ${old.pid}, which still runs: a restart has to stop the old one first`;
}

/**
 * Ends what the dead process of the target left on its port, by pid and start time. `texts` describe the results; `free` is false when one of
 * them survived.
 */
export async function endLeftovers(
  leftovers: readonly ProcessIdentity[],
  {stopTimeoutMs}: FixSetup,
  signal: AbortSignal,
): Promise<{readonly free: boolean; readonly texts: readonly Text[]}> {
  const ends = await Promise.all(
    leftovers.map(async leftover => {
      try {
        const {kind, text} = await stopProcess(leftover, {stopTimeoutMs, group: false, signal});
        return {
          free: kind === 'done' || kind === 'absent',
          text: kind === 'done' ? message`process ${leftover.pid}, left over, ${text}` : text,
        };
      } catch (error) {
        if (!signal.aborted) throw error;
        return {free: false, text: message`stopping the old process ${leftover.pid} was cancelled`};
      }
    }),
  );
  return {free: ends.every(({free}) => free), texts: ends.map(({text}) => text)};
}

/** Sends TERM, then KILL. `text` describes the result; `gone` is false when it survived. */
export async function endOld(
  old: ProcessIdentity,
  {stopTimeoutMs}: FixSetup,
  signal: AbortSignal,
): Promise<{readonly gone: boolean; readonly text: Text}> {
  try {
    const {kind, text} = await stopProcess(old, {stopTimeoutMs, group: false, signal});
    return {
      gone: kind === 'done' || kind === 'absent',
      text: kind === 'done' ? message`old process ${old.pid} ${text}` : text,
    };
  } catch (error) {
    if (!signal.aborted) throw error;
    return {gone: false, text: message`stopping the old process ${old.pid} was cancelled`};
  }
}
