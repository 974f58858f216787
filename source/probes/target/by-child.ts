import {setTimeout as delay} from 'node:timers/promises';
import type {OwnedChild} from '../../contracts/fix.ts';
import type {ProcessReading} from '../../core/model/observation.ts';
import {message} from '../../core/text/message.ts';
import {isSame} from '../../io/process/identity.ts';
import {sameProcess} from '../../io/process/processes.ts';
import type {KnownProcess, ProcessFinder} from './known-process.ts';

const REAP_MS = 5;
const REAP_LOOKS = 20;

export type WatchedChild = Pick<
  OwnedChild,
  'identity' | 'isDaemonising' | 'lastPid' | 'exit' | 'logFile' | 'startFailure'
>;

/** agent2's own child, as the fix that started it knows it. */
export function byChild(child: WatchedChild, known: KnownProcess): ProcessFinder {
  return {
    read: () => find(true),
    async inspect() {
      await untilReaped(child);
      return {reading: find(false)};
    },
  };

  function find(cheap: boolean): ProcessReading {
    const identity = child.identity();
    const same = identity && isSame(known.info, identity) ? known.info : undefined;
    const info = cheap && same ? known.glanceAt(same) : identity && sameProcess(identity);
    // Reads a zombie as alive, since node reaps it within a turn of the loop and only then reports how it ended.
    const reading =
      info && known.see(info.state === 'zombie' ? {...info, state: 'alive'} : info, 'child');
    if (reading) return reading;
    if (child.isDaemonising())
      return {
        state: 'unknown',
        reason: message`it ended with exit code 0, and may run on in the background`,
      };
    const exit = child.exit();
    const startFailure = identity ? undefined : child.startFailure();
    if (!identity && exit === undefined && startFailure === undefined)
      return {state: 'unknown', reason: message`it has not been started yet`};
    return {
      state: 'gone',
      via: 'child',
      // One that ends at once was never seen alive.
      pid: identity?.pid ?? child.lastPid() ?? known.info?.pid,
      pidFile: 'none',
      exit,
      log: child.logFile,
      ...(startFailure === undefined ? {} : {startFailure}),
    };
  }
}

/** A child that has just died lost its connections a moment before its exit event. */
async function untilReaped({identity: identityOf}: Pick<OwnedChild, 'identity'>): Promise<void> {
  const isDead = () => {
    const identity = identityOf();
    return identity !== undefined && sameProcess(identity)?.state === 'zombie';
  };
  for (let looks = 0; looks < REAP_LOOKS && isDead(); looks++) await delay(REAP_MS);
}
