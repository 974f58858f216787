import {EXIT} from '../../contracts/command.ts';
import {errorText} from '../../io/error-code.ts';
import {rememberedTheme, rememberTheme} from '../../io/preferences.ts';
import type {DemoFault} from '../../ui/binding.ts';
import {startUi} from '../../ui/start.tsx';
import {openMonitor, type MonitorSetup, type OpenMonitor} from './open-monitor.ts';
import type {ScreenOptions} from './options.ts';
import {untilSignal} from './signals.ts';
import {chooseTheme} from './themes.ts';

/** Opens the monitor and shows it until somebody quits, the terminal goes away or a signal comes; then says what becomes of healing. */
export async function watchOnScreen(setup: MonitorSetup, options: ScreenOptions, demoFaults?: (open: OpenMonitor) => readonly DemoFault[]): Promise<number> {
  const {themes, themeName} = await chooseTheme(options.theme, rememberedTheme(), options.color === false || Boolean(process.env.NO_COLOR));
  const open = await openMonitor(setup);
  const farewell = farewellOf(open);
  const ui = startUi({
    monitor: open.monitor,
    stdin: process.stdin,
    stdout: process.stdout,
    themes,
    themeName,
    onTheme: name => void rememberTheme(name).catch((error: unknown) => notRemembered(open, error)),
    ascii: options.ascii ?? false,
    demo: demoFaults && {faults: demoFaults(open)},
    actionOf: open.actionOf,
    quitMessage: quitMessageOf(open),
    onQuit: () => {},
  });
  restoreWhateverHappens(ui.close);
  // Suspended from outside: the shell gets its terminal back, and what it wrote on it is painted over afterwards.
  process.on('SIGTSTP', () => {
    ui.suspend();
    process.kill(process.pid, 'SIGSTOP');
  });
  process.on('SIGCONT', ui.resume);
  const code = await untilSignal(open, ui.closed, ui.close);
  process.stdout.write(`${farewell}\n`);
  return code;
}

function notRemembered({monitor}: OpenMonitor, error: unknown): void {
  monitor.dispatch({type: 'trouble', at: monitor.now(), about: 'preferences', text: `the theme is not remembered: ${errorText(error)}`});
}

/** What quitting does, in the help; and what it did, when the screen is gone. */
function quitMessageOf({target}: OpenMonitor): string {
  if (target.fix.use === 'child') return `stops ${target.name} too, since agent2 started it`;
  return `stops watching ${target.name}${target.fix.use === 'none' ? '' : '; nothing heals it then'}`;
}

function farewellOf({target}: OpenMonitor): string {
  if (target.fix.use === 'child') return `agent2 has stopped ${target.name}, which it had started`;
  return `agent2 has stopped watching ${target.name}${target.fix.use === 'none' ? '' : ': nothing heals it now'}`;
}

/** A crash must not leave a terminal without cursor and echo. */
function restoreWhateverHappens(restore: () => void): void {
  process.once('exit', restore);
  process.once('uncaughtException', error => {
    restore();
    process.stderr.write(`agent2: a bug, please report it: ${errorText(error)}\n`, () => process.exit(EXIT.failed));
  });
}
