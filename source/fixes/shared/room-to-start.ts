import type {Text} from '../../core/model/text.ts';
import type {FixSetup} from '../../contracts/fix.ts';
import type {FixRequest} from '../../core/model/effect.ts';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {message} from '../../core/text/message.ts';
import {distrustPlace} from '../../io/process/pid-file-trust.ts';
import {readPidFile} from '../../io/process/pid-file.ts';
import {endOld, isGone, untilGone} from './old-process.ts';

/** `free`: the old process no longer blocks a start. `texts` describe the steps. */
export interface Room {
  readonly free: boolean;
  readonly texts: readonly Text[];
}

/** For a command that stops and starts by itself: ends the old process where an earlier attempt left it running. */
export async function stopLeftover(
  {process: old, stopFirst}: FixRequest,
  setup: FixSetup,
  signal: AbortSignal,
): Promise<Room> {
  if (!stopFirst || !old || isGone(old)) return {free: true, texts: []};
  const {text} = await endOld(old, setup, signal);
  return {free: !signal.aborted, texts: [text]};
}

/** A start next to the old process would at best fail for its port, so the old one must end first. */
export async function makeRoom(
  stop: () => Promise<Stop>,
  {process: old, mayStop}: FixRequest,
  setup: FixSetup,
  signal: AbortSignal,
): Promise<Room> {
  const {outcome, texts} = await stop();
  if (signal.aborted) return {free: false, texts};
  if (!old || isGone(old)) return {free: true, texts};
  if (outcome === 'done' && (await untilGone(old, setup.stopTimeoutMs, signal)))
    return {free: true, texts};
  if (mayStop) {
    const {gone, text} = await endOld(old, setup, signal);
    return {free: gone, texts: [...texts, text]};
  }
  const {known, remedy} = whySpared(old, setup);
  // Another process may listen in front of the service: trusts a successful stop.
  if (outcome === 'done') return {free: !signal.aborted, texts: [...texts, known]};
  return {
    free: false,
    texts: [
      ...texts,
      outcome === 'none'
        ? message`${known}; ${remedy}, or the fix a stop command`
        : message`${known}; ${remedy}`,
    ],
  };
}

/** Why agent2 may not end the old process, and what would allow it. */
function whySpared(
  old: ProcessIdentity,
  {pidFile, port}: FixSetup,
): {readonly known: Text; readonly remedy: Text} {
  const file = pidFile === undefined ? undefined : readPidFile(pidFile);
  const place = pidFile === undefined ? undefined : distrustPlace(pidFile, old.pid);
  if (file?.kind === 'pid' && file.pid === old.pid && place !== undefined)
    return {
      known: message`process ${old.pid} still runs, and ${place}`,
      remedy: message`give the pid file a directory of its own`,
    };
  if (file?.kind === 'pid' && file.pid === old.pid)
    return {
      known: message`process ${old.pid} still runs, and nothing but its pid file says that it is this service, so agent2 did not stop it`,
      remedy: message`give the target the right pid file`,
    };
  if (file?.kind === 'pid' && port !== undefined)
    return {
      known: message`process ${old.pid} still runs, but the pid file names process ${file.pid}, which does not hold port ${port}, so agent2 did not stop it`,
      remedy: message`give the target the right pid file`,
    };
  return {
    known: message`process ${old.pid} still runs, and no pid file says that it is this service, so agent2 did not stop it`,
    remedy: message`give the target a pid file`,
  };
}

/** How the configured stop ended. */
export interface Stop {
  readonly outcome: 'none' | 'done' | 'failed';
  readonly texts: readonly Text[];
}
