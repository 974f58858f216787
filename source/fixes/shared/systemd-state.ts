import type {ManagedState} from '../../contracts/fix.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';

/** The properties of a unit that tell why it does not run. */
export const STATE_PROPERTIES = [
  'LoadState',
  'ActiveState',
  'SubState',
  'Result',
  'Type',
  'Restart',
  'RemainAfterExit',
  'UnitFileState',
  'FreezerState',
  'InactiveExitTimestampMonotonic',
  'ActiveExitTimestampMonotonic',
  'ExecMainExitTimestampMonotonic',
] as const;

type Shown = Readonly<Partial<Record<(typeof STATE_PROPERTIES)[number], string>>>;

/** The output of `systemctl show`. */
export function shownProperties(output: string): Shown {
  return Object.fromEntries(
    output.split('\n').flatMap(line => {
      const at = line.indexOf('=');
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1).trim()]];
    }),
  );
}

/** What systemd says about a unit; undefined where it does not know it. */
export function stateOfUnit(unit: string, shown: Shown): ManagedState | undefined {
  const {ActiveState: active, SubState: sub = '?', LoadState: load, FreezerState: freezer} = shown;
  if (active === undefined || load === 'not-found') return undefined;
  const is = `${active} (${sub})`;
  const as = (state: ManagedState['state'], says: Text) => ({state, says});
  if (freezer === 'frozen' || freezer === 'freezing')
    return as('paused', message`systemd was told to freeze ${unit}`);
  switch (active) {
    case 'activating':
    case 'deactivating':
      return as('restarting', message`systemd says that ${unit} is ${is}`);
    case 'inactive':
      // A oneshot unit is inactive while the service that it started runs.
      if (shown.Type === 'oneshot' && shown.RemainAfterExit !== 'yes') return undefined;
      return endedByItself(shown) || neverStarted(shown)
        ? as('failed', message`systemd says that ${unit} is ${is}`)
        : as('stopped', message`systemd was told to stop ${unit}; it is ${is}`);
    case 'failed':
      return leftBeforeItsProcess(shown) && STOP_RESULTS.includes(shown.Result ?? '')
        ? as('stopped', message`systemd was told to stop ${unit}; it is ${is}`)
        : as('failed', message`systemd says that ${unit} is ${is}`);
    default:
      return as('running', message`systemd says that ${unit} is ${is}`);
  }
}

/** How a process may end that was told to stop: Java with code 143, a slow one by SIGKILL. Not for its watchdog or for want of memory. */
const STOP_RESULTS: readonly string[] = ['exit-code', 'signal', 'core-dump', 'timeout'];

/** systemd leaves `active` first when it is told to stop a unit, and after the process when that ended by itself. */
function leftBeforeItsProcess(shown: Shown): boolean {
  const {began, left, ended} = timesOf(shown);
  return began < left && left < ended;
}

/** Ended in order without being told, where systemd restarts no such end. */
function endedByItself(shown: Shown): boolean {
  const {began, left, ended} = timesOf(shown);
  return (
    ended > 0 &&
    began < ended &&
    ended <= left &&
    shown.Result === 'success' &&
    shown.RemainAfterExit !== 'yes' &&
    shown.Restart !== 'always' &&
    shown.Restart !== 'on-success'
  );
}

/** systemd forgets a unit that ended, unless it is enabled. */
function neverStarted(shown: Shown): boolean {
  const {began, left} = timesOf(shown);
  return began === 0 && left === 0 && (shown.UnitFileState ?? '').startsWith('enabled');
}

/** In µs since the boot; 0: never, or forgotten. */
function timesOf(shown: Shown) {
  return {
    began: Number(shown.InactiveExitTimestampMonotonic ?? 0),
    left: Number(shown.ActiveExitTimestampMonotonic ?? 0),
    ended: Number(shown.ExecMainExitTimestampMonotonic ?? 0),
  };
}
