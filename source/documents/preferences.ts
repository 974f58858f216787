import {parseJson} from '../format/json.ts';
import {salvaged} from './reading.ts';
import {optional, string, type Fields} from './shape.ts';

/** The program's own memory: the theme chosen last, and the language last asked for on a screen. `conf` writes it. */
export interface Preferences {
  readonly theme?: string;
  readonly language?: string;
}

const fields: Fields<Preferences> = {theme: optional(string), language: optional(string)};

/** Leaves out what cannot be used. */
export function readPreferences(text: string): Preferences {
  return salvaged<Preferences>(parseJson(text), fields, {}).value;
}
