import type {Text} from '../model/text.ts';
import {message} from './message.ts';

/** The name of an evidence fact on a screen. The label itself is the same in every language, since it is stored and recognised. */
export function evidenceLabel(label: string): Text {
  return LABELS.get(label) ?? label;
}

const LABELS: ReadonlyMap<string, Text> = new Map([
  ['command', message`command`],
  ['cpu', message`cpu`],
  ['disk of its directory', message`disk of its directory`],
  ['disk of the log', message`disk of the log`],
  ['disk of the state', message`disk of the state`],
  ['exit', message`ended with`],
  ['fds', message`fds`],
  ['killed for memory', message`killed for memory`],
  ['log', message`log`],
  ['memory', message`memory`],
  ['memory limit', message`memory limit`],
  ['memory of the machine', message`memory of the machine`],
  ['network', message`network`],
  ['owner', message`owner`],
  ['port', message`port`],
  ['pressure', message`pressure`],
  ['process', message`process`],
  ['response', message`response`],
  ['state', message`state`],
  ['threads', message`threads`],
  ['waiting in', message`waiting in`],
]);
