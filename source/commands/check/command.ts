import {setTimeout as pause} from 'node:timers/promises';
import {presets} from '../../config/presets.ts';
import {secretsOfEnvironment} from '../../config/secrets-in.ts';
import type {TargetSpec} from '../../config/spec.ts';
import {defineCommand} from '../../contracts/command.ts';
import type {Observation} from '../../core/model/observation.ts';
import {RETRY_PAUSE_MS, type Policy} from '../../core/model/policy.ts';
import {say} from '../../core/text/say.ts';
import {checkReport, pluginLines} from './report.ts';
import {createCleaner, type Cleaner} from '../../format/cleaner.ts';
import {NAGIOS, WORST_FIRST} from '../../format/nagios.ts';
import {check} from '../../runtime/check.ts';
import {checkOptions} from '../../cli/run-options.ts';
import {createProbes} from '../../monitor/target-probes.ts';
import {watchlistFor} from '../../cli/watchlist.ts';

export const definition = defineCommand({
  group: 'examine',
  summary: () =>
    say`checks each target once and prints the cause; exit code 0 ok, 1 warn, 2 down, 3 unknown`,
  words: {url: {}},
  options: {...checkOptions, json: {help: () => say`print one JSON object for each target`}},
  examples: [
    'agent2 check http://127.0.0.1:3000/health --expect status=ok',
    'agent2 check --config agent2.yaml --json',
  ],
  async run({words: {url}, options, out}) {
    const {targets} = await watchlistFor(url, options, undefined);
    // All targets' secrets together: a process of one target may show the secrets of another.
    const secrets = [
      ...targets.flatMap(target => target.secrets),
      ...secretsOfEnvironment(process.env),
    ];
    const cleaner = createCleaner(() => secrets);
    const reports = await Promise.all(targets.map(target => reportOf(target, cleaner)));
    // The worst first: Nagios shows only the first line beside the state of the exit code.
    const byWorst = WORST_FIRST.flatMap(level =>
      reports.filter(({document}) => document.health_status === level),
    );
    const lines = options.json
      ? reports.map(({document}) => JSON.stringify(document))
      : pluginLines(byWorst);
    for (const line of lines) out.write(`${line}\n`);
    return NAGIOS[byWorst[0]?.document.health_status ?? 'unknown'];
  },
});

async function reportOf(
  target: TargetSpec,
  cleaner: Cleaner,
): Promise<ReturnType<typeof checkReport>> {
  const policy = {...presets[target.preset], ...target.overrides};
  const startedAt = performance.now();
  const observation = cleaner.value(await checkWithRetries(target, policy));
  return checkReport(observation, {
    name: target.name,
    local: target.local,
    elapsedMs: performance.now() - startedAt,
  });
}

/** Repeats a failed check as often as the preset or `--retries` says. */
async function checkWithRetries(
  target: TargetSpec,
  {timeoutMs, slowMs, retries}: Policy,
): Promise<Observation> {
  const probes = await createProbes(target, undefined);
  for (let tries = 0; ; tries++) {
    const observation = await check(probes, {
      signal: new AbortController().signal,
      timeoutMs,
      slowMs,
    });
    if (observation.kind === 'ok' || tries >= retries) return observation;
    await pause(RETRY_PAUSE_MS);
  }
}
