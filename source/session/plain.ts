import type {MonitorSetup} from '../monitor/setup.ts';
import {catchSignals} from './signals.ts';

/** Whether this terminal can show a full screen and read keys. */
export function hasScreen(): boolean {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY) && process.env.TERM !== 'dumb';
}

/** Prints one line for each change where there is no terminal. */
export async function watchPlainly(setup: Omit<MonitorSetup, 'onNotice'>): Promise<number> {
  const signals = catchSignals();
  // Showing a running monitor needs none of this.
  const {openMonitor} = await import('../monitor/open.ts');
  const open = await openMonitor({
    ...setup,
    onNotice(logged) {
      if (logged.kind !== 'check' && logged.kind !== 'heartbeat') signals.print(logged.line);
    },
  });
  return signals.end(open);
}
