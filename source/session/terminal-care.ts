import {EXIT} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {errorText} from '../io/error-code.ts';
import type {Ui} from '../ui/ui.ts';

/** A crash must not leave a terminal without cursor and echo. */
export function restoreWhateverHappens(restore: () => void): void {
  // Before the terminal is let go of for good.
  process.prependOnceListener('exit', restore);
  process.once('uncaughtException', error => {
    restore();
    process.stderr.write(`agent2: ${say`a bug, please report it: ${errorText(error)}`}\n`, () =>
      process.exit(EXIT.failed),
    );
  });
}

/** Suspended from outside: the shell gets its terminal back, and what it wrote on it is painted over afterwards. */
export function giveBackWhileStopped(ui: Pick<Ui, 'suspend' | 'resume'>): void {
  process.on('SIGTSTP', () => {
    ui.suspend();
    process.kill(process.pid, 'SIGSTOP');
  });
  process.on('SIGCONT', ui.resume);
}
