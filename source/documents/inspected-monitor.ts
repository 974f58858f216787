import type {MonitorStatus} from './monitor-status.ts';
import {NAGIOS, WORST_FIRST} from '../format/nagios.ts';
import {isoTime} from '../format/time.ts';
import {restated, statedAll} from './stated-text.ts';

/** A monitor as its files and the kernel show it. */
export interface InspectedMonitor {
  readonly stateDir: string;
  /**
   * `starting`: it has the lock, but no status yet. `suspended`: SIGSTOP, or a debugger. `stale`: its status is too old.
   * `ended` and `died`: no monitor runs; the last one ended cleanly, or died.
   */
  readonly condition: 'up' | 'starting' | 'suspended' | 'stale' | 'ended' | 'died';
  readonly pid?: number;
  readonly version?: string;
  /** Its last status. */
  readonly status?: MonitorStatus;
  /** Its targets in the status file, in the same order. */
  readonly documents: ReadonlyArray<Readonly<Record<string, unknown>>>;
  /** The age of the status. */
  readonly ageMs?: number;
  /** `cpuPercent` is of one processor, since its start. */
  readonly process?: {
    readonly uptimeMs: number;
    readonly cpuPercent: number;
    readonly rssBytes: number;
  };
}

export function isRunning({condition}: InspectedMonitor): boolean {
  return condition !== 'ended' && condition !== 'died';
}

/** Only `target`, where one is named. */
export function onlyTarget(
  monitor: InspectedMonitor,
  target: string | undefined,
): InspectedMonitor {
  if (target === undefined || !monitor.status) return monitor;
  return {
    ...monitor,
    documents: monitor.documents.filter(({name}) => name === target),
    status: {
      ...monitor.status,
      targets: monitor.status.targets.filter(({name}) => name === target),
    },
  };
}

/** The worst health of all targets, in one word. A target that nothing watches is unknown: a paused one, or one whose monitor is stuck or gone. */
export function worstOf(monitors: readonly InspectedMonitor[]): (typeof WORST_FIRST)[number] {
  const words = monitors.flatMap((monitor): ReadonlyArray<keyof typeof NAGIOS> => {
    const targets = monitor.status?.targets ?? [];
    return targets.length === 0 ? ['unknown'] : targets.map(target => healthOf(monitor, target));
  });
  return WORST_FIRST.find(word => words.includes(word)) ?? 'unknown';
}

/** The health of one target; `unknown` where nothing watches it. */
export function healthOf(
  {condition}: InspectedMonitor,
  {phase, health}: MonitorStatus['targets'][number],
): (typeof WORST_FIRST)[number] {
  if (condition !== 'up' || phase === 'paused') return 'unknown';
  return WORST_FIRST.find(word => word === health) ?? 'unknown';
}

/** The JSON document of `agent2 status --json`, its sentences in the language of this process. */
export function statusDocument(monitors: readonly InspectedMonitor[]) {
  const worst = worstOf(monitors);
  return {
    health_status: worst,
    exit_code: NAGIOS[worst],
    monitors: monitors.map(monitor => ({
      pid: monitor.pid ?? null,
      state_dir: monitor.stateDir,
      running: isRunning(monitor),
      condition: monitor.condition,
      version: monitor.version ?? monitor.status?.version ?? null,
      config: monitor.status?.config ?? null,
      uptime: monitor.process ? Math.round(monitor.process.uptimeMs / 1_000) : null,
      cpu_percent: monitor.process?.cpuPercent ?? null,
      rss_bytes: monitor.process?.rssBytes ?? null,
      updated: monitor.status?.updatedAt === undefined ? null : isoTime(monitor.status.updatedAt),
      age: monitor.ageMs === undefined ? null : Math.round(monitor.ageMs / 100) / 10,
      ...statedAll('troubles', monitor.status?.problems ?? {}),
      awaited_fixes: monitor.status?.awaitedFixes ?? [],
      targets: restated(monitor.documents),
    })),
  };
}
