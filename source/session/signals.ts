import {EXIT} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {errorCode, errorText} from '../io/error-code.ts';
import {isTerminalThere, leaveTerminal} from '../io/terminal.ts';
import type {OnHangup} from '../cli/screen-options.ts';
import type {OpenMonitor} from '../monitor/setup.ts';

/** Signals from the moment on that there is something to give back: those that come before the monitor is open wait until it is. */
export interface Signals {
  /** Writes a line to stdout. A reader that went away ends the monitor (`agent2 run | head`); a full disk under it does not. */
  print(line: string): void;
  /**
   * Watches until a signal or the end of the screen ends it, and resolves to the exit code. SIGTERM is an orderly end, SIGINT an interruption; a
   * second one waits for nothing any more. SIGHUP and SIGUSR2 reopen the log, except that a terminal's SIGHUP says that the terminal is gone: then a
   * loop without a screen ends, and one with a screen does what its `onHangup` says. What goes on is like any other `run` from then on.
   */
  end(open: OpenMonitor, screen?: LoopScreen): Promise<number>;
}

/** The screen of a loop in this very process. */
interface LoopScreen {
  /** When nothing of the screen is left, and why. */
  readonly closed: Promise<'quit' | 'gone'>;
  /** Gives the terminal back, at once. */
  close(): void;
  /** Takes the screen down without a word to the terminal. */
  abandon(): void;
  /** What becomes of the loop when the terminal goes away. */
  onHangup(): OnHangup;
  /** When another process has the loop. */
  readonly left: Promise<void>;
}

type Heard =
  | {readonly what: 'end'; readonly code: number}
  | {readonly what: 'hang-up' | 'reopen'}
  | {readonly what: 'stdout'; readonly error: unknown};

/** To be called before a monitor is opened. */
export function catchSignals(): Signals {
  const early: Heard[] = [];
  // Asked now: a terminal that goes away while the monitor is opened is none any more by then.
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
  let failing = false;
  process.stdout.on('error', (error: unknown) => {
    failing = true;
    hear({what: 'stdout', error});
  });
  const written = (error?: Error | null) => {
    if (!error && failing) hear({what: 'stdout', error: undefined});
    if (!error) failing = false;
  };

  return {
    print: line => void process.stdout.write(`${line}\n`, written),
    end: (open, screen) =>
      new Promise((resolve, reject) => {
        let ending = false;
        /** There is no terminal, or none any more. */
        let alone = !interactive;
        let left = false;
        const leave = () => {
          left = true;
          leaveTerminal();
        };
        const end = (code: number) => {
          if (ending) return;
          ending = true;
          // The screen first, so that the terminal is given back at once.
          screen?.close();
          open.close().then(() => resolve(code), reject);
        };
        const hangUp = () => {
          if (alone) return;
          alone = true;
          const goesOn = !ending && screen?.onHangup() === 'detach';
          // Somebody may have sent the signal by hand, with the terminal alive and well.
          if (isTerminalThere()) screen?.close();
          else screen?.abandon();
          (screen?.closed ?? Promise.resolve())
            .then(leave)
            .then(() => (goesOn ? open.goOnWithoutScreen() : end(EXIT.done)), reject);
        };
        const unwritten = (error: unknown) => {
          // A screen notices by itself that its terminal is gone. Without one that is often seen here before the signal comes. Once it was left, nobody misses the lines.
          if (screen || left) return;
          if (errorCode(error) === 'EIO' && process.stdout.isTTY) end(EXIT.done);
          else if (errorCode(error) === 'EPIPE') end(EXIT.failed);
          else
            open.monitor.dispatch({
              type: 'problem',
              at: open.monitor.now(),
              about: 'stdout',
              text:
                error === undefined
                  ? undefined
                  : say`${'stdout'} cannot be written: ${errorText(error)}`,
            });
        };
        hear = heard => {
          if (heard.what === 'stdout') unwritten(heard.error);
          else if (heard.what === 'end' && ending) open.hurry();
          else if (heard.what === 'end') end(heard.code);
          else if (heard.what === 'hang-up' && !alone) hangUp();
          else open.reopenLog();
        };
        for (const heard of early.splice(0)) hear(heard);
        void open.lost.then(why =>
          process.stderr.write(`agent2: ${why}\n`, () => end(EXIT.failed)),
        );
        void screen?.left.then(() => end(EXIT.done));
        screen?.closed.then(how => {
          if (how === 'gone') hangUp();
          else if (!alone) end(EXIT.done);
        }, reject);
      }),
  };
}
