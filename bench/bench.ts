import {arch, cpus, platform, release} from 'node:os';
import {cleanUp} from '../test/helpers/cleanup.ts';
import {measureFaults} from './faults.ts';
import {measureIdle} from './idle.ts';
import {measureStart} from './start.ts';

export interface Scale {
  readonly startRuns: number;
  readonly frameRuns: number;
  readonly warmUpMs: number;
  readonly idleMs: number;
  readonly faultRuns: number;
}

/** The warm-up outlasts V8's own clean-up of the start, some 10 s after it. */
const FULL: Scale = {startRuns: 11, frameRuns: 7, warmUpMs: 60_000, idleMs: 60_000, faultRuns: 5};
const QUICK: Scale = {startRuns: 5, frameRuns: 3, warmUpMs: 15_000, idleMs: 10_000, faultRuns: 2};

const PARTS = {start: measureStart, cpu: measureIdle, faults: measureFaults};

/** Measures the parts in turn, never two at once. Whatever was started is ended, also when a part fails. */
export async function bench({
  quick,
  parts,
}: {
  readonly quick: boolean;
  readonly parts: ReadonlyArray<keyof typeof PARTS>;
}): Promise<object> {
  const scale = quick ? QUICK : FULL;
  const report: Record<string, unknown> = {
    machine: {
      cpus: cpus().length,
      model: cpus()[0]?.model,
      os: `${platform()} ${release()} ${arch()}`,
      node: process.version,
      date: new Date().toISOString(),
    },
    scale,
  };
  const interrupted = () => void cleanUp().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    for (const part of parts) report[part] = await PARTS[part](scale);
  } finally {
    await cleanUp();
  }
  return report;
}
