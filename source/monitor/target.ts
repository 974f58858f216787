import {basename, dirname} from 'node:path';
import {load as fixes} from 'agent2:fixes';
import {defaults, type TargetSpec} from '../config/spec.ts';
import {EXIT, UsageError} from '../contracts/command.ts';
import type {Gatherer} from '../contracts/evidence.ts';
import type {Fix, FixDefinition} from '../contracts/fix.ts';
import {say} from '../core/text/say.ts';
import type {TargetSettings} from '../core/model/state.ts';
import {redact} from '../format/redact.ts';
import {sanitize} from '../format/sanitize.ts';
import {errorText} from '../io/error-code.ts';
import {endLeftover, recordOf, recordsBelow} from '../io/run/leftover-child.ts';
import {prepareStateDir} from '../io/state-dir/prepare.ts';
import type {TargetProbes} from '../runtime/check.ts';
import {gathererOf} from './evidence.ts';
import {createProbes} from './target-probes.ts';

/** A target with all that looks at it and repairs it. */
export interface OpenTarget {
  readonly spec: TargetSpec;
  readonly probes: TargetProbes;
  readonly fix: Fix;
  readonly gatherer: Gatherer;
  /** What a restart does, for people. */
  readonly action: string | undefined;
}

export interface TargetPlace {
  /** Where `restart_signal` lies. */
  readonly stateDir: string;
  /** For what this target prints; made when it is missing. */
  readonly outputDir: string;
  now(): number;
  onTrouble(text: string): void;
}

/** Nothing is started yet. `child` is one that runs already, of a target whose other settings changed. */
export async function openTarget(
  spec: TargetSpec,
  place: TargetPlace,
  running?: Fix,
): Promise<OpenTarget> {
  const definition = await fixOf(spec);
  const {use, options, stopTimeoutMs} = spec.fix;
  prepareStateDir(place.outputDir, true);
  const fix =
    running ??
    definition.create(options, {
      target: spec.name,
      stateDir: place.stateDir,
      outputDir: place.outputDir,
      stopTimeoutMs,
      now: place.now,
      onTrouble: place.onTrouble,
    });
  return {
    spec,
    probes: await createProbes(spec, fix.child),
    fix,
    gatherer: gathererOf(spec, place.stateDir, fix.child, place.now),
    action: use === 'none' ? undefined : described(definition.describe(options), spec.secrets),
  };
}

function described(action: string | undefined, secrets: readonly string[]): string | undefined {
  return action === undefined ? undefined : sanitize(redact(action, secrets));
}

/** Starts the child where there is one; what went wrong, or undefined. Whoever holds its port before is a stranger. */
export async function startTarget({
  spec,
  probes,
  fix: {child},
}: OpenTarget): Promise<string | undefined> {
  if (!child) return undefined;
  try {
    await probes.owner?.noteStranger(AbortSignal.timeout(START_MS));
    const started = await child.start();
    return started.kind === 'failed' ? redact(started.detail, spec.secrets) : undefined;
  } catch (error) {
    return redact(say`cannot start it: ${errorText(error)}`, spec.secrets);
  }
}

const START_MS = 10_000;

/** Ends what an earlier run started for targets that are children no more (removed or renamed while agent2 was dead), and says so. */
export async function endStrays(
  directory: string,
  targets: readonly OpenTarget[],
): Promise<readonly string[]> {
  const kept = targets.flatMap(({fix}) => (fix.child ? [recordOf(fix.child.logFile)] : []));
  const strays = recordsBelow(directory).filter(record => !kept.includes(record));
  const ended = await Promise.all(
    strays.map(async record => ({
      record,
      result: await endLeftover(record, defaults.stopTimeoutMs),
    })),
  );
  return ended.flatMap(({record, result}) =>
    result
      ? [
          say`what an earlier run had started for ${basename(dirname(record))}, which is no child of agent2 any more: ${result.text}`,
        ]
      : [],
  );
}

export function settingsOf({
  name,
  address,
  fix,
  local,
  overrides,
  dependsOn,
  drill,
  fingerprint,
}: TargetSpec): TargetSettings {
  return {
    name,
    address,
    fix: fix.use,
    local,
    overrides,
    dependsOn,
    notFor: fix.notFor,
    drill: Object.keys(drill).filter(fault => fault !== 'mend'),
    fingerprint,
  };
}

/** Whether the child of the one may go on as that of the other. */
export function sameChild(a: TargetSpec, b: TargetSpec): boolean {
  return (
    a.fix.use === 'child' &&
    b.fix.use === 'child' &&
    JSON.stringify([a.fix.options, a.fix.stopTimeoutMs]) ===
      JSON.stringify([b.fix.options, b.fix.stopTimeoutMs])
  );
}

async function fixOf({fix: {use}}: TargetSpec): Promise<FixDefinition> {
  const definition = await fixes[use]?.();
  if (!definition) throw new Error(`no fix ${use}`);
  return definition;
}

/** Throws a `UsageError` when one does not start; then those that did are stopped. */
export async function startAll(targets: readonly OpenTarget[]): Promise<void> {
  const troubles = await Promise.all(targets.map(startTarget));
  const failed = troubles.find(text => text !== undefined);
  if (failed === undefined) return;
  await Promise.all(targets.map(async ({fix}) => fix.child?.stop()));
  throw new UsageError(
    say`${failed}; what stands behind -- is run as it is, without a shell`,
    EXIT.failed,
  );
}
