import {memoryOf} from '../core/memory.ts';
import type {TargetMemory} from '../core/model/memory.ts';
import type {State} from '../core/model/state.ts';
import {changesBetween, targetsOf} from '../core/targets.ts';
import {memoriesText} from './memory.ts';

/** Builds the text of `run/memory.json` repeatedly, and formats a target's memory only when it changed. */
export function createMemoryText(): (state: State) => string {
  let before: State | undefined;
  let known = new Map<string, Known>();
  return state => {
    if (before?.targets.places === state.targets.places)
      for (const {is} of changesBetween(before, state))
        known.set(is.settings.name, knownOf(memoryOf(is), known.get(is.settings.name)));
    else
      known = new Map(
        targetsOf(state).map(target => {
          const {name} = target.settings;
          return [name, knownOf(memoryOf(target), known.get(name))];
        }),
      );
    before = state;
    const parts = Array.from(
      known,
      ([name, {memory, text}]) => `${JSON.stringify(name)}:${text ?? JSON.stringify(memory)}`,
    );
    return memoriesText(new Map()).replace(/\{\}(?=\}\n$)/, () => `{${parts.join(',')}}`);
  };
}

interface Known {
  readonly memory: TargetMemory;
  /** Missing where it is long, since the evidence of its incidents would be kept twice. */
  readonly text: string | undefined;
}

const LONGEST_KEPT = 8_192;

function knownOf(memory: TargetMemory, before: Known | undefined): Known {
  if (before && isSame(before.memory, memory)) return before;
  const text = JSON.stringify(memory);
  return {memory, text: text.length > LONGEST_KEPT ? undefined : text};
}

/** Compares what comes from the state by reference, and the small parts that `memoryOf` builds anew by value. */
function isSame(a: TargetMemory, b: TargetMemory): boolean {
  const keys = Object.keys(a) as ReadonlyArray<keyof TargetMemory>;
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => a[key] === b[key] || (BUILT_ANEW.has(key) && sameText(a[key], b[key])))
  );
}

const BUILT_ANEW: ReadonlySet<keyof TargetMemory> = new Set(['held', 'paused', 'chosen']);

function sameText(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
