import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {cleanUp, onCleanup} from '../../test/helpers/cleanup.ts';
import {makeHome, type Home} from '../../test/helpers/home.ts';
import {cli} from '../../test/helpers/root.ts';
import {cpuMs, memoryOf} from '../cost.ts';
import {judge, round} from '../figures.ts';
import {startServices, type Asked, type Services, type ServedTarget} from './services.ts';

export interface ScaleOptions {
  readonly counts: readonly number[];
  /** The measured time, after the first full round and a warm-up. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** The number of targets in a hundred that fail, hang or are dead. */
  readonly sickPercent: number;
  /** The program to measure; the built one by default. */
  readonly program?: string;
}

/** Of the preset `test`. */
const INTERVAL_MS = 5_000;
const FIRST_ROUND_DEADLINE_MS = 60_000;

/** The cost of watching many services at preset `test`, compared with a bare node that only wakes up four times a second, and the punctuality of the checks. */
export async function measureScale(options: ScaleOptions): Promise<object> {
  const results: Record<string, object> = {};
  for (const count of options.counts) {
    const result = await measureCount(count, options);
    process.stderr.write(`scale ${count}: ${JSON.stringify(result)}\n`);
    results[count] = result;
  }
  return results;
}

async function measureCount(count: number, options: ScaleOptions): Promise<object> {
  try {
    const home = makeHome();
    const services = await startServices(count, options.sickPercent, home.path);
    const bare = startBareNode();
    const startedAt = now();
    const monitor = startMonitor(home, services.targets, options.program ?? cli);
    const first = await firstRound(services, monitor);
    const [warmUp] = await costOf([monitor], options.warmUpSeconds);
    await services.takeAsked();
    const [cost, bareCost] = await costOf([monitor, bare], options.seconds);
    const asked = await services.takeAsked();
    const isSick = options.sickPercent > 0;
    return {
      cpuPercent: count === 1000 && !isSick ? judge(cost.cpuPercent, 25) : cost.cpuPercent,
      cpuPercentOfWarmUp: warmUp.cpuPercent,
      timesBareNode: round(cost.cpuPercent / bareCost.cpuPercent, 2),
      rssMB: cost.rssMB,
      pssMB: cost.pssMB,
      anonymousMB: cost.anonymousMB,
      bareNode: bareCost,
      ...paceOf(asked, services.targets, options.seconds),
      firstRound: {
        seen: first.size,
        startMs: round(Math.min(...first.values()) - startedAt, 0),
        spreadMs: round(Math.max(...first.values()) - Math.min(...first.values()), 0),
        allMs:
          first.size === asking(services.targets).length
            ? round(Math.max(...first.values()) - startedAt, 0)
            : null,
      },
      statusFileBytes: statSync(join(home.stateDir, 'agent2_status.json')).size,
    };
  } finally {
    await cleanUp();
  }
}

function startBareNode(): ChildProcess {
  return ended(spawn(process.execPath, ['-e', 'setInterval(() => {}, 250)'], {stdio: 'ignore'}));
}

function startMonitor(home: Home, targets: readonly ServedTarget[], program: string): ChildProcess {
  const config = join(home.path, 'agent2.json');
  writeFileSync(config, JSON.stringify(configOf(targets)));
  mkdirSync(home.stateDir, {recursive: true, mode: 0o700});
  return ended(
    spawn(program, ['run', '--config', config, '--preset', 'test'], {
      env: home.env,
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
}

function configOf(targets: readonly ServedTarget[]): object {
  return {
    targets: targets.map(({name, url, pidFile, state}) => ({
      name,
      url,
      ...(pidFile === undefined ? {} : {pidFile}),
      ...(state === 'well' ? {} : {fix: {use: 'command', restart: ['true']}}),
    })),
  };
}

/** Ends it as a service manager does, and kills it if it does not end. */
function ended(child: ChildProcess): ChildProcess {
  const exit = once(child, 'exit');
  onCleanup(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), END_MS);
    await exit;
    clearTimeout(late);
  });
  return child;
}

const END_MS = 10_000;

/** The first check of each target, within a generous limit. A target with a dead process is not checked. */
async function firstRound(
  services: Services,
  monitor: ChildProcess,
): Promise<ReadonlyMap<number, number>> {
  const first = new Map<number, number>();
  const deadline = now() + FIRST_ROUND_DEADLINE_MS;
  while (first.size < asking(services.targets).length && now() < deadline) {
    if (monitor.exitCode !== null) throw new Error(`agent2 ended with ${monitor.exitCode}`);
    await pause(250);
    for (const [target, at] of await services.takeAsked())
      // A fix brings about the check of a dead one.
      if (services.targets[target]?.state !== 'dead' && !first.has(target)) first.set(target, at);
  }
  return first;
}

function asking(targets: readonly ServedTarget[]): readonly ServedTarget[] {
  return targets.filter(({state}) => state !== 'dead');
}

interface Cost extends ReturnType<typeof memoryOf> {
  readonly cpuPercent: number;
}

/** Measured over the same time for all of them; the memory at its end. */
async function costOf<const C extends readonly ChildProcess[]>(
  children: C,
  seconds: number,
): Promise<{[K in keyof C]: Cost}> {
  const before = children.map(({pid = -1}) => cpuMs(pid));
  const from = performance.now();
  await pause(seconds * 1_000);
  const tookMs = performance.now() - from;
  return children.map(({pid = -1}, index) => ({
    cpuPercent: round(((cpuMs(pid) - (before[index] ?? 0)) / tookMs) * 100, 2),
    ...memoryOf(pid),
  })) as {[K in keyof C]: Cost};
}

/**
 * The checks of healthy targets: the actual number against the due one, and the distance of each from its due time, which is
 * an interval after the previous one. Both times are the service's.
 */
function paceOf(asked: readonly Asked[], targets: readonly ServedTarget[], seconds: number) {
  const times = new Map<number, number[]>();
  const well = new Set(targets.flatMap(({state}, index) => (state === 'well' ? [index] : [])));
  for (const [target, at] of asked) {
    if (!well.has(target)) continue;
    const of = times.get(target);
    if (of) of.push(at);
    else times.set(target, [at]);
  }
  const late = [...times.values()]
    .flatMap(of => of.slice(1).map((at, index) => Math.abs(at - (of[index] ?? NaN) - INTERVAL_MS)))
    .sort((a, b) => a - b);
  const rank = (share: number) =>
    round(late[Math.max(0, Math.ceil(share * late.length) - 1)] ?? NaN);
  const made = [...times.values()].reduce((sum, of) => sum + of.length, 0);
  return {
    checksPerSecond: {
      wanted: round((well.size * 1_000) / INTERVAL_MS, 2),
      made: round(made / seconds, 2),
    },
    jitterMs: {p50: rank(0.5), p99: rank(0.99), max: rank(1), checks: late.length},
  };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
