import type {Text} from '../../core/model/text.ts';
import type {Measurements} from '../../core/evidence.ts';
import type {EvidenceFact, EvidenceText} from '../../core/model/evidence.ts';
import {message} from '../../core/text/message.ts';
import {errorCode, errorText} from '../error-code.ts';

/** The result of one part of the gathering. Texts of facts have one line, the others several; neither is sanitised yet. */
export interface Finding {
  readonly facts?: readonly EvidenceFact[];
  readonly texts?: readonly RawText[];
  readonly measured?: Partial<Measurements>;
}

export interface RawText extends EvidenceText {
  /** The end that says more, when space is short. */
  readonly keep: 'start' | 'end';
  readonly maxBytes: number;
}

export interface Bounds {
  readonly ms: number;
  /** Resolves when nobody needs the result any more. */
  readonly aborted: Promise<unknown>;
  /** The parts whose last answer never came: a hanging file system is asked once, not once an incident. */
  readonly hanging: Set<string>;
}

/** Runs one part within its time. A failure is a finding too; a missing source is left out. */
export async function bounded(
  label: string,
  work: () => Promise<Finding>,
  {ms, aborted, hanging}: Bounds,
): Promise<Finding> {
  if (hanging.has(label)) return fact(label, message`no answer yet since the last time`);
  hanging.add(label);
  const working = work()
    .catch((error: unknown) =>
      isAbsent(error) ? {} : fact(label, message`could not be read: ${errorText(error)}`),
    )
    .finally(() => hanging.delete(label));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>(
    resolve =>
      (timer = setTimeout(() => resolve(fact(label, message`no answer within ${ms} ms`)), ms)),
  );
  return Promise.race([working, late, aborted.then(() => ({}))]).finally(() => clearTimeout(timer));
}

export function fact(label: string, text: Text): Finding {
  return {facts: [{label, text}]};
}

/** The process ended meanwhile, or this system does not support it. */
function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ESRCH', 'ENOTDIR'].includes(errorCode(error) ?? '');
}
