import {basename} from 'node:path';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {kinOf, type Kin} from '../../io/process/kin.ts';
import {describeProcess, readProcess, sameProcess} from '../../io/process/processes.ts';
import {relationOf} from '../../io/process/relation.ts';
import {isSame} from '../../io/process/identity.ts';

/** What the target's process was while all was well, which tells its relatives after its end. */
export interface Lineage {
  /** Reads the facts of the living process, and which of `holders` of its port descend from it. Call it while the target is healthy. */
  remember(holders: readonly number[]): void;
  /** What a holder of the port is to the target's process; undefined for a stranger, and while nothing is known. */
  kinshipOf(pid: number): Kinship | undefined;
  /** Those of `holders` that the dead process left behind: descendants, or members of the group or session that it led. */
  leftoversAmong(holders: readonly number[]): readonly ProcessIdentity[];
  isKnownDead(): boolean;
  /** Whether a process began when the known one had ended, so that it may be what a restart brought. */
  followed(pid: number): boolean;
  /** Whether the facts of the known process were read. */
  hasFacts(): boolean;
}

/** `parent`: an ancestor, such as a manager that holds the socket for its workers. */
type Kinship = 'parent' | 'leftover' | 'successor';

/** A start time is rounded to 10 ms. */
const ROUNDING_MS = 20;

export function createLineage({
  known,
  aliveAt,
  isUnproven = () => false,
}: {
  /** The target's process, alive or gone. */
  readonly known: () => ProcessIdentity | undefined;
  /** When it was last seen alive, in epoch ms. */
  readonly aliveAt: () => number;
  /** Nothing proves that it may be signalled, so that nothing does of what it left either. */
  readonly isUnproven?: () => boolean;
}): Lineage {
  let kin: Kin | undefined;
  let children: readonly ProcessIdentity[] = [];

  return {
    remember(holders) {
      const identity = known();
      if (!identity || isDead(identity)) return;
      kin = kinOf(identity.pid);
      children = holders.flatMap(pid => {
        const holder = pid === identity.pid ? undefined : kinOf(pid);
        return holder?.ancestors.some(ancestor => isSame(ancestor, identity)) ? [holder] : [];
      });
    },
    kinshipOf(pid) {
      const ours = kinNow();
      const holder = ours && kinOf(pid);
      if (!holder) return undefined;
      if (isLeftover(pid)) return 'leftover';
      const relation = relationOf(ours, holder);
      if (relation === 'line' || relation === 'group')
        return ours.ancestors.some(ancestor => isSame(ancestor, holder)) ||
          [ours.pgid, ours.sid].includes(pid)
          ? 'parent'
          : 'successor';
      return relation !== undefined || isSameProgram(ours, holder) ? 'successor' : undefined;
    },
    leftoversAmong: holders =>
      holders.filter(isLeftover).flatMap(pid => {
        const info = readProcess(pid);
        return info && info.state !== 'zombie' ? [{pid, startKey: info.startKey}] : [];
      }),
    followed(pid) {
      const identity = known();
      const startedAt = describeProcess(pid)?.startedAt;
      return (
        identity !== undefined &&
        startedAt !== undefined &&
        startedAt > aliveAt() - ROUNDING_MS &&
        isDead(identity)
      );
    },
    hasFacts: () => kinNow() !== undefined,
    isKnownDead() {
      const identity = known();
      return identity !== undefined && isDead(identity);
    },
  };

  /** The facts, where they are those of the present process. */
  function kinNow(): Kin | undefined {
    const identity = known();
    return kin && identity && isSame(kin, identity) ? kin : undefined;
  }

  function isLeftover(pid: number): boolean {
    const identity = known();
    if (!identity || isUnproven() || pid === identity.pid || !isDead(identity)) return false;
    const info = readProcess(pid);
    if (!info) return false;
    if (children.some(child => isSame(child, info))) return true;
    if (info.pgid === identity.pid || info.sid === identity.pid) return true;
    // A worker of a script without job control: its master's twin in the same group, from the time when that lived.
    const ours = kinNow();
    return (
      ours !== undefined &&
      info.pgid === ours.pgid &&
      info.ppid !== ours.ancestors[0]?.pid &&
      (describeProcess(pid)?.startedAt ?? Infinity) < aliveAt() - ROUNDING_MS &&
      relationOf(ours, kinOf(pid) ?? ours) === 'program'
    );
  }
}

/**
 * Whether both run the same program of the same user, whatever its arguments. An interpreter is no program of its own: two of its scripts
 * have nothing in common.
 */
export function isSameProgram(a: Kin, b: Kin): boolean {
  return a.uid === b.uid && a.exe !== undefined && a.exe === b.exe && !isInterpreter(a.exe);
}

const INTERPRETERS =
  /^(?:python|pypy|node|nodejs|deno|bun|java|ruby|perl|php|php-cgi|lua|luajit|dotnet|mono|beam\.smp|erl|r|rscript|tclsh|guile|sbcl|julia|bash|sh|dash|zsh|ksh|fish|busybox|nc|ncat|socat)[\d.-]*$/i;

function isInterpreter(exe: string): boolean {
  return INTERPRETERS.test(basename(exe));
}

function isDead(identity: ProcessIdentity): boolean {
  const info = sameProcess(identity);
  return info === undefined || info.state === 'zombie';
}
