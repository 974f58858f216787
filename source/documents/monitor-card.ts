import {parseJson} from '../format/json.ts';
import {salvaged} from './reading.ts';
import {list, number, optional, pid, string, type Fields} from './shape.ts';

/** The identity of a monitor, next to its pid file, so that a leftover file with a reused pid, in this boot or after another one, is recognised. */
export interface MonitorCard extends CardText {
  readonly pid: number;
  /** Its kernel start time with the boot that this counts from; missing only where the platform does not provide it. */
  readonly startKey?: string;
  /** Where pid and start count: the name of the machine, its boot, and the pid namespace. Missing in the card of an older version. */
  readonly host?: string;
  readonly boot?: string;
  readonly pidNamespace?: string;
}

export interface CardText {
  /** The names of its targets. */
  readonly targets: readonly string[];
  /** A short text of its targets and settings: equal for equal command lines. */
  readonly asked?: string;
  readonly version?: string;
  /** The time that its clean end may take, in ms. */
  readonly endMs?: number;
}

const fields: Fields<MonitorCard> = {
  pid,
  startKey: optional(string),
  host: optional(string),
  boot: optional(string),
  pidNamespace: optional(string),
  targets: list(string),
  asked: optional(string),
  version: optional(string),
  endMs: optional(number),
};

export function monitorCardText(card: MonitorCard): string {
  return JSON.stringify(card);
}

/** The card of the process `pid`; undefined for a truncated or foreign one. Pid and start identify a monitor of any version. */
export function readMonitorCard(text: string, pid: number): MonitorCard | undefined {
  const {value} = salvaged(parseJson(text), fields, {pid: 0, targets: []});
  return value.pid === pid ? value : undefined;
}
