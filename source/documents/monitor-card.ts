import {parseJson} from '../format/json.ts';
import {salvaged} from './reading.ts';
import {list, number, optional, pid, string, type Fields} from './shape.ts';

/** What a monitor says of itself beside its pid file, so that a left-over file whose pid was reused, in this boot or after another one, is recognised. */
export interface MonitorCard extends CardText {
  readonly pid: number;
  /** Its kernel start time with the boot that this counts from; missing only where the platform does not tell. */
  readonly startKey?: string;
}

export interface CardText {
  /** The names of what it watches. */
  readonly targets: readonly string[];
  /** What it was asked to watch, and how, in one short text: the same for the same words. */
  readonly asked?: string;
  readonly version?: string;
  /** How long an orderly end of it may take, in ms. */
  readonly endMs?: number;
}

const fields: Fields<MonitorCard> = {
  pid,
  startKey: optional(string),
  targets: list(string),
  asked: optional(string),
  version: optional(string),
  endMs: optional(number),
};

export function monitorCardText(card: MonitorCard): string {
  return JSON.stringify(card);
}

/** The card of the process `pid`; undefined for one that was cut short or is another's. Whatever else it says, a monitor of any version is known by its pid and start. */
export function readMonitorCard(text: string, pid: number): MonitorCard | undefined {
  const {value} = salvaged(parseJson(text), fields, {pid: 0, targets: []});
  return value.pid === pid ? value : undefined;
}
