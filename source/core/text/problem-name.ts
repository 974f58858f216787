import type {Text} from '../model/text.ts';
import {message, messageOf} from './message.ts';

/** The name, on a screen, of the part of agent2 that has a problem. The word itself is a key in the status file, the same in every language. */
export function problemName(about: string): Text {
  return about.startsWith(BUG) ? problemName(about.slice(BUG.length)) : (NAMES.get(about) ?? about);
}

/** Before the name of the part that threw (`runtime/unexpected.ts`). */
const BUG = 'bug:';

const NAMES: ReadonlyMap<string, Text> = new Map([
  ['card', message`its published files`],
  ['config', message`config`],
  ['config place', message`config`],
  ['checks', message`checks`],
  ['config watch', message`config watch`],
  ['control', message`control socket`],
  ['demo', message`demo`],
  ['decisions', message`decisions`],
  ['disk', message`disk`],
  ['evidence', message`evidence`],
  ['fixes', message`fixes`],
  ['log', message`log`],
  ['look', message`look`],
  ['memory', messageOf('trouble')`memory`],
  ['preferences', message`preferences`],
  ['recording', message`recording`],
  ['restart_signal', message`restart_signal`],
  ['screen', message`screen`],
  ['state directory', message`state directory`],
  ['status file', message`status file`],
  ['watch', message`watch`],
]);
