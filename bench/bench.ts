import {arch, cpus, platform, release} from 'node:os';
import {cleanUp} from '../test/helpers/cleanup.ts';
import {measureBlocked} from './blocked/blocked.ts';
import {measureFaults} from './faults.ts';
import {measureIdle} from './idle.ts';
import type {Runs} from './runs.ts';
import {measureScale, type ScaleOptions} from './scale/scale.ts';
import {measureSoak, type SoakOptions} from './soak/soak.ts';
import {measureStart} from './start.ts';

/** The warm-up outlasts V8's own clean-up of the start, some 10 s after it. */
const FULL: Runs = {startRuns: 11, frameRuns: 7, warmUpMs: 60_000, idleMs: 60_000, faultRuns: 5};
const QUICK: Runs = {startRuns: 5, frameRuns: 3, warmUpMs: 15_000, idleMs: 10_000, faultRuns: 2};

const PARTS = {start: measureStart, cpu: measureIdle, faults: measureFaults};

export type Part = keyof typeof PARTS | 'scale' | 'soak' | 'blocked';

/** Measures the parts in order, never two at once. Ends every started process, even when a part fails. */
export async function bench({
  quick,
  parts,
  scale,
  soak,
}: {
  readonly quick: boolean;
  readonly parts: readonly Part[];
  readonly scale: ScaleOptions;
  readonly soak: SoakOptions;
}): Promise<object> {
  const runs = quick ? QUICK : FULL;
  const report: Record<string, unknown> = {
    machine: {
      cpus: cpus().length,
      model: cpus()[0]?.model,
      os: `${platform()} ${release()} ${arch()}`,
      node: process.version,
      date: new Date().toISOString(),
    },
    runs,
  };
  const interrupted = () => void cleanUp().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    for (const part of parts) {
      if (part === 'scale') report[part] = await measureScale(scale);
      else if (part === 'blocked') report[part] = await measureBlocked();
      else if (part === 'soak') report[part] = await measureSoak(soak);
      else report[part] = await PARTS[part](runs);
    }
  } finally {
    await cleanUp();
  }
  return report;
}
