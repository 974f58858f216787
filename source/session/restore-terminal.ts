import {endProcess} from '../cli/end-process.ts';
import {EXIT} from '../contracts/command.ts';
import {failureText} from '../cli/exit.ts';
import {written} from '../io/terminal.ts';
import type {Ui} from '../ui/ui.ts';

/** Restores the terminal on every exit, which must not leave it without cursor and echo. */
export function restoreOnExit(restore: () => void): void {
  // Runs before the handlers that release the terminal.
  process.prependOnceListener('exit', restore);
}

/** Restores the terminal and ends the process after a bug: nothing but the screen is lost. */
export function endOnBug(restore: () => void): void {
  process.once('uncaughtException', error => {
    restore();
    process.stderr.write(`agent2: ${failureText(error)}\n`);
    void written(process.stdout, process.stderr).then(() => endProcess(EXIT.failed));
  });
}

/** Returns the terminal to the shell while the process is suspended, and repaints the screen afterwards. */
export function restoreWhileSuspended(ui: Pick<Ui, 'suspend' | 'resume'>): void {
  process.on('SIGTSTP', () => {
    ui.suspend();
    void written(process.stdout).then(() => process.kill(process.pid, 'SIGSTOP'));
  });
  process.on('SIGCONT', ui.resume);
}
