import {render} from '../core/text/say.ts';
import type {FixRequest} from '../core/model/effect.ts';

/** The incident as environment variables for the user's commands. Nothing of it becomes part of a command line. */
export function incidentEnvironment(
  target: string,
  {cause, reason, attempt, faults}: FixRequest,
  pid: number | undefined,
): Readonly<Record<string, string>> {
  return {
    AGENT2_TARGET: target,
    AGENT2_CAUSE: cause,
    AGENT2_REASON: reason,
    AGENT2_ATTEMPT: String(attempt),
    AGENT2_FAULTS: faults.map(fault => `${fault.kind}: ${render(fault.text)}`).join('\n'),
    ...(pid === undefined ? {} : {AGENT2_PID: String(pid)}),
  };
}
