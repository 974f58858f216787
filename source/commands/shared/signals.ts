import {EXIT} from '../../contracts/command.ts';
import type {OpenMonitor} from './open-monitor.ts';

/**
 * Watches until a signal or `screenClosed` ends it, and resolves to the exit code. SIGTERM is an orderly end, SIGINT an interruption; a
 * second one kills a child that takes its time. SIGHUP and SIGUSR2 reopen the log, except that a terminal's SIGHUP says that the terminal is gone.
 * `closeScreen` is called first, so that the terminal is given back at once.
 */
export function untilSignal(open: OpenMonitor, screenClosed?: Promise<unknown>, closeScreen?: () => void): Promise<number> {
  return new Promise((resolve, reject) => {
    let ending = false;
    const end = (code: number) => {
      if (ending) return;
      ending = true;
      closeScreen?.();
      open.close().then(() => resolve(code), reject);
    };
    const signalled = (code: number) => (ending ? open.killChild() : end(code));
    process.on('SIGTERM', () => signalled(EXIT.done));
    process.on('SIGINT', () => signalled(EXIT.interrupted));
    process.on('SIGQUIT', () => signalled(EXIT.interrupted));
    process.on('SIGHUP', () => (process.stdin.isTTY ? end(EXIT.done) : open.reopenLog()));
    process.on('SIGUSR2', open.reopenLog);
    // A reader that went away (`agent2 run | head`) ends it too.
    process.stdout.on('error', () => end(EXIT.failed));
    screenClosed?.then(() => end(EXIT.done), reject);
  });
}
