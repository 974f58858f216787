import {memoryOf} from '../core/memory.ts';
import type {TargetMemory} from '../core/model/memory.ts';
import type {State} from '../core/model/state.ts';
import {targetsOf} from '../core/targets.ts';
import {memoriesText} from './memory.ts';

/** Builds the text of `run/memory.json` repeatedly, and formats a target's memory only when it changed. */
export function createMemoryText(): (state: State) => string {
  let known: ReadonlyMap<string, Known> = new Map();
  return state => {
    const next = new Map<string, Known>();
    for (const target of targetsOf(state)) {
      const {name} = target.settings;
      const memory = memoryOf(target);
      const before = known.get(name);
      next.set(
        name,
        before && isSame(before.memory, memory) ? before : {memory, text: JSON.stringify(memory)},
      );
    }
    known = next;
    const parts = Array.from(next, ([name, {text}]) => `${JSON.stringify(name)}:${text}`);
    return memoriesText(new Map()).replace(/\{\}(?=\}\n$)/, () => `{${parts.join(',')}}`);
  };
}

interface Known {
  readonly memory: TargetMemory;
  readonly text: string;
}

/** Compares the parts of the state by reference, and the few small parts built for the memory by value. */
function isSame(a: TargetMemory, b: TargetMemory): boolean {
  const keys = Object.keys(a) as ReadonlyArray<keyof TargetMemory>;
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => a[key] === b[key] || (MADE.has(key) && sameText(a[key], b[key])))
  );
}

const MADE: ReadonlySet<keyof TargetMemory> = new Set(['held', 'paused', 'chosen']);

function sameText(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
