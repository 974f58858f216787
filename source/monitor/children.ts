import type {Text} from '../core/model/text.ts';
import {mapOutside, message} from '../core/text/message.ts';
import {basename, dirname, join} from 'node:path';
import {noFix, type TargetSpec} from '../config/spec.ts';
import {EXIT, UsageError} from '../contracts/command.ts';
import {redact} from '../format/redact.ts';
import {errorText} from '../io/error-code.ts';
import {endLeftover, recordOf, recordsBelow} from '../io/run/leftover-child.ts';
import {fixKind} from './kinds.ts';
import type {OpenTarget} from './target.ts';

/**
 * Starts the children of all targets. With `needed`, as for the one command of a command line, throws a `UsageError` when one does not start; the
 * caller stops the others. Otherwise a child that does not start is down like any other, and resolves to a line about each.
 */
export async function startAll(
  targets: readonly OpenTarget[],
  {needed}: {readonly needed: boolean},
): Promise<readonly Text[]> {
  const results = await Promise.all(
    targets.map(async target => ({name: target.spec.name, failure: await startTarget(target)})),
  );
  const failures = results.flatMap(({name, failure}) =>
    failure === undefined ? [] : [{name, failure}],
  );
  const [first] = failures;
  if (first && needed)
    throw new UsageError(
      message`${first.failure}; what follows -- runs without a shell`,
      EXIT.failed,
    );
  return failures.map(
    ({name, failure}) => message`${name}: ${failure}; agent2 watches on, and tries again`,
  );
}

/** Starts the child of a target, if it has one. Resolves to the problem, or undefined. A process that holds the port before is a stranger. */
export async function startTarget({
  spec,
  probes,
  fix: {child},
}: OpenTarget): Promise<Text | undefined> {
  if (!child) return undefined;
  try {
    await probes.owner?.noteStranger(AbortSignal.timeout(START_MS));
    const started = await child.start();
    return started.kind === 'failed' ? withoutSecrets(started.detail, spec) : undefined;
  } catch (error) {
    return withoutSecrets(message`cannot start it: ${errorText(error)}`, spec);
  }
}

function withoutSecrets(text: Text, {secrets}: TargetSpec): Text {
  return mapOutside(text, outside => redact(outside, secrets));
}

const START_MS = 10_000;

export async function stopAll(targets: readonly OpenTarget[]): Promise<void> {
  await Promise.all(targets.map(async ({fix}) => fix.child?.stop()));
}

/** Ends processes that an earlier run started for targets that are no longer children (removed or renamed while agent2 was dead). Resolves to a line about each. */
export async function endOrphans(
  stateDir: string,
  targets: readonly OpenTarget[],
): Promise<readonly Text[]> {
  const kept = targets.flatMap(({fix}) => (fix.child ? [recordOf(fix.child.logFile)] : []));
  const orphans = recordsBelow(join(stateDir, 'targets')).filter(record => !kept.includes(record));
  const ended = await Promise.all(
    orphans.map(async record => ({
      record,
      result: await endLeftover(record, noFix.stopTimeoutMs),
    })),
  );
  return ended.flatMap(({record, result}) =>
    result
      ? [
          message`a process that an earlier run started for ${basename(dirname(record))}, which agent2 no longer starts: ${result.text}`,
        ]
      : [],
  );
}

/** Whether the child of `a` may continue as the child of `b`, since both start it alike. */
export function sameChild(a: TargetSpec, b: TargetSpec): boolean {
  return (
    fixKind(a.fix.use).traits.ownsProcess &&
    JSON.stringify([a.fix.use, a.fix.options, a.fix.stopTimeoutMs]) ===
      JSON.stringify([b.fix.use, b.fix.options, b.fix.stopTimeoutMs])
  );
}
