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
export function onlyTarget(look: InspectedMonitor, target: string | undefined): InspectedMonitor {
  if (target === undefined || !look.status) return look;
  return {
    ...look,
    documents: look.documents.filter(({name}) => name === target),
    status: {...look.status, targets: look.status.targets.filter(({name}) => name === target)},
  };
}

/** One word for all of them. An unwatched target is unknown: a paused one, or one whose monitor is stuck or gone. */
export function worstOf(looks: readonly InspectedMonitor[]): (typeof WORST_FIRST)[number] {
  const words = looks.flatMap((look): ReadonlyArray<keyof typeof NAGIOS> => {
    const targets = look.status?.targets ?? [];
    if (look.condition !== 'up' || targets.length === 0) return ['unknown'];
    return targets.map(({phase, health}) =>
      phase === 'paused' ? 'unknown' : (WORST_FIRST.find(word => word === health) ?? 'unknown'),
    );
  });
  return WORST_FIRST.find(word => words.includes(word)) ?? 'unknown';
}

/** All of it as one JSON document, its sentences in the language of this process. */
export function statusDocument(looks: readonly InspectedMonitor[]) {
  const worst = worstOf(looks);
  return {
    health_status: worst,
    exit_code: NAGIOS[worst],
    monitors: looks.map(look => ({
      pid: look.pid ?? null,
      state_dir: look.stateDir,
      running: isRunning(look),
      condition: look.condition,
      version: look.version ?? look.status?.version ?? null,
      config: look.status?.config ?? null,
      uptime: look.process ? Math.round(look.process.uptimeMs / 1_000) : null,
      cpu_percent: look.process?.cpuPercent ?? null,
      rss_bytes: look.process?.rssBytes ?? null,
      updated: look.status?.updatedAt === undefined ? null : isoTime(look.status.updatedAt),
      age: look.ageMs === undefined ? null : Math.round(look.ageMs / 100) / 10,
      ...statedAll('troubles', look.status?.troubles ?? {}),
      awaited_fixes: look.status?.awaitedFixes ?? [],
      targets: restated(look.documents),
    })),
  };
}
