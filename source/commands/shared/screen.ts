import {errorText} from '../../io/error-code.ts';
import {rememberedTheme, rememberTheme} from '../../io/preferences.ts';
import type {DemoFault} from '../../ui/binding.ts';
import {startUi} from '../../ui/start.tsx';
import {openMonitor, type MonitorSetup, type OpenMonitor} from './open-monitor.ts';
import type {ScreenOptions} from './options.ts';
import {untilSignal} from './signals.ts';
import {giveBackWhileStopped, restoreWhateverHappens} from './terminal-care.ts';
import {chooseTheme} from './themes.ts';

/** Opens the monitor and shows it until somebody quits, the terminal goes away or a signal comes; then says what becomes of healing. */
export async function watchOnScreen(setup: MonitorSetup, options: ScreenOptions, demoFaults?: (open: OpenMonitor) => readonly DemoFault[]): Promise<number> {
  const {themes, themeName} = await chooseTheme(options.theme, rememberedTheme(), options.color === false || Boolean(process.env.NO_COLOR));
  const open = await openMonitor(setup);
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
  giveBackWhileStopped(ui);
  const code = await untilSignal(open, ui.closed, ui.close);
  process.stdout.write(`${farewellOf(open)}\n`);
  return code;
}

function notRemembered({monitor}: OpenMonitor, error: unknown): void {
  monitor.dispatch({type: 'trouble', at: monitor.now(), about: 'preferences', text: `the theme is not remembered: ${errorText(error)}`});
}

/** What quitting does, in the help; and what it did, when the screen is gone. */
function quitMessageOf(open: OpenMonitor): string {
  const {names, children, healed} = fates(open);
  if (children === names) return `stops ${names} too, since agent2 started it`;
  return `stops watching ${names}${children ? `, and stops ${children}, which it had started` : ''}${healed ? '; nothing heals it then' : ''}`;
}

function farewellOf(open: OpenMonitor): string {
  const {names, children, healed} = fates(open);
  if (children === names) return `agent2 has stopped ${names}, which it had started`;
  return `agent2 has stopped watching ${names}${children ? `, and has stopped ${children}, which it had started` : ''}${healed ? ': nothing heals it now' : ''}`;
}

const MOST_NAMED = 5;

/** Whom quitting concerns. */
function fates(open: OpenMonitor): {readonly names: string; readonly children: string; readonly healed: boolean} {
  const targets = open.targets();
  const listed = (names: readonly string[]) => (names.length > MOST_NAMED ? `${names.length} services` : names.join(', '));
  return {
    names: listed(targets.map(({name}) => name)),
    children: listed(targets.filter(({fix}) => fix.use === 'child').map(({name}) => name)),
    healed: targets.some(({fix}) => fix.use !== 'none'),
  };
}
