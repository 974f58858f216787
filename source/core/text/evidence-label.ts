import {say} from './say.ts';

/** What a fact of the evidence is called on a screen. Its label stays the same word in every language, since it is kept and recognised by it. */
export function evidenceLabel(label: string): string {
  return LABELS.get(label)?.() ?? label;
}

const LABELS: ReadonlyMap<string, () => string> = new Map([
  ['command', () => say`command`],
  ['cpu', () => say`cpu`],
  ['disk of its directory', () => say`disk of its directory`],
  ['disk of the log', () => say`disk of the log`],
  ['disk of the state', () => say`disk of the state`],
  ['exit', () => say`ended with`],
  ['fds', () => say`fds`],
  ['killed for memory', () => say`killed for memory`],
  ['log', () => say`log`],
  ['memory', () => say`memory`],
  ['memory limit', () => say`memory limit`],
  ['owner', () => say`owner`],
  ['port', () => say`port`],
  ['process', () => say`process`],
  ['response', () => say`response`],
  ['state', () => say`state`],
  ['threads', () => say`threads`],
  ['waiting in', () => say`waiting in`],
]);
