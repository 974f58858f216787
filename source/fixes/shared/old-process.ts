import type {Text} from '../../core/model/text.ts';
import type {FixSetup} from '../../contracts/fix.ts';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {message} from '../../core/text/message.ts';
import {sameProcess} from '../../io/process/processes.ts';
import {stopProcess} from '../../io/process/terminate.ts';
import {until} from '../../io/until.ts';

const LOOK_MS = 50;

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
