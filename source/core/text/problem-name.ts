import {say, sayOf} from './say.ts';

/** What of our own has a trouble, as it is called on a screen. The word itself is the same in every language: it is a key in the status file. */
export function problemName(about: string): string {
  return NAMES.get(about)?.() ?? about;
}

const NAMES: ReadonlyMap<string, () => string> = new Map([
  ['card', () => say`what others read of it`],
  ['config', () => say`config`],
  ['config place', () => say`config`],
  ['config watch', () => say`config watch`],
  ['control', () => say`control socket`],
  ['demo', () => say`demo`],
  ['evidence', () => say`evidence`],
  ['log', () => say`log`],
  ['look', () => say`look`],
  ['memory', () => sayOf('trouble')`memory`],
  ['preferences', () => say`preferences`],
  ['recording', () => say`recording`],
  ['restart_signal', () => say`restart_signal`],
  ['state directory', () => say`state directory`],
  ['status file', () => say`status file`],
  ['watch', () => say`watch`],
]);
