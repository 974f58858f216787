import {render} from '../../core/text/say.ts';
import {FAULTS} from '../../core/faults.ts';
import type {FaultKind} from '../../core/model/fault.ts';

/** The short word of a fault, for a row; the why line has the sentence. */
export function faultWord(kind: FaultKind): string {
  return render(FAULTS[kind].word);
}
