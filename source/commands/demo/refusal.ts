import {say} from '../../core/text/say.ts';
import type {DemoRefusal} from '../../demo/client.ts';

/** Why the demo service was not broken, for people. */
export function refusalText(refusal: DemoRefusal): string {
  return 'error' in refusal
    ? say`the demo service did not take ${refusal.path}: ${refusal.error}`
    : say`the demo service answered ${refusal.status ?? '?'} to ${refusal.path}`;
}
