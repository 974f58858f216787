import type {ProcessIdentity} from '../../core/model/observation.ts';
import {describeProcess, processAncestors, readProcess} from './processes.ts';
import {controlGroups, programFile, startWords} from './process-surroundings.ts';
import {ownUnit} from './unit-of.ts';

/**
 * What tells the relatives of a process. Read while it lives and kept, it tells them after its death too.
 * A fact that is hidden from us is missing, and proves nothing.
 */
export interface Kin extends ProcessIdentity {
  readonly pgid: number;
  readonly sid: number;
  readonly uid: number;
  /** The parent, its parent and so on, nearest first, without init. */
  readonly ancestors: readonly Ancestor[];
  /** The service or container that the process belongs to, as its control group names it. */
  readonly unit?: string;
  /** The file of the program. */
  readonly exe?: string;
  /** The command line; a process may have replaced it by a title. */
  readonly words: readonly string[];
  readonly cwd?: string;
}

interface Ancestor extends ProcessIdentity {
  readonly unit?: string;
}

/** Undefined when the process is gone or hidden. A dozen reads of `/proc`: not for every check. */
export function kinOf(pid: number): Kin | undefined {
  const info = readProcess(pid);
  const description = info && describeProcess(pid);
  if (!description) return undefined;
  const {words, cwd} = startWords(pid) ?? {words: [description.command]};
  return {
    pid,
    startKey: info.startKey,
    pgid: info.pgid,
    sid: info.sid,
    uid: description.uid,
    ancestors: processAncestors(pid)
      .filter(ancestor => ancestor.pid !== 1)
      .map(({pid: of, startKey}) => ({pid: of, startKey, unit: unitOf(of)})),
    unit: unitOf(pid),
    exe: programFile(pid),
    words,
    cwd,
  };
}

function unitOf(pid: number): string | undefined {
  return ownUnit(controlGroups(pid) ?? '');
}
