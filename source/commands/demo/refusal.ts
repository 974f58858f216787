import {say} from '../../core/text/say.ts';
import type {DemoRefusal} from '../../demo/client.ts';

/** Why a fault of the demo service did not begin, as a sentence. */
export function refusalText(refusal: DemoRefusal): string {
  return 'error' in refusal
    ? say`the demo service did not take ${refusal.path}: ${refusal.error}`
    : say`the demo service answered ${refusal.status ?? '?'} to ${refusal.path}`;
}
