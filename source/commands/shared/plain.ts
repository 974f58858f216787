import {logLine} from '../../format/log-line.ts';
import type {MonitorSetup} from './open-monitor.ts';
import {untilSignal} from './signals.ts';

/** Whether a full screen can be drawn and keys be read here. */
export function hasScreen(): boolean {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY) && process.env.TERM !== 'dumb';
}

/** Without a terminal: one line per change, and nothing else. */
export async function watchPlainly(setup: Omit<MonitorSetup, 'onNotice'>): Promise<number> {
  // Who shows a monitor that runs already does without all of this.
  const {openMonitor} = await import('./open-monitor.ts');
  const open = await openMonitor({
    ...setup,
    onNotice: notice => {
      if (notice.kind !== 'check' && notice.kind !== 'heartbeat') process.stdout.write(`${logLine(notice)}\n`);
    },
  });
  return untilSignal(open);
}
