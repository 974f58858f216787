import {EXIT, UsageError} from '../contracts/command.ts';
import {attachTo} from '../control/client/remote-monitor.ts';
import {message} from '../core/text/message.ts';
import {say} from '../core/text/say.ts';
import {sanitize} from '../format/sanitize.ts';
import {wallClock} from '../io/clock.ts';
import {findSocket} from '../io/socket/socket-path.ts';
import {notApplied, type AttachRequest} from './not-applied.ts';
import {hasScreen} from './plain.ts';
import type {Attachable} from './attachable.ts';

/**
 * Shows a running monitor on a screen, or as lines without a terminal. Resolves to the exit code. Rejects with a `UsageError` when the
 * monitor cannot be shown.
 */
export async function attach(
  {stateDir, holder}: Attachable,
  request: AttachRequest,
): Promise<number> {
  const socketOf = () => findSocket(stateDir);
  const clock = wallClock();
  const attaching = attachTo(socketOf, clock);
  // Loads ink while the monitor answers: loading takes longer.
  const show = hasScreen() ? import('./attached-screen.ts') : undefined;
  const attached = await attaching;
  const watching = holder.targets.map(name => sanitize(name, 63)).join(', ');
  if (attached.kind === 'not-attached') {
    throw new UsageError(
      message`agent2, pid ${holder.pid}, is already running (watching ${watching}, in ${sanitize(stateDir)}) and cannot be shown here: ${attached.text}`,
      EXIT.failed,
    );
  }
  const {monitor} = attached;
  const {options} = request;
  const ignored = notApplied(
    request,
    monitor.getSnapshot(),
    target => monitor.hello().actions[target],
  );
  const note =
    ignored.length === 0 ? undefined : noteOf(ignored, monitor.hello().pid, options.preset);
  if (note !== undefined) process.stderr.write(`agent2: ${note}\n`);
  if (show) return (await show).showAttached(monitor, options, note);
  monitor.close();
  const {pid} = monitor.hello();
  const first = say`attached to pid ${pid}, which watches ${watching}; prints one line for each change`;
  return (await import('./attached-lines.ts')).printAttached(socketOf, clock, pid, first);
}

/** The error when no monitor runs that a read-only screen could show. */
export function nothingToShow(stateDir: string | undefined): UsageError {
  const where = stateDir === undefined ? '' : say` in ${sanitize(stateDir)}`;
  return new UsageError(
    message`--read-only shows a running agent2, but none runs${where}; start one, e.g. agent2 start http://127.0.0.1:3000/, or leave out --read-only`,
    EXIT.failed,
  );
}

function noteOf(ignored: readonly string[], pid: number, preset: string | undefined): string {
  const way =
    preset !== undefined && ignored.some(text => text.startsWith('--preset'))
      ? say`; to change the preset there: agent2 preset ${sanitize(preset, 40)}`
      : '';
  return say`not applied: ${ignored.map(text => sanitize(text, 60)).join(', ')}: agent2, pid ${pid}, is already running with its own settings${way}`;
}
