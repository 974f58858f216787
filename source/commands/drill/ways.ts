import type {DrillSpec} from '../../config/spec.ts';
import {EXIT, UsageError} from '../../contracts/command.ts';
import type {MonitoredTarget, MonitorStatus} from '../../documents/monitor-status.ts';
import {reloadTargets, wrongConfigText} from '../../cli/targets.ts';

/** How to break a target: as the config file of its monitor says; without a file, by SIGKILL and SIGSTOP. Rejects with a `UsageError`. */
export async function waysOf(
  {config}: MonitorStatus,
  target: MonitoredTarget,
): Promise<{readonly ways: DrillSpec; readonly secrets: readonly string[]}> {
  if (config === undefined)
    return {ways: Object.fromEntries(target.drill.map(name => [name, true])), secrets: []};
  const loaded = await reloadTargets(config, {}, process.env);
  if (loaded.kind === 'problems') throw new UsageError(wrongConfigText(loaded), EXIT.failed);
  const spec = loaded.targets.find(({name}) => name === target.name);
  return {ways: spec?.drill ?? {}, secrets: spec?.secrets ?? []};
}
