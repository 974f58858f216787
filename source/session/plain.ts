import type {MonitorSetup} from '../monitor/setup.ts';
import {catchSignals} from './signals.ts';

/** Whether this terminal can show a full screen and read keys. */
export function hasScreen(): boolean {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY) && process.env.TERM !== 'dumb';
}

/** Runs a monitor without a screen, and prints one line for each change. */
export async function watchPlainly(setup: Omit<MonitorSetup, 'onNotice'>): Promise<number> {
  const signals = catchSignals();
  // Loaded on demand: attaching to a running monitor does not need it.
  const {openMonitor} = await import('../monitor/open.ts');
  const open = await openMonitor({
    ...setup,
    onNotice(logged) {
      if (logged.kind !== 'check' && logged.kind !== 'heartbeat') signals.print(logged.line);
    },
  });
  return signals.end(open);
}
