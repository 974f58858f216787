import {EXIT} from '../contracts/command.ts';
import type {RemoteMonitor} from '../control/client/remote-monitor.ts';
import {say} from '../core/text/say.ts';
import {neverBlock, written} from '../io/terminal.ts';
import {remembered} from '../io/state-dir/preferences.ts';
import {startUi} from '../ui/start.tsx';
import type {Ui} from '../ui/ui.ts';
import type {ScreenOptions} from '../cli/screen-options.ts';
import {rememberLanguage, rememberTheme} from './remember.ts';
import {endOnBug, restoreWhileSuspended, restoreOnExit} from './restore-terminal.ts';
import {chooseTheme} from '../cli/themes.ts';
import {targetsOf} from '../core/targets.ts';

/** Shows a monitor of another process until the user quits, the terminal goes away or a signal arrives; the monitor continues. */
export async function showAttached(
  monitor: RemoteMonitor,
  options: ScreenOptions,
  note: string | undefined,
): Promise<number> {
  const {themes, themeName} = chooseTheme(
    options.theme,
    remembered('theme'),
    options.color === false || Boolean(process.env.NO_COLOR),
  );
  neverBlock(process.stdout);
  const ui = startUi({
    monitor,
    stdin: process.stdin,
    stdout: process.stdout,
    themes,
    themeName,
    onTheme: name => rememberTheme(name, text => monitor.report(text)),
    ascii: options.ascii ?? false,
    actionOf: target => monitor.hello().actions[target] || undefined,
    quitMessage: () => say`closes this screen; ${continuationText(monitor)}`,
    readOnly: options.readOnly ?? false,
    note,
    onQuit: () => {},
  });
  restoreOnExit(ui.close);
  endOnBug(ui.close);
  restoreWhileSuspended(ui);
  rememberLanguage(text => monitor.report(text));
  const {code, terminalGone} = await ended(ui);
  monitor.close();
  if (!terminalGone)
    process.stdout.write(`${say`the screen is closed; ${continuationText(monitor)}`}\n`);
  await written(process.stdout);
  return code;
}

/** Resolves when the screen has ended. After a hang-up no text is written: the terminal is gone. */
function ended(ui: Ui): Promise<{readonly code: number; readonly terminalGone: boolean}> {
  return new Promise((resolve, reject) => {
    const signalled = (code: number, terminalGone = false) => {
      // Resolves first, so that the result of `closed` is ignored.
      resolve({code, terminalGone});
      ui.close();
    };
    process.on('SIGTERM', () => signalled(EXIT.done));
    process.on('SIGINT', () => signalled(EXIT.interrupted));
    process.on('SIGQUIT', () => signalled(EXIT.interrupted));
    process.on('SIGHUP', () => signalled(EXIT.done, true));
    ui.closed.then(how => resolve({code: EXIT.done, terminalGone: how === 'gone'}), reject);
  });
}

/** The sentence after quitting: the monitor continues. */
function continuationText(monitor: RemoteMonitor): string {
  const {pid} = monitor.hello();
  if (monitor.link().state === 'lost')
    return say`agent2 (pid ${pid}) is gone: probably nothing watches now`;
  const heals = targetsOf(monitor.getSnapshot()).some(
    ({settings, observing}) => settings.traits.heals && !observing,
  );
  return heals
    ? say`agent2 (pid ${pid}) keeps watching and healing`
    : say`agent2 (pid ${pid}) keeps watching`;
}
