import type {ProcessIdentity} from '../../core/model/observation.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {withTry} from '../../format/try-text.ts';
import {isSame} from '../../io/process/identity.ts';
import {kinOf, type Kin} from '../../io/process/kin.ts';
import {describeProcess} from '../../io/process/processes.ts';
import {relationOf} from '../../io/process/relation.ts';
import type {KnownProcess} from './known-process.ts';
import type {Lineage} from './lineage.ts';

/** Whether a process that a pid file names can be the next run of a service that was known before. */
export interface Succession {
  /** Whether it can: always where no process proved to be the service. It reads the facts of each process once. */
  fits(identity: ProcessIdentity): boolean;
  /** Whether it cannot, and is older than the service or runs another program: then its number in the file is no sign of a restart either. */
  isBystander(identity: ProcessIdentity): boolean;
  /** Why it cannot, as a sentence. `lives`: the known process still runs. */
  objection(identity: ProcessIdentity, lives: boolean): Text | undefined;
}

/** A start time is rounded: to 10 ms on Linux, to seconds elsewhere. */
const ROUNDING_MS = process.platform === 'linux' ? 20 : 1_000;

interface Verdict {
  readonly of: ProcessIdentity;
  readonly after: ProcessIdentity;
  readonly fits: boolean;
  readonly isBystander: boolean;
  /** One that agent2 descends from, too. */
  readonly isAncestor: boolean;
  readonly command: string;
}

export function createSuccession({
  path,
  known,
  kinshipOf,
}: {
  readonly path: string;
  readonly known: KnownProcess;
  readonly kinshipOf: Lineage['kinshipOf'];
}): Succession {
  let last: Verdict | undefined;

  return {
    fits: identity => verdictOn(identity)?.fits ?? true,
    isBystander: identity => verdictOn(identity)?.isBystander ?? false,
    objection(identity, lives) {
      const verdict = verdictOn(identity);
      if (!verdict || verdict.fits) return undefined;
      const {after, command, isAncestor} = verdict;
      return withTry(
        isAncestor
          ? message`pid file ${path} names process ${identity.pid} (${command}), an ancestor of process ${after.pid} and of agent2 as well: agent2 signals no process because of that file`
          : lives && isSame(known.info, after)
            ? message`pid file ${path} names process ${identity.pid} (${command}), which is no relative of process ${after.pid}, and that still runs: agent2 signals no process because of that file`
            : message`pid file ${path} names process ${identity.pid} (${command}), which is older than the end of process ${after.pid} and no relative of it: agent2 signals no process because of that file`,
        `ps -o lstart,args -p ${identity.pid}`,
      );
    },
  };

  function verdictOn(identity: ProcessIdentity): Verdict | undefined {
    const {proven} = known;
    if (!proven || isSame(proven, identity)) return undefined;
    if (last && isSame(last.of, identity) && isSame(last.after, proven)) return last;
    const description = describeProcess(identity.pid);
    const kin = kinOf(identity.pid);
    if (!description || !kin) return undefined;
    const {startedAt, command} = description;
    const isOlder = startedAt < proven.startedAt;
    const fits = startedAt >= proven.aliveAt - ROUNDING_MS || isRelative(kin, isOlder);
    const isBystander = !fits && (isOlder || !runsProgramOf(kin, proven));
    const isAncestor = kinOfProven(proven)?.ancestors.some(({pid}) => pid === kin.pid) ?? false;
    last = {of: identity, after: proven, fits, isBystander, isAncestor, command};
    return last;
  }

  /** One that runs the same program is the next run only when it is younger: an older one is another instance. */
  function isRelative(candidate: Kin, isOlder: boolean): boolean {
    const relations = known.kins.map(kin => relationOf(kin, candidate));
    if (relations.some(relation => relation !== undefined && relation !== 'program')) return true;
    const kinship = kinshipOf(candidate.pid);
    if (kinship === 'leftover' || kinship === 'parent') return true;
    return !isOlder && (kinship !== undefined || relations.includes('program'));
  }

  /** Whether it has the same executable, be that an interpreter, as the next release of a service has. */
  function runsProgramOf(candidate: Kin, service: ProcessIdentity): boolean {
    const exe = kinOfProven(service)?.exe;
    return exe !== undefined && exe === candidate.exe;
  }

  function kinOfProven(service: ProcessIdentity): Kin | undefined {
    return known.kins.find(kin => isSame(kin, service));
  }
}
