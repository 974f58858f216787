import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect} from 'vitest';
import type {Cause} from '../../source/core/model/cause.ts';
import type {FaultKind} from '../../source/core/model/fault.ts';
import {program as fixture} from '../fixtures/services/start.ts';
import {makeHome, type Home} from './home.ts';
import {isAlive} from './processes.ts';
import {startAgent2, type RunningProgram} from './program.ts';
import {until} from './until.ts';

/** A service of `fixtures/services` and the agent2 that watches it, each told of the other. */
export interface Scene {
  readonly home: Home;
  readonly pidFile: string;
  /** The pid that the pid file names. */
  pid(): number;
  /** `--pid-file` and a `--restart` that starts `program` anew and notes what agent2 told it. */
  healedBy(program: string, ...args: readonly string[]): string[];
  /** Runs `agent2 run` at a quick pace, until the service was seen well unless told not to wait. */
  watch(
    args: readonly string[],
    options?: {readonly env?: Readonly<Record<string, string>>; readonly waitFor?: string | RegExp},
  ): Promise<RunningProgram>;
  /** What each run of the restart command was told, and what the status file said of the target by then. */
  facts(): readonly Fact[];
  target(): TargetStatus | undefined;
}

interface Fact {
  readonly cause: string;
  readonly faults: readonly string[];
  readonly pid: number;
  readonly status?: TargetStatus;
}

/** The keys of a target in the status file that are read here. */
export interface TargetStatus {
  readonly status: string;
  readonly health_status: string;
  readonly consecutive_failures: number;
  readonly cause: string | null;
  readonly faults: ReadonlyArray<{readonly kind: string; readonly text: string}>;
  readonly fixes: ReadonlyArray<{
    readonly cause: string;
    readonly action: string;
    readonly result: string;
    readonly detail?: string;
  }>;
  readonly process: {readonly state: string; readonly pid: number | null} | null;
  readonly why: string;
}

/** On a busy machine the first look may come to nothing. */
const WELL = /healthy at first sight|recovered by itself/;

/** A machine that is busy with other tests is slow. */
const PATIENCE = {deadlineMs: 45_000};

const PACE = [
  '--preset',
  'low-latency',
  '--interval',
  '1s',
  '--timeout',
  '1500ms',
  '--slow',
  '10s',
];

export function openScene(): Scene {
  const home = makeHome();
  const pidFile = join(home.path, 'service.pid');
  const factsFile = join(home.path, 'facts');
  const statusFile = join(home.stateDir, 'agent2_status.json');
  return {
    home,
    pidFile,
    pid: () => Number(readFileSync(pidFile, 'utf8')),
    healedBy: (name, ...args) => [
      '--pid-file',
      pidFile,
      '--restart',
      [
        process.execPath,
        fixture('restart.mjs'),
        factsFile,
        statusFile,
        pidFile,
        fixture(name),
        ...args,
      ]
        .map(word => `'${word}'`)
        .join(' '),
    ],
    async watch(args, {env = {}, waitFor = WELL} = {}) {
      const agent2 = startAgent2(['run', ...PACE, ...args], {env: {...home.env, ...env}});
      const patient: RunningProgram = {
        ...agent2,
        waitForLine: wanted => agent2.waitForLine(wanted, PATIENCE),
      };
      await patient.waitForLine(waitFor);
      return patient;
    },
    facts: () =>
      existsSync(factsFile)
        ? readFileSync(factsFile, 'utf8')
            .split('\n')
            .slice(0, -1)
            .map(line => JSON.parse(line) as Fact)
        : [],
    target: () =>
      existsSync(statusFile)
        ? (JSON.parse(readFileSync(statusFile, 'utf8')) as {targets: [TargetStatus]}).targets[0]
        : undefined,
  };
}

export interface Diagnosis {
  readonly cause: Cause;
  readonly fault: FaultKind;
  /** What follows `down: cause: ` in the log. */
  readonly sentence: RegExp;
}

/** The log, the command that was run and the status file all tell the same cause. */
export async function diagnosed(
  scene: Scene,
  agent2: RunningProgram,
  {cause, fault, sentence}: Diagnosis,
): Promise<void> {
  // The kind of a hang depends on what the machine shows.
  const kind = cause === 'hung' ? '(?:: (?:idle|busy|waits))?' : '';
  await agent2.waitForLine(new RegExp(` ERROR - \\S+: down: ${cause}${kind}: ${sentence.source}`));
  const [fact] = await until(
    'the restart command was told',
    () => scene.facts().length > 0 && scene.facts(),
    {...PATIENCE, describe: agent2.stdout},
  );
  expect(fact?.cause).toBe(cause);
  expect(fact?.faults.join('\n')).toMatch(new RegExp(`^${fault}: ${sentence.source}`, 'm'));
  expect(fact?.status).toMatchObject({cause, health_status: 'down', status: 'fixing'});
  expect(fact?.status?.faults.map(({kind}) => kind)).toContain(fault);
}

/** Another process serves than before, the old one is dead, one fix was made, and it is told as what it was. */
export async function restarted(
  scene: Scene,
  agent2: RunningProgram,
  cause: Cause,
  before: number,
): Promise<void> {
  await agent2.waitForLine(/recovered: healthy .* after the fix began/);
  await statusSays(
    scene,
    agent2,
    // The new process may be seen only after the answer that proves the fix.
    ({health_status, fixes, process}) =>
      health_status === 'ok' && fixes.at(-1)?.result === 'success' && process?.pid !== before,
  );
  expect(scene.target()).toMatchObject({cause: null, consecutive_failures: 0});
  expect(scene.target()?.fixes).toEqual([
    expect.objectContaining({cause, action: 'restart', result: 'success'}),
  ]);
  expect(isAlive(before)).toBe(false);
}

/** The status file is written once a second at most. */
export async function statusSays(
  scene: Scene,
  agent2: RunningProgram,
  what: (target: TargetStatus) => boolean,
): Promise<void> {
  const isSo = () => {
    const target = scene.target();
    return target !== undefined && what(target);
  };
  await until('the status file tells of it', isSo, {
    ...PATIENCE,
    describe: () => `${agent2.stdout()}${JSON.stringify(scene.target())}`,
  });
}

/** Long enough for agent2 to do what it must not: it was seen to look `times` more. */
export async function lookedAgain(agent2: RunningProgram, times = 4): Promise<void> {
  const looks = () => agent2.stdout().split(' check ').length;
  const before = looks();
  await until(`agent2 looked ${times} times more`, () => looks() >= before + times, {
    ...PATIENCE,
    describe: agent2.stdout,
  });
}
