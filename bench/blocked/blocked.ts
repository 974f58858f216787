import {execFileSync} from 'node:child_process';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {cleanUp, onCleanup} from '../../test/helpers/cleanup.ts';
import {makeHome, type Home} from '../../test/helpers/home.ts';
import {startAgent2} from '../../test/helpers/program.ts';
import {root} from '../../test/helpers/root.ts';
import {startService, untilHealthy, type Service} from '../../test/helpers/service.ts';
import {until} from '../../test/helpers/until.ts';
import {judge, round} from '../figures.ts';

/** The call that blocks below the state directory, and for how long; none blocks otherwise. */
interface Situation {
  readonly call?: 'rename' | 'create';
  readonly ms?: number;
  /** Targets whose name is never answered. */
  readonly slowNames?: number;
  /** Further services that end in the same second. */
  readonly crashes?: number;
}

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'nothing blocks': {},
  'renames take 2 s': {call: 'rename', ms: 2_000},
  'renames never end': {call: 'rename', ms: 3_600_000},
  'new files take 2 s': {call: 'create', ms: 2_000},
  'four names are never answered': {slowNames: 4},
  'ten services end at once': {crashes: 9},
};

const INTERVAL_MS = 1_000;
const CALM_MS = 5_000;

/** How late the check of a healthy target is at worst while something blocks, and how long the repair of another one takes meanwhile. */
export async function measureBlocked(): Promise<object> {
  const library = join(makeHome().path, 'block.so');
  execFileSync('gcc', [
    '-shared',
    '-fPIC',
    '-o',
    library,
    join(root, 'bench/blocked/block.c'),
    '-ldl',
  ]);
  const report: Record<string, object> = {};
  for (const [name, situation] of Object.entries(SITUATIONS)) {
    report[name] = await measure(situation, library);
    process.stderr.write(`blocked, ${name}: ${JSON.stringify(report[name])}\n`);
  }
  await cleanUp();
  return report;
}

async function measure(
  {call, ms, slowNames = 0, crashes = 0}: Situation,
  library: string,
): Promise<object> {
  const home = makeHome();
  const stateDir = join(home.path, 'blocked');
  mkdirSync(stateDir);
  const toggle = join(home.path, 'block');
  const asked: number[] = [];
  const url = await healthyTarget(asked);
  const services = await Promise.all(
    Array.from({length: 1 + crashes}, (_, index) =>
      startService(home, {pidFile: join(home.path, `${index}.pid`)}),
    ),
  );
  const config = writeConfig(home, url, services, slowNames);
  const program = startAgent2(['run', '--config', config, '--state-dir', stateDir], {
    env: {...home.env, LD_PRELOAD: library, BLOCK_BELOW: stateDir, BLOCK_SWITCH: toggle},
  });
  await until('the healthy target is checked', () => asked.length > 3, {describe: program.stderr});
  if (call) writeFileSync(toggle, `${call} ${ms}`);
  await pause(CALM_MS);
  const brokenAt = performance.now();
  for (const service of services) service.signal('SIGKILL');
  const healed = await Promise.all(
    services.map(async service => {
      await untilHealthy(service.url, 60_000);
      return performance.now() - brokenAt;
    }),
  );
  await pause(CALM_MS);
  rmSync(toggle, {force: true});
  const gaps = asked.slice(4).map((at, index) => at - (asked[index + 3] ?? at));
  await program.stop('SIGKILL');
  return {
    worstLatenessMs: judge(round(Math.max(...gaps) - INTERVAL_MS), INTERVAL_MS),
    healedMs: crashes > 0 ? round(Math.max(...healed)) : judge(round(healed[0] ?? 0), 1_500),
  };
}

/** Notes when it is asked. */
async function healthyTarget(asked: number[]): Promise<string> {
  const server = createServer((_, response) => {
    asked.push(performance.now());
    response.end('{"status":"ok"}');
  }).listen(0, '127.0.0.1');
  onCleanup(() => void server.close());
  await until('the healthy target listens', () => server.listening);
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

function writeConfig(
  home: Home,
  url: string,
  services: readonly Service[],
  slowNames: number,
): string {
  const config = join(home.path, 'agent2.yaml');
  const common = `preset: dev\n    interval: ${INTERVAL_MS}ms`;
  const targets = [
    `\n  - name: other\n    url: ${url}\n    ${common}`,
    ...services.map(
      ({url, pidFile, restartCommand}, index) =>
        `\n  - name: sick-${index}\n    url: ${url}\n    pidFile: ${pidFile}\n    ${common}\n    fix: {use: command, restart: ${JSON.stringify(restartCommand)}}`,
    ),
    ...Array.from(
      {length: slowNames},
      (_, index) =>
        `\n  - name: slow-${index}\n    url: http://n${index}.slow.test/\n    ${common}`,
    ),
  ];
  writeFileSync(config, `brake: false\ntargets:${targets.join('')}\n`);
  return config;
}
