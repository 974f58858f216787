import type {Clock} from '../contracts/clock.ts';
import {EXIT} from '../contracts/command.ts';
import type {SocketOf} from '../control/client/follow-events.ts';
import {followNotices} from '../control/client/follow-notices.ts';
import {say} from '../core/text/say.ts';
import {createLineQueue} from '../io/line-queue.ts';
import {neverBlock, written} from '../io/terminal.ts';
import {logLine} from '../documents/log-line.ts';

/** Prints `first` on stderr, then one line for each change that the monitor reports, until a signal arrives or the reader closes the pipe. */
export function printAttached(
  socketOf: SocketOf,
  clock: Pick<Clock, 'now' | 'after'>,
  pid: number,
  first: string,
): Promise<number> {
  return new Promise(resolve => {
    neverBlock(process.stdout);
    const lines = createLineQueue(process.stdout, {
      onStuck: () => {},
      onCaughtUp: dropped =>
        lines.print(say`agent2: nobody read these lines: ${dropped} were dropped`),
    });
    const following = followNotices(socketOf, clock, pid, notice => lines.print(logLine(notice)));
    const end = (code: number) => {
      following.close();
      void written(process.stdout).then(() => resolve(code));
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
