import type {Text} from '../model/text.ts';
import {message, messageOf} from './message.ts';

/** The name of a problem of agent2's own on a screen. The word itself is the same in every language: it is a key in the status file. */
export function problemName(about: string): Text {
  return NAMES.get(about) ?? about;
}

const NAMES: ReadonlyMap<string, Text> = new Map([
  ['card', message`its published files`],
  ['config', message`config`],
  ['config place', message`config`],
  ['config watch', message`config watch`],
  ['control', message`control socket`],
  ['demo', message`demo`],
  ['evidence', message`evidence`],
  ['log', message`log`],
  ['look', message`look`],
  ['memory', messageOf('trouble')`memory`],
  ['preferences', message`preferences`],
  ['recording', message`recording`],
  ['restart_signal', message`restart_signal`],
  ['state directory', message`state directory`],
  ['status file', message`status file`],
  ['watch', message`watch`],
]);
