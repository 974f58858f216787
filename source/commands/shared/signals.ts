import {EXIT} from '../../contracts/command.ts';
import {errorCode, errorText} from '../../io/error-code.ts';
import type {OpenMonitor} from './open-monitor.ts';

/** Signals from the moment on that there is something to give back: those that come before the monitor is open wait until it is. */
export interface Signals {
  /** Writes a line to stdout. A reader that went away ends the monitor (`agent2 run | head`); a full disk under it does not. */
  print(line: string): void;
  /**
   * Watches until a signal or `screenClosed` ends it, and resolves to the exit code. SIGTERM is an orderly end, SIGINT an interruption; a
   * second one waits for nothing any more. SIGHUP and SIGUSR2 reopen the log, except that a terminal's SIGHUP says that the terminal is gone.
   * `closeScreen` is called first, so that the terminal is given back at once.
   */
  end(open: OpenMonitor, screenClosed?: Promise<unknown>, closeScreen?: () => void): Promise<number>;
}

type Heard = {readonly what: 'end'; readonly code: number} | {readonly what: 'reopen'} | {readonly what: 'stdout'; readonly error: unknown};

/** To be called before a monitor is opened. */
export function catchSignals(): Signals {
  const early: Heard[] = [];
  let hear = (heard: Heard) => void early.push(heard);
  for (const [name, code] of [['SIGTERM', EXIT.done], ['SIGINT', EXIT.interrupted], ['SIGQUIT', EXIT.interrupted]] as const) process.on(name, () => hear({what: 'end', code}));
  process.on('SIGHUP', () => hear(process.stdin.isTTY ? {what: 'end', code: EXIT.done} : {what: 'reopen'}));
  process.on('SIGUSR2', () => hear({what: 'reopen'}));
  let troubled = false;
  process.stdout.on('error', (error: unknown) => {
    troubled = true;
    hear({what: 'stdout', error});
  });
  const written = (error?: Error | null) => {
    if (!error && troubled) hear({what: 'stdout', error: undefined});
    if (!error) troubled = false;
  };

  return {
    print: line => void process.stdout.write(`${line}\n`, written),
    end: (open, screenClosed, closeScreen) =>
      new Promise((resolve, reject) => {
        let ending = false;
        const end = (code: number) => {
          if (ending) return;
          ending = true;
          closeScreen?.();
          open.close().then(() => resolve(code), reject);
        };
        hear = heard => {
          if (heard.what === 'reopen') open.reopenLog();
          else if (heard.what === 'end' && ending) open.hurry();
          else if (heard.what === 'end') end(heard.code);
          else if (errorCode(heard.error) === 'EPIPE') end(EXIT.failed);
          else open.monitor.dispatch({type: 'trouble', at: open.monitor.now(), about: 'stdout', text: heard.error === undefined ? undefined : errorText(heard.error)});
        };
        for (const heard of early.splice(0)) hear(heard);
        void open.lost.then(why => process.stderr.write(`agent2: ${why}\n`, () => end(EXIT.failed)));
        screenClosed?.then(() => end(EXIT.done), reject);
      }),
  };
}
