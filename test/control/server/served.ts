import {liveMonitor, serveMonitor} from '../../helpers/control.ts';
import {until} from '../../helpers/until.ts';
import {targetsOf} from '../../../source/core/targets.ts';

/** A monitor that runs, and its control API; its first target is healthy. */
export async function served(
  names: readonly string[] = ['web', 'db'],
  outcome?: Parameters<typeof liveMonitor>[1],
) {
  const monitor = liveMonitor(names, outcome);
  await until(
    'the first is well',
    () => targetsOf(monitor.getSnapshot())[0]?.health.level === 'ok',
  );
  return {monitor, ...(await serveMonitor(monitor))};
}

export const target = ({monitor}: {monitor: ReturnType<typeof liveMonitor>}, name = 'web') =>
  targetsOf(monitor.getSnapshot()).find(({settings}) => settings.name === name);
