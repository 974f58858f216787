import type {Text} from '../../core/model/text.ts';
import type {Signs} from '../../core/evidence.ts';
import type {EvidenceFact, EvidenceText} from '../../core/model/evidence.ts';
import {say} from '../../core/text/say.ts';
import {errorCode, errorText} from '../error-code.ts';

/** What one part of the gathering found. Texts of facts are one line, those of texts several; neither is sanitised yet. */
export interface Finding {
  readonly facts?: readonly EvidenceFact[];
  readonly texts?: readonly RawText[];
  readonly signs?: Partial<Signs>;
}

export interface RawText extends EvidenceText {
  /** Which end says more, where there is not room for all. */
  readonly keep: 'start' | 'end';
  readonly maxBytes: number;
}

export interface Bounds {
  readonly ms: number;
  /** Resolves when nobody wants to know any more. */
  readonly aborted: Promise<unknown>;
  /** The parts whose last answer never came: a file system that hangs is asked once, not once an incident. */
  readonly hanging: Set<string>;
}

/** One part, within its time. That it could not be done is a finding too; what is simply not there is left out. */
export async function bounded(
  label: string,
  work: () => Promise<Finding>,
  {ms, aborted, hanging}: Bounds,
): Promise<Finding> {
  if (hanging.has(label)) return fact(label, say`still no answer since the last time`);
  hanging.add(label);
  const working = work()
    .catch((error: unknown) =>
      isAbsent(error) ? {} : fact(label, say`could not be read: ${errorText(error)}`),
    )
    .finally(() => hanging.delete(label));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>(
    resolve => (timer = setTimeout(() => resolve(fact(label, say`no answer within ${ms} ms`)), ms)),
  );
  return Promise.race([working, late, aborted.then(() => ({}))]).finally(() => clearTimeout(timer));
}

export function fact(label: string, text: Text): Finding {
  return {facts: [{label, text}]};
}

/** The process ended meanwhile, or this system does not tell. */
function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ESRCH', 'ENOTDIR'].includes(errorCode(error) ?? '');
}
