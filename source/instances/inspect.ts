import type {InspectedMonitor} from '../documents/inspected-monitor.ts';
import {readStatus, staleMsOf} from '../documents/monitor-status.ts';
import type {Holder} from '../io/state-dir/lock.ts';
import {describeProcess, readProcess} from '../io/process/processes.ts';
import {readResources} from '../io/process/resources.ts';
import {holderIn} from './running.ts';
import {statusTextIn} from './status.ts';

/** Inspects a monitor by its state directory and the kernel; undefined when that directory never had one. */
export async function inspectMonitor(
  stateDir: string,
  now: number,
): Promise<InspectedMonitor | undefined> {
  const holder = holderIn(stateDir);
  const read = readStatus(statusTextIn(stateDir));
  const status = read.kind === 'read' ? read.status : undefined;
  const targets = read.kind === 'read' ? read.document.targets : [];
  const ageMs = status?.updatedAt === undefined ? undefined : Math.max(0, now - status.updatedAt);
  if (!holder)
    return (
      status && {
        stateDir,
        condition: status.stopped ? 'ended' : 'died',
        pid: status.pid,
        status,
        documents: targets,
        ageMs,
      }
    );
  const own = status?.pid === holder.pid ? status : undefined;
  const state = holder.elsewhere === undefined ? readProcess(holder.pid)?.state : undefined;
  const condition =
    state === 'stopped' || state === 'traced'
      ? 'suspended'
      : own === undefined
        ? 'starting'
        : (ageMs ?? 0) > staleMsOf(own)
          ? 'stale'
          : 'up';
  return {
    stateDir,
    condition,
    pid: holder.pid,
    version: holder.version,
    status: own,
    documents: own ? targets : [],
    ageMs: own && ageMs,
    process: await processOf(holder, now),
  };
}

async function processOf(
  {pid, startKey, elsewhere}: Holder,
  now: number,
): Promise<InspectedMonitor['process']> {
  if (elsewhere !== undefined) return undefined;
  const known = startKey ?? readProcess(pid)?.startKey;
  const startedAt = describeProcess(pid)?.startedAt;
  const resources = known === undefined ? undefined : await readResources({pid, startKey: known});
  if (startedAt === undefined || !resources) return undefined;
  const uptimeMs = Math.max(0, now - startedAt);
  return {
    uptimeMs,
    cpuPercent: Math.round((resources.cpuMs / Math.max(uptimeMs, 1)) * 1_000) / 10,
    rssBytes: resources.rssBytes,
  };
}
