import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import type {DemoFault} from '../../source/demo/client.ts';
import {readIfThere} from '../../source/io/files/bounded-file.ts';
import {cleanUp} from '../../test/helpers/cleanup.ts';
import {makeHome, type Home} from '../../test/helpers/home.ts';
import {startAgent2} from '../../test/helpers/program.ts';
import {cli, root} from '../../test/helpers/root.ts';
import {readHealth, startService, type Service} from '../../test/helpers/service.ts';
import {openTerminal} from '../../test/helpers/terminal.ts';
import {until} from '../../test/helpers/until.ts';
import {judge, round} from '../figures.ts';
import {memoryOf} from '../cost.ts';

export interface SoakOptions {
  readonly seconds: number;
  /** The heap of the measured monitors, in MB; V8's own choice by default. */
  readonly heapMB?: number;
}

interface Sample {
  readonly second: number;
  readonly rssMB: number;
  readonly heapMB: number;
  readonly descriptors: number;
}

const SAMPLES = 10;
const LIMIT_MB = 80;
/** How much more memory at the end than after the first third still counts as flat. */
const GROWTH = 1.15;
const HEALTHY_WITHIN_MS = 12_000;
/** Mostly those that need no time limit, so that many fit into the time. */
const FAULTS: ReadonlyArray<DemoFault | 'kill' | 'flap'> = [
  'kill',
  'crash',
  'kill',
  'error',
  'kill',
  'crash',
  'slow',
  'kill',
  'flap',
  'kill',
  'crash',
  'hang',
];

/** Random faults of two services in quick succession, each with some 30 kB of evidence: what `run`, a screen on it, and a screen with its own loop keep in memory. */
export async function measureSoak({seconds, heapMB}: SoakOptions): Promise<object> {
  const soakDir = join(makeHome().path, 'soak');
  mkdirSync(soakDir);
  const nodeOptions = [
    `--import ${join(root, 'bench/soak/collect.mjs')}`,
    ...(heapMB === undefined ? [] : [`--max-old-space-size=${heapMB}`]),
  ].join(' ');
  const measured = {NODE_OPTIONS: nodeOptions, SOAK_DIR: soakDir};
  const [plain, shown] = [await scene(), await scene()];
  const run = startAgent2(['run', '--config', plain.config], {
    env: {...plain.home.env, ...measured},
  });
  await run.waitForLine(/starts as process/);
  const attached = openTerminal({
    argv: [cli, '--config', plain.config],
    cols: 100,
    rows: 30,
    env: {...plain.home.env, ...measured},
  });
  const tui = openTerminal({
    argv: [cli, '--config', shown.config],
    cols: 100,
    rows: 30,
    env: {...shown.home.env, ...measured},
  });
  const processes = {run: run.pid, attached: attached.pid, tui: tui.pid};
  const endsAt = performance.now() + seconds * 1_000;
  const counts = [...plain.services, ...shown.services].map(service =>
    breakRepeatedly(service, endsAt),
  );
  const samples: Record<string, Sample[]> = {run: [], attached: [], tui: []};
  for (let taken = 0; taken < SAMPLES; taken++) {
    await pause((seconds * 1_000) / SAMPLES);
    for (const [name, pid] of Object.entries(processes)) {
      const sample = await sampleOf(pid, soakDir, round(((taken + 1) * seconds) / SAMPLES));
      samples[name]?.push(sample);
      process.stderr.write(`soak ${name}: ${JSON.stringify(sample)}\n`);
    }
  }
  const faults = await Promise.all(counts);
  const report = {
    seconds,
    ...(heapMB === undefined ? {} : {heapMB}),
    faultsOfTwoTargets: {run: sum(faults.slice(0, 2)), tui: sum(faults.slice(2))},
    ...Object.fromEntries(Object.entries(samples).map(([name, taken]) => [name, verdictOf(taken)])),
  };
  await cleanUp();
  return report;
}

function verdictOf(samples: readonly Sample[]): object {
  const early = samples[Math.floor(samples.length / 3)];
  const last = samples.at(-1);
  const ratio = (key: 'heapMB' | 'descriptors') =>
    round((last?.[key] ?? 0) / (early?.[key] ?? 1), 2);
  return {
    rssMB: judge(Math.max(...samples.map(({rssMB}) => rssMB)), LIMIT_MB),
    heapGrowth: judge(ratio('heapMB'), GROWTH),
    descriptorGrowth: judge(ratio('descriptors'), 1.5),
    samples,
  };
}

async function scene(): Promise<{home: Home; services: readonly Service[]; config: string}> {
  const home = makeHome();
  const services = [
    await startService(home, {pidFile: join(home.path, 'a.pid')}),
    await startService(home, {pidFile: join(home.path, 'b.pid')}),
  ];
  const config = join(home.path, 'agent2.yaml');
  const targets = services.map(
    ({url, pidFile, restartCommand}, index) => `
  - name: ${'ab'[index] ?? ''}
    url: ${url}
    pidFile: ${pidFile}
    preset: dev
    interval: 200ms
    timeout: 500ms
    threshold: 1
    slow: 200ms
    confirm: 100ms
    grace: 300ms
    settle: 100ms
    budget: 1000 in 1m
    backoff: {base: 100ms, factor: 1, cap: 100ms}
    fix: {use: command, restart: ${JSON.stringify(restartCommand)}}
    evidence: {command: [sh, -c, 'head -c 22000 /dev/urandom | base64 -w 150'], timeout: 5s}`,
  );
  writeFileSync(config, `targets:${targets.join('')}\n`);
  return {home, services, config};
}

/** Resolves to the number of faults that were healed. */
async function breakRepeatedly(service: Service, endsAt: number): Promise<number> {
  let healed = 0;
  while (performance.now() < endsAt) {
    const fault = FAULTS[Math.floor(Math.random() * FAULTS.length)] ?? 'kill';
    try {
      if (fault === 'kill') service.signal('SIGKILL');
      else if (fault === 'flap') {
        await service.fault('error');
        await pause(600);
        await service.fault('ok');
      } else await service.fault(fault, 400);
      if (fault === 'slow') {
        await pause(1_200);
        await service.fault('ok');
      }
    } catch {
      // It is just being restarted: the next fault finds it.
    }
    await pause(100);
    if (await isHealthy(service, performance.now() + HEALTHY_WITHIN_MS)) healed++;
    await pause(100 + Math.random() * 100);
  }
  return healed;
}

async function isHealthy({url}: Service, deadline: number): Promise<boolean> {
  while (performance.now() < deadline) {
    const health = await readHealth(url, 500);
    if (health?.code === 200 && health.status === 'ok') return true;
    await pause(50);
  }
  return false;
}

/** The memory in use is read before the collection, which would make it smaller. */
async function sampleOf(pid: number, soakDir: string, second: number): Promise<Sample> {
  const {rssMB} = memoryOf(pid);
  const descriptors = readdirSync(`/proc/${pid}/fd`).length;
  const answer = join(soakDir, `heap.${pid}`);
  const before = readIfThere(answer);
  writeFileSync(join(soakDir, `ask.${pid}`), '');
  const heap = await until('the heap is measured', () => {
    const now = readIfThere(answer);
    return now !== undefined && now !== '' && now !== before ? now : undefined;
  });
  return {second, rssMB, heapMB: round(Number(heap) / 1e6), descriptors};
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
