import {memoryOf} from '../core/memory.ts';
import {type TargetMemory} from '../core/model/memory.ts';
import type {State} from '../core/model/state.ts';
import {isRecord, parseJson} from '../format/json.ts';
import {targetsOf} from '../core/targets.ts';

const VERSION = 1;

/** The text of `run/memory.json`: what every target has to know of itself after a restart of agent2. */
export function memoryText(state: State): string {
  return memoriesText(memoriesOf(state));
}

export function memoriesOf(state: State): ReadonlyMap<string, TargetMemory> {
  return new Map(targetsOf(state).map(target => [target.settings.name, memoryOf(target)]));
}

/** The same of what was read from such a file; `more` says something beside it. */
export function memoriesText(
  memories: ReadonlyMap<string, TargetMemory>,
  more: Readonly<Record<string, unknown>> = {},
): string {
  return `${JSON.stringify({version: VERSION, ...more, targets: Object.fromEntries(memories)})}\n`;
}

/** What an earlier run remembered, by target; undefined when the text is no such file, or one of another version. */
export function memoriesFrom(text: string): ReadonlyMap<string, TargetMemory> | undefined {
  const document = parseJson(text);
  if (!isRecord(document) || document.version !== VERSION || !isRecord(document.targets))
    return undefined;
  return new Map(
    Object.entries(document.targets).flatMap(([name, memory]) =>
      isMemory(memory) ? [[name, asAsked(endless(memory))] as const] : [],
    ),
  );
}

function isMemory(value: unknown): value is TargetMemory {
  return (
    isRecord(value) &&
    Array.isArray(value.fixes) &&
    Array.isArray(value.attemptTimes) &&
    Array.isArray(value.incidents) &&
    isRecord(value.ledger) &&
    typeof value.attempts === 'number' &&
    typeof value.incidentCount === 'number'
  );
}

/** What people asked for is left away where the file does not say it properly, as one of another version might not. */
function asAsked({paused, chosen, ...memory}: TargetMemory): TargetMemory {
  return {...memory, ...(isPause(paused) ? {paused} : {}), ...(isChoice(chosen) ? {chosen} : {})};
}

function isPause(value: unknown): boolean {
  return isRecord(value) && (value.untilAt === undefined || typeof value.untilAt === 'number');
}

function isChoice(value: unknown): boolean {
  return isSetting(value) && isRecord(value) && isSetting(value.configured);
}

function isSetting(value: unknown): boolean {
  return (
    isRecord(value) && typeof value.preset === 'string' && typeof value.observing === 'boolean'
  );
}

/** JSON has no infinity: what is held until somebody frees a port has no next attempt. */
function endless(memory: TargetMemory): TargetMemory {
  const {held} = memory;
  return held && typeof held.nextAttemptAt !== 'number'
    ? {...memory, held: {...held, nextAttemptAt: Infinity}}
    : memory;
}
