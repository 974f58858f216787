import {setTimeout as pause} from 'node:timers/promises';
import {cleanUp} from '../test/helpers/cleanup.ts';
import {makeHome} from '../test/helpers/home.ts';
import {startAgent2} from '../test/helpers/program.ts';
import {startService, untilHealthy, type Service} from '../test/helpers/service.ts';
import {healthIs, readStatus} from '../test/helpers/status.ts';
import {until} from '../test/helpers/until.ts';
import {watchArguments} from '../test/helpers/watch.ts';
import type {Runs} from './runs.ts';
import {judge, repeat, round, spread, type Spread} from './figures.ts';

const PRESETS = ['dev', 'low-latency'] as const;
/** The intervals of checks and of the watch in both presets. Faults are spread over them, so that the median is that of a fault at any moment. */
const INTERVAL_MS = 2_000;
const WATCH_MS = 250;
const DEADLINE_MS = 30_000;

const FAULTS: Readonly<Record<string, (service: Service) => Promise<void>>> = {
  crash: async service => service.signal('SIGKILL'),
  stop: async service => service.signal('SIGSTOP'),
  error: service => service.fault('error'),
  down: service => service.fault('down'),
};

/**
 * For every fault and preset: the time from the fault until agent2 saw it, until the service was healthy again, and until agent2 reported
 * it. A fresh agent2 each time: no backoff, no spent budget.
 */
export async function measureFaults({faultRuns}: Runs): Promise<object> {
  const serviceStartMs = spread(await repeat('service start, ms', faultRuns, serviceStart));
  const report: Record<string, object> = {};
  for (const preset of PRESETS) {
    const ofPreset: Record<string, object> = {};
    for (const [fault, inject] of Object.entries(FAULTS)) {
      const runs = await repeat(`${preset} ${fault}`, faultRuns, run =>
        measureFault(preset, inject, (run / faultRuns) * (INTERVAL_MS + WATCH_MS)),
      );
      const healedMs = spread(runs.map(({healedMs}) => healedMs));
      ofPreset[fault] = {
        detectedMs: spread(runs.map(({detectedMs}) => detectedMs)),
        healedMs,
        toldMs: spread(runs.map(({toldMs}) => toldMs)),
        ...judgeHealed(fault, healedMs, serviceStartMs),
      };
    }
    report[preset] = ofPreset;
  }
  return {
    meaning: {
      serviceStartMs:
        "start of the service's process to its first 200 ok, polled every 10 ms from outside",
      detectedMs:
        'fault to the first sign of it that agent2 gives: a warning on stdout of `run`, or the status file',
      healedMs: 'fault to the first 200 ok of the service, polled every 10 ms from outside',
      toldMs: 'fault to `result: success` in agent2_status.json',
    },
    serviceStartMs,
    ...report,
  };
}

function judgeHealed(fault: string, healedMs: Spread, serviceStartMs: Spread): object {
  if (fault === 'crash')
    return {healedMedianMs: judge(healedMs.median, round(450 + serviceStartMs.median))};
  if (fault === 'stop') return {healedMedianMs: judge(healedMs.median, 800)};
  return {};
}

async function serviceStart(): Promise<number> {
  const home = makeHome();
  const startedAt = performance.now();
  const service = await startService(home);
  await untilHealthy(service.url);
  const tookMs = performance.now() - startedAt;
  await cleanUp();
  return round(tookMs);
}

async function measureFault(
  preset: string,
  inject: (service: Service) => Promise<void>,
  phaseMs: number,
) {
  const home = makeHome();
  const service = await startService(home);
  const program = startAgent2(['run', ...watchArguments(service, preset)], {env: home.env});
  await healthIs(home, 'ok');
  await pause(phaseMs);
  const written = program.stdout().length;
  await inject(service);
  const faultAt = performance.now();
  const since = () => round(performance.now() - faultAt);
  const options = {
    deadlineMs: DEADLINE_MS,
    describe: () => `${JSON.stringify(readStatus(home))}\n${program.stdout()}${program.stderr()}`,
  };
  const [detectedMs, healedMs, toldMs] = await Promise.all([
    until('the fault is seen', () => saysBroken() && since(), options),
    untilHealthy(service.url, DEADLINE_MS).then(since),
    until(
      'the fix is told',
      () => readStatus(home)?.fixes.at(-1)?.result === 'success' && since(),
      options,
    ),
  ]);
  await program.stop();
  await cleanUp();
  return {detectedMs, healedMs, toldMs};

  function saysBroken(): boolean {
    const status = readStatus(home);
    return (
      / - (WARNING|ERROR) - /.test(program.stdout().slice(written)) ||
      (status !== undefined && (status.health_status !== 'ok' || status.fixes.length > 0))
    );
  }
}
