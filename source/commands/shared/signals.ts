import {EXIT} from '../../contracts/command.ts';
import {isTerminalThere, leaveTerminal} from '../../io/terminal.ts';
import type {OnHangup} from './hangup.ts';
import type {OpenMonitor} from './open-monitor.ts';

/** The screen of a loop in this very process. */
export interface LoopScreen {
  /** When nothing of the screen is left, and why. */
  readonly closed: Promise<'quit' | 'gone'>;
  /** Gives the terminal back, at once. */
  close(): void;
  /** Takes the screen down without a word to the terminal. */
  abandon(): void;
  /** What becomes of the loop when the terminal goes away. */
  onHangup(): OnHangup;
}

/**
 * Watches until a signal or the end of the screen ends it, and resolves to the exit code. SIGTERM is an orderly end, SIGINT an interruption; a
 * second one kills a child that takes its time. SIGHUP and SIGUSR2 reopen the log, except that a terminal's SIGHUP says that the terminal is gone:
 * then a loop without a screen ends, and one with a screen does what its `onHangup` says. What goes on is like any other `run` from then on.
 */
export function untilSignal(open: OpenMonitor, screen?: LoopScreen): Promise<number> {
  return new Promise((resolve, reject) => {
    let ending = false;
    let hungUp = !process.stdin.isTTY;
    const end = (code: number) => {
      if (ending) return;
      ending = true;
      // The screen is closed first, so that the terminal is given back at once.
      screen?.close();
      open.close().then(() => resolve(code), reject);
    };
    const signalled = (code: number) => (ending ? open.killChild() : end(code));
    const hangUp = () => {
      if (hungUp) return;
      hungUp = true;
      const goesOn = !ending && screen?.onHangup() === 'detach';
      // Somebody may have sent the signal by hand, with the terminal alive and well.
      if (isTerminalThere()) screen?.close();
      else screen?.abandon();
      (screen?.closed ?? Promise.resolve()).then(leaveTerminal).then(() => (goesOn ? open.goOnWithoutScreen() : end(EXIT.done)), reject);
    };
    process.on('SIGTERM', () => signalled(EXIT.done));
    process.on('SIGINT', () => signalled(EXIT.interrupted));
    process.on('SIGQUIT', () => signalled(EXIT.interrupted));
    process.on('SIGHUP', () => (hungUp ? open.reopenLog() : hangUp()));
    process.on('SIGUSR2', open.reopenLog);
    // A reader that went away (`agent2 run | head`) ends it too. A terminal that did is often noticed here before its signal comes.
    process.stdout.on('error', () => screen ?? end(process.stdout.isTTY ? EXIT.done : EXIT.failed));
    screen?.closed.then(how => {
      if (how === 'gone') hangUp();
      else if (!hungUp) end(EXIT.done);
    }, reject);
  });
}
