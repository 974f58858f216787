import {join} from 'node:path';
import {EXIT, UsageError} from '../../contracts/command.ts';
import {message} from '../../core/text/message.ts';
import {say} from '../../core/text/say.ts';
import {courseOf, isOver, type DrillCourse, type DrillName, type DrillResult} from './course.ts';
import {errorText} from '../../io/error-code.ts';
import {readFrom, sizeOf} from '../../io/files/read-from.ts';
import {until} from '../../io/until.ts';
import type {DrillSubject} from './subject.ts';

const LOOK_MS = 50;
/** The time that a fresh monitor has to find its service healthy. */
const READY_MS = 15_000;

/**
 * Breaks the subject, follows the reaction of its monitor in the monitor's files, and repairs the subject if the monitor does not. When `interrupt` is
 * aborted, it repairs too, and resolves to undefined. Rejects with a `UsageError` when it cannot begin.
 */
export async function conductDrill(
  drill: DrillName,
  subject: DrillSubject,
  withinMs: number,
  interrupt: AbortSignal,
): Promise<DrillResult | undefined> {
  await until(() => subject.target()?.health === 'ok', {
    everyMs: LOOK_MS,
    withinMs: READY_MS,
    signal: interrupt,
  });
  if (interrupt.aborted) return undefined;
  const before = subject.target();
  if (before?.health !== 'ok' || before.phase !== 'monitoring') {
    throw new UsageError(
      message`${subject.name} is ${before?.health ?? 'unknown'} (${before?.phase ?? message`no status`}): ${before?.why ?? ''}; a drill needs a healthy service`,
      EXIT.failed,
    );
  }
  const logPath = join(subject.stateDir, 'agent2.log');
  const logFrom = sizeOf(logPath);
  const brokenAt = Date.now();
  const how = await subject.breakIt();
  const look = (): DrillCourse =>
    courseOf(drill, subject.target() ?? before, readFrom(logPath, logFrom), brokenAt);
  const healed = await until(() => isOver(drill, look()), {
    everyMs: LOOK_MS,
    withinMs,
    signal: interrupt,
  });
  const course = look();
  // A drill leaves no fault behind.
  const mended = healed && drill !== 'slow' ? undefined : await repairedBy(subject);
  if (interrupt.aborted) return undefined;
  if (mended !== undefined)
    await until(() => subject.target()?.health === 'ok', {
      everyMs: LOOK_MS,
      withinMs: READY_MS,
      signal: interrupt,
    });
  // A wrong restart of a slow service may have come since.
  const fixes = drill === 'slow' ? look().fixes : course.fixes;
  return {
    drill,
    target: subject.name,
    preset: before.preset,
    how,
    brokenAt,
    course: {...course, fixes},
    mended,
  };
}

async function repairedBy(subject: DrillSubject): Promise<string | undefined> {
  try {
    return (await subject.mend()) ?? say`there is no way to do that; start it yourself`;
  } catch (error) {
    return say`that failed: ${errorText(error)}`;
  }
}
