import type {Clock} from '../contracts/clock.ts';
import {EXIT} from '../contracts/command.ts';
import type {SocketOf} from '../control/client/follow-events.ts';
import {followNotices} from '../control/client/follow-notices.ts';
import {logLine} from '../documents/log-line.ts';

/** Prints `first` on stderr, then one line for each change that the monitor reports, until a signal arrives or the reader closes the pipe. */
export function printAttached(
  socketOf: SocketOf,
  clock: Pick<Clock, 'now' | 'after'>,
  pid: number,
  first: string,
): Promise<number> {
  return new Promise(resolve => {
    const following = followNotices(
      socketOf,
      clock,
      pid,
      notice => void process.stdout.write(`${logLine(notice)}\n`),
    );
    const end = (code: number) => {
      following.close();
      resolve(code);
    };
    process.on('SIGTERM', () => end(EXIT.done));
    process.on('SIGHUP', () => end(EXIT.done));
    process.on('SIGINT', () => end(EXIT.interrupted));
    process.on('SIGQUIT', () => end(EXIT.interrupted));
    process.stdout.on('error', () => end(EXIT.failed));
    // After the signal handlers, because the reader of this line may send a signal.
    process.stderr.write(`agent2: ${first}\n`);
  });
}
