import {optimiseFor} from '../cli/v8-flags.ts';
import {targetsOf} from '../core/targets.ts';
import {EXIT} from '../contracts/command.ts';
import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import {render, say} from '../core/text/say.ts';
import {errorCode, errorText} from '../io/error-code.ts';
import {createLineQueue} from '../io/line-queue.ts';
import {isTerminalThere, leaveTerminal, neverBlock, written} from '../io/terminal.ts';
import type {OnHangup} from '../cli/screen-options.ts';
import {goOnAfterBugs} from './go-on-after-bugs.ts';
import type {OpenMonitor} from '../monitor/setup.ts';

/** The signals of this process. It keeps signals that arrive before the monitor is open. */
export interface Signals {
  /** Writes a line to stdout; waits for no reader, and drops the oldest lines when nobody reads. A closed pipe ends the monitor (`agent2 run | head`); a full disk does not. */
  print(line: string): void;
  /**
   * Waits until a signal or the screen ends the monitor, and resolves to the exit code. SIGTERM ends it in an orderly way, SIGINT interrupts it; a second
   * signal stops every wait. SIGHUP and SIGUSR2 reopen the log. But in a terminal SIGHUP means that the terminal is gone: then a loop without a screen
   * ends, and one with a screen follows its `onHangup`. A loop that continues behaves like `agent2 run` from then on.
   */
  end(open: OpenMonitor, screen?: LoopScreen): Promise<number>;
}

/** The screen of a loop in this process. */
interface LoopScreen {
  /** Resolves to the reason when the screen is closed. */
  readonly closed: Promise<'quit' | 'gone'>;
  /** Restores the terminal at once. */
  close(): void;
  /** Closes the screen without writing to the terminal. */
  abandon(): void;
  /** What the loop does when the terminal goes away. */
  onHangup(): OnHangup;
  /** Resolves when another process has taken over the loop. */
  readonly left: Promise<void>;
}

type Heard =
  | {readonly what: 'end'; readonly code: number}
  | {readonly what: 'hang-up' | 'reopen'}
  | {readonly what: 'stdout'; readonly error: unknown}
  | {readonly what: 'unread'; readonly dropped: number | undefined};

/** Call it before the monitor is opened. */
export function catchSignals(): Signals {
  const early: Heard[] = [];
  // Read now, because the terminal may go away while the monitor opens.
  const interactive = Boolean(process.stdin.isTTY);
  let hear = (heard: Heard) => void early.push(heard);
  for (const [name, code] of [
    ['SIGTERM', EXIT.done],
    ['SIGINT', EXIT.interrupted],
    ['SIGQUIT', EXIT.interrupted],
  ] as const)
    process.on(name, () => hear({what: 'end', code}));
  process.on('SIGHUP', () => hear({what: 'hang-up'}));
  process.on('SIGUSR2', () => hear({what: 'reopen'}));
  neverBlock(process.stdout);
  neverBlock(process.stderr);
  let failing = false;
  process.stdout.on('error', (error: unknown) => {
    failing = true;
    hear({what: 'stdout', error});
  });
  const lines = createLineQueue(process.stdout, {
    onWritten(error) {
      if (!error && failing) hear({what: 'stdout', error: undefined});
      if (!error) failing = false;
    },
    onStuck: () => hear({what: 'unread', dropped: undefined}),
    onCaughtUp: dropped => hear({what: 'unread', dropped}),
  });

  return {
    print: lines.print,
    end: (open, screen) =>
      new Promise((resolve, reject) => {
        optimiseFor(targetsOf(open.monitor.getSnapshot()).length);
        const endGoingOn = goOnAfterBugs(open.monitor);
        let ending = false;
        /** There is no terminal, or it is gone. */
        let alone = !interactive;
        let left = false;
        const leave = () => {
          left = true;
          leaveTerminal();
        };
        const end = (code: number) => {
          if (ending) return;
          ending = true;
          // Closes the screen first, so that the user gets the terminal back at once.
          screen?.close();
          open
            .close()
            .finally(endGoingOn)
            .then(() => written(process.stdout, process.stderr))
            .then(() => resolve(code), reject);
        };
        const hangUp = () => {
          if (alone) return;
          alone = true;
          const goesOn = !ending && screen?.onHangup() === 'detach';
          // A person may have sent the signal by hand, with the terminal still there.
          if (isTerminalThere()) screen?.close();
          else screen?.abandon();
          (screen?.closed ?? Promise.resolve())
            .then(leave)
            .then(() => (goesOn ? open.continueWithoutScreen() : end(EXIT.done)), reject);
        };
        const report = (text: Text | undefined) =>
          open.monitor.dispatch({
            type: 'problem',
            at: open.monitor.now(),
            about: 'stdout',
            text,
          });
        const unread = (dropped: number | undefined) => {
          if (dropped === undefined)
            return report(message`nobody reads ${'stdout'}: its oldest lines are dropped`);
          report(message`nobody read ${'stdout'}: ${dropped} lines were dropped`);
          report(undefined);
        };
        const unwritten = (error: unknown) => {
          // A screen detects a lost terminal by itself. Without a screen this error often comes before the signal. After `left` nothing is printed.
          if (screen || left) return;
          if (errorCode(error) === 'EIO' && process.stdout.isTTY) end(EXIT.done);
          else if (errorCode(error) === 'EPIPE') end(EXIT.failed);
          else
            report(
              error === undefined
                ? undefined
                : message`${'stdout'} cannot be written: ${errorText(error)}`,
            );
        };
        hear = heard => {
          if (heard.what === 'stdout') unwritten(heard.error);
          else if (heard.what === 'unread') unread(heard.dropped);
          else if (heard.what === 'end' && ending) open.hurry();
          else if (heard.what === 'end') end(heard.code);
          else if (heard.what === 'hang-up' && !alone) hangUp();
          else open.reopenLog();
        };
        for (const heard of early.splice(0)) hear(heard);
        void open.lost.then(why => {
          process.stderr.write(`agent2: ${render(why)}\n`);
          end(EXIT.failed);
        });
        void screen?.left.then(() => end(EXIT.done));
        screen?.closed.then(
          how => {
            if (how === 'gone') hangUp();
            else if (!alone) end(EXIT.done);
          },
          (error: unknown) => {
            // A bug in the screen must not end the healing behind it.
            screen.close();
            open.monitor.caught('screen', error);
            process.stderr.write(
              `agent2: ${say`a bug, please report it: the screen failed (${errorText(error)}); the services are watched on without it, Ctrl-C ends that`}\n`,
            );
          },
        );
      }),
  };
}
