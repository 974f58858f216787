import {didYouMean} from '../../config/did-you-mean.ts';
import {isPresetName, presets} from '../../config/presets.ts';
import {presetOf} from '../../config/target-options.ts';
import {EXIT, UsageError, type CommandDefinition} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import {drillDocument, drillNames, drillText, problemsOf, type DrillName} from './course.ts';
import {parseDuration} from '../../format/duration.ts';
import type {MonitoredTarget} from '../../documents/monitor-status.ts';
import {sanitize} from '../../format/sanitize.ts';
import {conductDrill} from './conduct.ts';
import {waysOf} from './ways.ts';
import {demoSubject, runningSubject, type DrillSubject} from './subject.ts';
import {parse, parser} from '../../cli/options.ts';
import {findRunningTarget} from '../../instances/find.ts';
import type {Selector} from '../../instances/selector.ts';

interface DrillOptions extends Selector {
  readonly demo?: boolean;
  readonly preset?: string;
  readonly yes?: boolean;
  readonly within?: string;
  readonly json?: boolean;
}

export const definition: CommandDefinition = {
  usage: 'drill crash|hang|error|slow [target]',
  get summary() {
    return say`breaks a service that consents, and times how it is seen and healed`;
  },
  async run(argv) {
    const command = parser('drill', definition.summary, [
      'agent2 drill crash --demo',
      'agent2 drill hang web',
    ])
      .usage('crash|hang|error|slow [target] [options]')
      .option('--demo', say`on the service of the demo, watched by this very command`)
      .option('--preset <NAME>', say`timings and limits of the demo (default: dev)`)
      .option('--yes', say`also in prod`)
      .option(
        '--within <TIME>',
        say`how long to wait for it to be well again (default: what the preset needs)`,
      )
      .option('--state-dir <DIR>', say`where the running monitor keeps its files`)
      .option('--name <NAME>', say`the running monitor, by the name of what it watches`)
      .option('--json', say`the result as one JSON object`);
    const parsed = parse<DrillOptions>(
      command,
      argv,
      2,
      say`wanted are crash, hang, error or slow and at most one target, e.g. agent2 drill crash web`,
    );
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    const drill = drillOf(words[0]);
    const withinMs = options.within === undefined ? undefined : durationOf(options.within);
    const interrupt = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => interrupt.abort());
    const subject = await subjectOf(drill, words[1], options);
    try {
      const result = await conductDrill(
        drill,
        subject,
        withinMs ??
          neededMs(options.demo ? (options.preset ?? 'dev') : (subject.target()?.preset ?? '')),
        interrupt.signal,
      );
      if (!result) return EXIT.interrupted;
      process.stdout.write(
        options.json ? `${JSON.stringify(drillDocument(result))}\n` : drillText(result),
      );
      return problemsOf(result).length === 0 ? EXIT.done : EXIT.failed;
    } finally {
      await subject.end();
    }
  },
};

function drillOf(word: string | undefined): DrillName {
  const found = drillNames.find(name => name === word);
  if (found) return found;
  const given =
    word === undefined
      ? say`drill needs to know what to do`
      : say`there is no drill '${sanitize(word, 40)}'`;
  throw new UsageError(
    say`${given}; wanted is ${drillNames.join(', ')}, e.g. agent2 drill crash --demo${word === undefined ? '' : didYouMean(word, drillNames, 'agent2 drill ')}`,
  );
}

function durationOf(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms >= 100 && ms <= 86_400_000) return ms;
  throw new UsageError(
    say`--within '${sanitize(text, 40)}' is no usable duration; allowed is 100ms to 24h, e.g. --within 2m`,
  );
}

async function subjectOf(
  drill: DrillName,
  wanted: string | undefined,
  options: DrillOptions,
): Promise<DrillSubject> {
  if (options.demo) {
    if (wanted !== undefined)
      throw new UsageError(
        say`--demo brings its own service; leave '${sanitize(wanted, 63)}' away, e.g. agent2 drill ${drill} --demo`,
      );
    const preset = options.preset === undefined ? undefined : presetOf(options.preset);
    refuseProd(drill, preset ?? 'dev', '--demo --preset prod', options.yes);
    return demoSubject(preset, drill);
  }
  if (options.preset !== undefined)
    throw new UsageError(
      say`--preset is for --demo; a running monitor keeps its own, e.g. agent2 drill ${drill} --demo --preset ${sanitize(options.preset, 40)}`,
    );
  const {stateDir, status, target} = findRunningTarget(options, wanted, `drill ${drill}`);
  refuse(drill, target, options.yes);
  const {ways, secrets} = await waysOf(status, target);
  return runningSubject(stateDir, target, drill, ways, secrets);
}

/** Only what its owner agreed to is broken, and only where somebody is there to heal it. */
function refuse(drill: DrillName, target: MonitoredTarget, yes: boolean | undefined): void {
  const name = sanitize(target.name, 63);
  if (!target.drill.includes(drill)) {
    const example =
      drill === 'crash' || drill === 'hang' ? 'true' : '[./break.sh], mend: [./mend.sh]';
    const allowed =
      target.drill.length > 0
        ? say` (only to ${target.drill.map(word => sanitize(word, 20)).join(', ')})`
        : '';
    throw new UsageError(
      say`${name} has not consented to '${drill}'${allowed}; say so in the config of the target: drill: {${drill}: ${example}}; or try it on the demo: agent2 drill ${drill} --demo`,
      EXIT.failed,
    );
  }
  refuseProd(drill, target.preset, name, yes);
  if (drill !== 'slow' && (target.observing || !target.heals))
    throw new UsageError(
      say`${name} is only observed, so nobody would heal it; ${target.heals ? say`let it be healed (o)` : say`give it a fix`} first`,
      EXIT.failed,
    );
}

function refuseProd(
  drill: DrillName,
  preset: string,
  what: string,
  yes: boolean | undefined,
): void {
  if (!/^prod\b/.test(preset) || yes) return;
  throw new UsageError(
    say`this is prod, where a drill hurts; if you mean it, add --yes: agent2 drill ${drill} ${what} --yes`,
    EXIT.failed,
  );
}

/** What the slowest case of a preset takes: the last check just before, as many time-outs as the threshold, and the whole start grace. */
function neededMs(label: string): number {
  const name = label.replace(/\*$/, '');
  const {intervalMs, timeoutMs, confirmMs, failureThreshold, settleMs, startGraceMs, retries} =
    presets[isPresetName(name) ? name : 'prod'];
  return (
    intervalMs +
    failureThreshold * (retries + 1) * (timeoutMs + confirmMs) +
    settleMs +
    startGraceMs +
    20_000
  );
}
