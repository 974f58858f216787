import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Home} from './home.ts';
import {until} from './until.ts';

/** The keys of `agent2_status.json` that are read here. */
export interface Status {
  readonly pid: number;
  readonly status: string;
  readonly health_status: string;
  readonly consecutive_failures: number;
  readonly fixes: ReadonlyArray<{
    readonly timestamp: string;
    readonly issue: string;
    readonly action: string;
    readonly result: string;
  }>;
  readonly targets: ReadonlyArray<{
    readonly name: string;
    readonly status: string;
    readonly health_status: string;
    readonly total_checks: number;
    readonly why: string;
    readonly process: {readonly pid: number | null} | null;
    readonly fixes: ReadonlyArray<{readonly result: string}>;
  }>;
}

/** The status file of the monitor of this home, or undefined before the first. It is replaced atomically, so it is always whole. */
export function readStatus({stateDir}: Pick<Home, 'stateDir'>): Status | undefined {
  const path = join(stateDir, 'agent2_status.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Status) : undefined;
}

export async function healthIs(home: Pick<Home, 'stateDir'>, level: string): Promise<void> {
  await until(`agent2 says ${level}`, () => readStatus(home)?.health_status === level, {
    describe: () => JSON.stringify(readStatus(home)),
  });
}
