import type {Text} from '../core/model/text.ts';
import {join} from 'node:path';
import {questionOf} from '../config/fingerprint.ts';
import {presets} from '../config/presets.ts';
import {secretsOfEnvironment} from '../config/secrets-in.ts';
import type {TargetSpec} from '../config/spec.ts';
import type {Gatherer} from '../contracts/gatherer.ts';
import type {Fix, OwnedChild} from '../contracts/fix.ts';
import type {TargetStart} from '../core/model/event.ts';
import type {TargetMemory} from '../core/model/memory.ts';
import type {TargetSettings} from '../core/model/target.ts';
import {redact} from '../format/redact.ts';
import {sanitize} from '../format/sanitize.ts';
import {createGatherer} from '../io/evidence/gatherer.ts';
import {prepareStateDir} from '../io/state-dir/prepare.ts';
import type {TargetProbes} from '../runtime/check.ts';
import {fixKind} from './kinds.ts';
import type {Problems} from './problems.ts';
import {createProbes} from './target-probes.ts';
import {mapOutside} from '../core/text/message.ts';

/** A target with its probes, its fix and its gatherer of evidence. */
export interface OpenTarget {
  readonly spec: TargetSpec;
  readonly probes: TargetProbes;
  readonly fix: Fix;
  readonly gatherer: Gatherer;
  /** Describes a restart, for people. */
  readonly action: Text | undefined;
  /** The directory for the output of the target and of its restarts. */
  readonly outputDir: string;
}

export interface TargetHome {
  /** The directory of `restart_signal`. */
  readonly stateDir: string;
  /** Each target has an output directory of its own. */
  readonly separate: boolean;
  now(): number;
  readonly problems: Problems;
}

/** Creates the parts of a target, and starts nothing. `running` is the fix of a child that keeps running although other settings of its target changed. */
export async function openTarget(
  spec: TargetSpec,
  {stateDir, separate, now, problems}: TargetHome,
  running?: Fix,
): Promise<OpenTarget> {
  const {use, options, stopTimeoutMs} = spec.fix;
  const definition = fixKind(use);
  const outputDir = separate ? join(stateDir, 'targets', spec.name) : stateDir;
  prepareStateDir(outputDir, true);
  const fix =
    running ??
    definition.create(options, {
      target: spec.name,
      stateDir,
      outputDir,
      secrets: [...spec.secrets, ...secretsOfEnvironment(process.env)],
      stopTimeoutMs,
      port: spec.local ? spec.endpoint?.port : undefined,
      pidFile: spec.pidFile,
      startGraceMs: {...presets[spec.preset], ...spec.overrides}.startGraceMs,
      now,
      onProblem: problems.about(spec.name),
    });
  return {
    spec,
    probes: await createProbes(spec, fix.child),
    fix,
    gatherer: gathererOf(spec, stateDir, fix.child, now),
    action: described(definition.describe(options), spec.secrets),
    outputDir,
  };
}

/** Creates the gatherer of a target; it reads the log that the config names, else the output of agent2's own child. */
export function gathererOf(
  {name, evidence, secrets}: TargetSpec,
  stateDir: string,
  child: OwnedChild | undefined,
  now: () => number,
): Gatherer {
  const {log = child?.logFile, command, timeoutMs} = evidence;
  return createGatherer({target: name, stateDir, log, command, timeoutMs, secrets, now});
}

/** What the core gets to start a target. */
export function startOf(spec: TargetSpec, memory: TargetMemory | undefined): TargetStart {
  return {settings: settingsOf(spec), preset: spec.preset, observing: spec.observing, memory};
}

function settingsOf(spec: TargetSpec): TargetSettings {
  const {name, address, fix, local, overrides, dependsOn, drill, fingerprint} = spec;
  return {
    name,
    address,
    fix: fix.use,
    traits: fixKind(fix.use).traits,
    local,
    overrides,
    dependsOn,
    notFor: fix.notFor,
    healFor: fix.healFor,
    question: questionOf(spec),
    drill: Object.keys(drill).filter(fault => fault !== 'mend'),
    fingerprint,
  };
}

function described(action: Text | undefined, secrets: readonly string[]): Text | undefined {
  return action && mapOutside(action, outside => sanitize(redact(outside, secrets)));
}
