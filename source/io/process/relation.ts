import {isSame} from './identity.ts';
import {kinOf, type Kin} from './kin.ts';

/**
 * How two processes are relatives. `same`: one process. `line`: one is an ancestor of the other. `group`: one leads, or led, the
 * process group or session of the other. `unit`: both belong to one service or container of their own. `program`: the same program,
 * started the same way by the same user: a restart of it, or another instance, so nothing to signal it for.
 */
export type Relation = 'same' | 'line' | 'group' | 'unit' | 'program';

/** Whether two processes, living or remembered, are relatives (see `relationOf`). Unknown processes are none. */
export function areRelatives(a: number | Kin, b: number | Kin): boolean {
  const [one, other] = [a, b].map(process =>
    typeof process === 'number' ? kinOf(process) : process,
  );
  return one !== undefined && other !== undefined && relationOf(one, other) !== undefined;
}

/**
 * The nearest relation of two processes, undefined for strangers. The ancestors of `us`, agent2's own process, and its unit prove
 * nothing: a login shell, a supervisor or a container also has processes that are none of the service's.
 */
export function relationOf(a: Kin, b: Kin, us = kinOf(process.pid)): Relation | undefined {
  if (isSame(a, b)) return 'same';
  const common = us ? [us, ...us.ancestors] : [];
  const heads = [
    {head: a, other: b},
    {head: b, other: a},
  ].filter(({head}) => !common.some(ours => isSame(ours, head)));
  if (heads.some(({head, other}) => other.ancestors.some(ancestor => isSame(ancestor, head))))
    return 'line';
  if (a.pid !== b.pid && heads.some(({head, other}) => [other.pgid, other.sid].includes(head.pid)))
    return 'group';
  if (a.unit !== undefined && a.unit === b.unit && a.unit !== us?.unit && !haveManager(a, b))
    return 'unit';
  return isSameProgram(a, b) ? 'program' : undefined;
}

/** Two services of one manager (supervisor, pm2, cron) are in its unit, and yet strangers. */
function haveManager(a: Kin, b: Kin): boolean {
  // One that moved to another unit between the two looks counts in either.
  return a.ancestors.some(one =>
    b.ancestors.some(other => isSame(one, other) && [one.unit, other.unit].includes(a.unit)),
  );
}

function isSameProgram(a: Kin, b: Kin): boolean {
  return (
    a.uid === b.uid &&
    !isNameless(a) &&
    a.exe === b.exe &&
    a.words.length === b.words.length &&
    a.words.every((word, index) => word === b.words[index]) &&
    (a.cwd === b.cwd || isAbsolute(a.words))
  );
}

/** A zombie has no command line any more. */
function isNameless({words: [word = '[']}: Kin): boolean {
  return word.startsWith('[');
}

/** The same words mean another program in another directory, unless the first of them that is no option is a whole path. */
function isAbsolute([, ...words]: readonly string[]): boolean {
  return words.find(word => !word.startsWith('-'))?.startsWith('/') ?? false;
}
