import {isPresetName, presets} from '../../config/presets.ts';
import {presetValue} from '../../config/options/table.ts';
import {timeSpan} from '../../config/options/values.ts';
import {defineCommand, EXIT, UsageError, type OptionsOf} from '../../contracts/command.ts';
import {message} from '../../core/text/message.ts';
import {say} from '../../core/text/say.ts';
import {drillDocument, drillText, problemsOf, type DrillName} from './course.ts';
import type {MonitoredTarget} from '../../documents/monitor-status.ts';
import {sanitize} from '../../format/sanitize.ts';
import {conductDrill} from './conduct.ts';
import {waysOf} from './ways.ts';
import {demoSubject, runningSubject, type DrillSubject} from './subject.ts';
import {interruptedBy} from '../../cli/interrupt.ts';
import {jsonOption, selectorOptions} from '../../cli/selector-options.ts';
import {findRunningTarget} from '../../instances/find.ts';

const drillOptions = {
  demo: {help: () => say`break the service of the demo, which this command starts and watches`},
  preset: {
    value: presetValue,
    help: () => say`timings and limits of the demo (default: dev)`,
  },
  yes: {help: () => say`allow it in prod`},
  within: {
    value: timeSpan(100, 86_400_000, '2m'),
    help: () =>
      say`longest time to wait until it is healthy again (default: what the preset needs)`,
  },
  ...selectorOptions,
  json: jsonOption,
} as const;

type DrillOptions = OptionsOf<typeof drillOptions>;

export const definition = defineCommand({
  group: 'examine',
  summary: () => say`breaks a service on purpose and measures detection and repair`,
  words: {
    drill: {
      required: true,
      choices: {
        crash: () => say`kill its process (SIGKILL)`,
        hang: () => say`suspend its process (SIGSTOP)`,
        error: () => say`make it answer with errors`,
        slow: () => say`make it answer late`,
      },
    },
    target: {completion: 'target'},
  },
  options: drillOptions,
  notes: () => [
    say`A drill breaks a target only if its config allows that (drill:); error and slow need a command there.`,
  ],
  examples: ['agent2 drill crash --demo', 'agent2 drill hang web'],
  async run({words, options, out}) {
    const {drill} = words;
    const interrupt = interruptedBy('SIGINT', 'SIGTERM', 'SIGHUP');
    const subject = await subjectOf(drill, words.target, options);
    try {
      const withinMs =
        options.within ??
        neededMs(options.demo ? (options.preset ?? 'dev') : (subject.target()?.preset ?? ''));
      const result = await conductDrill(drill, subject, withinMs, interrupt);
      if (!result) return EXIT.interrupted;
      out.write(options.json ? `${JSON.stringify(drillDocument(result))}\n` : drillText(result));
      return problemsOf(result).length === 0 ? EXIT.done : EXIT.failed;
    } finally {
      await subject.end();
    }
  },
});

async function subjectOf(
  drill: DrillName,
  requested: string | undefined,
  options: DrillOptions,
): Promise<DrillSubject> {
  if (options.demo) {
    if (requested !== undefined)
      throw new UsageError(
        message`--demo uses its own service; leave out '${sanitize(requested, 63)}', e.g. agent2 drill ${drill} --demo`,
      );
    const {preset = 'dev', yes} = options;
    refuseProd(drill, preset, '--demo --preset prod', yes);
    return demoSubject(preset, drill);
  }
  if (options.preset !== undefined)
    throw new UsageError(
      message`--preset is for --demo; a running monitor keeps its own, e.g. agent2 drill ${drill} --demo --preset ${options.preset}`,
    );
  const {stateDir, status, target} = findRunningTarget(options, requested, `drill ${drill}`);
  refuse(drill, target, options.yes);
  const {ways, secrets} = await waysOf(status, target);
  return runningSubject(stateDir, target, drill, ways, secrets);
}

/** Refuses a drill that the config does not allow, and one of a target that no monitor heals. */
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
      message`${name} does not allow '${drill}'${allowed}; allow it in the config of the target: drill: {${drill}: ${example}}; or try it on the demo: agent2 drill ${drill} --demo`,
      EXIT.failed,
    );
  }
  refuseProd(drill, target.preset, name, yes);
  if (drill !== 'slow' && (target.observing || !target.heals))
    throw new UsageError(
      message`${name} is only observed, so agent2 would not heal it; ${target.heals ? message`turn healing on (o)` : message`give it a fix`} first`,
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
    message`this is prod, where a drill hurts; if you mean it, add --yes: agent2 drill ${drill} ${what} --yes`,
    EXIT.failed,
  );
}

/** The longest time to heal with a preset: a check just before the break, as many timeouts as the threshold, and the whole start grace. */
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
