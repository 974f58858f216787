import {join} from 'node:path';
import {EXIT, UsageError} from '../contracts/command.ts';
import {emptyMemory, memoryOf} from '../core/memory.ts';
import {targetsOf} from '../core/targets.ts';
import {type TargetMemory} from '../core/model/memory.ts';
import type {State} from '../core/model/state.ts';
import {say} from '../core/text/say.ts';
import {memoriesFrom} from '../documents/memory.ts';
import {rememberedFixes} from '../documents/status.ts';
import {readIfThere} from '../io/files/atomic-file.ts';
import {errorText} from '../io/error-code.ts';

/** Private to agent2, beside the lock. */
export function memoryPath(stateDir: string): string {
  return join(stateDir, 'run', 'memory.json');
}

/** What is known of targets from before: from an earlier run, and of those that left the config. */
export interface Memories {
  of(target: string): TargetMemory | undefined;
  /** A target that leaves and comes back is still the one with these fixes and that budget. */
  keep(state: State): void;
}

export function openMemories(
  stateDir: string,
  statusPath: string,
  names: readonly string[],
): Memories {
  const memories = new Map(recall(stateDir, statusPath, names));
  return {
    of: target => memories.get(target),
    keep(state) {
      for (const target of targetsOf(state)) memories.set(target.settings.name, memoryOf(target));
    },
  };
}

/** What an earlier run remembered of each target; without such a file the fixes in the status file, which may be AgentOS's own. */
export function recall(
  stateDir: string,
  statusPath: string,
  names: readonly string[],
): ReadonlyMap<string, TargetMemory> {
  const memories = memoriesFrom(read(memoryPath(stateDir)));
  if (memories) return memories;
  const status = read(statusPath);
  return new Map(names.map(name => [name, {...emptyMemory, fixes: rememberedFixes(status, name)}]));
}

function read(path: string): string {
  try {
    return readIfThere(path) ?? '';
  } catch (error) {
    throw new UsageError(
      say`${path} cannot be read (${errorText(error)}); correct it or choose another place: --state-dir DIR`,
      EXIT.failed,
    );
  }
}
