import type {Text} from '../core/model/text.ts';
import {EXIT} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {say} from '../core/text/say.ts';
import {remembered} from '../io/state-dir/preferences.ts';
import {isTerminalThere, written} from '../io/terminal.ts';
import type {DemoFault} from '../ui/keys/demo-fault.ts';
import {startUi} from '../ui/start.tsx';
import type {HandedOver, RunCall} from '../monitor/hand-over.ts';
import {hangupMessage, onHangup} from './hangup.ts';
import type {MonitorSetup, OpenMonitor} from '../monitor/setup.ts';
import {openMonitor} from '../monitor/open.ts';
import type {ScreenOptions} from '../cli/screen-options.ts';
import {rememberLanguage, rememberTheme} from './remember.ts';
import {catchSignals} from './signals.ts';
import {restoreWhileSuspended, restoreOnExit} from './restore-terminal.ts';
import {chooseTheme} from '../cli/themes.ts';
import {targetsOf} from '../core/targets.ts';

/**
 * Opens the monitor and shows it until the user quits, the terminal goes away or a signal arrives; then prints what happens to the services.
 * `background` has the call of the `agent2 run` that may take over the loop, or is the reason why none may.
 */
export async function watchOnScreen(
  setup: MonitorSetup,
  options: ScreenOptions,
  background: RunCall | string,
  demoFaults?: (open: OpenMonitor) => readonly DemoFault[],
): Promise<number> {
  const {themes, themeName} = chooseTheme(
    options.theme,
    remembered('theme'),
    options.color === false || Boolean(process.env.NO_COLOR),
  );
  const signals = catchSignals();
  const open = await openMonitor(setup);
  let leave: () => void = () => {};
  const left = new Promise<void>(resolve => (leave = resolve));
  let handed: HandedOver | undefined;
  const hangup = () => onHangup(options.onHangup, targetsOf(open.monitor.getSnapshot()));
  const report = (text: Text) =>
    open.monitor.dispatch({type: 'problem', at: open.monitor.now(), about: 'preferences', text});
  const ui = startUi({
    monitor: open.monitor,
    stdin: process.stdin,
    stdout: process.stdout,
    themes,
    themeName,
    onTheme: name => rememberTheme(name, report),
    ascii: options.ascii ?? false,
    demo: demoFaults && {faults: demoFaults(open)},
    actionOf: open.actionOf,
    quitMessage: quitMessageOf(open),
    // Not in the demo: its help has little room, and it always ends with its terminal.
    hangupMessage: demoFaults ? undefined : () => hangupMessage(hangup()),
    background: typeof background === 'string' ? background : () => void toBackground(background),
    onQuit: () => {},
  });
  restoreOnExit(ui.close);
  restoreWhileSuspended(ui);
  rememberLanguage(report);
  const code = await signals.end(open, {
    closed: ui.closed,
    close: ui.close,
    abandon: ui.abandon,
    onHangup: hangup,
    left,
  });
  if (isTerminalThere())
    process.stdout.write(`${handed ? handOverText(handed) : farewellOf(open)}\n`);
  await written(process.stdout);
  return handed?.kind === 'lost' ? EXIT.failed : code;

  async function toBackground(run: RunCall): Promise<void> {
    const result = await open.handOver(run, wait =>
      wait === 'fix'
        ? ui.say(say`moves to the background when the running fix is done`, false)
        : ui.say(say`moves to the background …`, true),
    );
    if (result.kind === 'kept') return ui.say(say`stays here: ${result.text}`, false);
    handed = result;
    ui.close();
    leave();
  }
}

/** The last line after a hand-over. */
function handOverText(handed: HandedOver): string {
  return handed.kind === 'taken'
    ? say`agent2 continues in the background, pid ${handed.pid} (agent2 shows it again, agent2 stop ends it)`
    : say`agent2 has stopped watching: ${handed.text}`;
}

/** Says what quitting will do; `farewellOf` says what it did. */
function quitMessageOf(open: OpenMonitor): string {
  const {names, children, healed} = quitScope(open);
  if (children === names) return say`stops ${names} too, since agent2 started it`;
  return say`stops watching ${names}${children ? message`, and stops ${children}, which it started` : ''}${healed ? message`; nothing heals it after that` : ''}`;
}

function farewellOf(open: OpenMonitor): string {
  const {names, children, healed} = quitScope(open);
  if (children === names) return say`agent2 has stopped ${names}, which it started`;
  return say`agent2 has stopped watching ${names}${children ? message`, and has stopped ${children}, which it started` : ''}${healed ? message`: nothing heals it now` : ''}`;
}

const MOST_NAMED = 5;

/** The targets in words, by what quitting does to them. */
function quitScope(open: OpenMonitor): {
  readonly names: string;
  readonly children: string;
  readonly healed: boolean;
} {
  const targets = targetsOf(open.monitor.getSnapshot()).map(({settings}) => settings);
  const listed = (names: readonly string[]) =>
    names.length > MOST_NAMED ? say`${names.length} services` : names.join(', ');
  return {
    names: listed(targets.map(({name}) => name)),
    children: listed(targets.filter(({traits}) => traits.ownsProcess).map(({name}) => name)),
    healed: targets.some(({traits}) => traits.heals),
  };
}
