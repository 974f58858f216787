import type {MonitorSetup} from '../monitor/setup.ts';
import {catchSignals} from './signals.ts';

/** Whether a full screen can be drawn and keys be read here. */
export function hasScreen(): boolean {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY) && process.env.TERM !== 'dumb';
}

/** Without a terminal: one line per change, and nothing else. */
export async function watchPlainly(setup: Omit<MonitorSetup, 'onNotice'>): Promise<number> {
  const signals = catchSignals();
  // Who shows a monitor that runs already does without all of this.
  const {openMonitor} = await import('../monitor/open.ts');
  const open = await openMonitor({
    ...setup,
    onNotice(logged) {
      if (logged.kind !== 'check' && logged.kind !== 'heartbeat') signals.print(logged.line);
    },
  });
  return signals.end(open);
}
