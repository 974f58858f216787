import type {Probe, ProbeContext} from '../contracts/probe.ts';
import type {Fault} from '../core/model/fault.ts';
import type {ProbeResult, Readings} from '../core/model/observation.ts';
import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import {errorText} from '../format/error-text.ts';

export interface ExtraCheck {
  readonly probe: Probe;
  readonly advisory: boolean;
}

/** Runs one of the target's own checks; never rejects. `problem`: a required one could not run, which proves nothing about the target. */
export async function runOwnCheck(
  {probe, advisory}: ExtraCheck,
  context: ProbeContext,
  caught: (error: unknown) => void = () => {},
): Promise<{readonly result?: ProbeResult; readonly problem?: Text}> {
  try {
    const {readings, faults, warnings = [], notes} = await probe.inspect(context);
    const named = <Any extends Fault>(fault: Any): Any => ({
      ...fault,
      text: message`${probe.kind}: ${fault.text}`,
    });
    if (!advisory)
      return {
        result: {
          readings,
          faults: faults.map(fault => named(fault)),
          warnings: warnings.map(fault => named(fault)),
          notes,
        },
      };
    return {
      result: {
        readings: softened(readings),
        faults: [],
        warnings: [...faults, ...warnings].map(fault => named(fault)),
        notes,
      },
    };
  } catch (error) {
    caught(error);
    const text = message`${probe.kind}: ${errorText(error)}`;
    return advisory
      ? {
          result: {
            readings: {},
            faults: [],
            warnings: [{probe: probe.kind, kind: 'check_unknown', text}],
          },
        }
      : {problem: text};
  }
}

/** An advisory check warns where another one fails. */
function softened({checks = {}, ...rest}: Readings): Readings {
  return {
    ...rest,
    checks: Object.fromEntries(
      Object.entries(checks).map(([name, reading]) => [
        name,
        reading.state === 'failed' ? {...reading, state: 'warn'} : reading,
      ]),
    ),
  };
}
