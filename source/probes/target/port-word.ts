import type {PortWord} from '../../core/model/observation.ts';
import {findListener, type Listener} from '../../io/net/listeners.ts';
import {kinOf, type Kin} from '../../io/process/kin.ts';
import {sameProcess} from '../../io/process/processes.ts';
import {relationOf, type Relation} from '../../io/process/relation.ts';

/** The port of a target, for the question who holds it. */
export interface TargetPort {
  readonly port: number;
  /** The address of its clients. */
  readonly host?: () => string;
}

/** The holder of a port beside a process of the target. */
export interface Holding {
  readonly word: PortWord;
  readonly listener?: Listener;
  /** The holder that is the process itself or a relative. */
  readonly relative?: number;
}

/**
 * Who holds the port, seen from a process and its relatives (`kins`, living or remembered). Another run of the same program is a
 * relative only of one that has ended: two that live are two instances. Reads every process.
 */
export async function askPort(
  {port, host}: TargetPort,
  kins: readonly Kin[],
  signal: AbortSignal,
): Promise<Holding> {
  const listener = await findListener(port, {host: host?.(), signal});
  if (!listener) return {word: 'nobody'};
  // Init only keeps the socket for a service.
  const pids = listener.pids.filter(pid => pid !== 1);
  if (pids.length === 0) return {word: 'hidden', listener};
  const us = kinOf(process.pid);
  for (const pid of pids) {
    const holder = kinOf(pid);
    const [kin, relation] = (holder && nearest(holder, kins, us)) ?? [];
    if (!kin) continue;
    return {
      word: relation === 'same' && kin === kins[0] ? 'same' : 'relative',
      listener,
      relative: pid,
    };
  }
  return {word: 'stranger', listener};
}

function nearest(
  holder: Kin,
  kins: readonly Kin[],
  us: Kin | undefined,
): readonly [Kin, Relation] | undefined {
  for (const kin of kins) {
    const relation = relationOf(kin, holder, us);
    if (relation === undefined || (relation === 'program' && isAlive(kin))) continue;
    return [kin, relation];
  }
  return undefined;
}

function isAlive({pid, startKey}: Kin): boolean {
  const now = sameProcess({pid, startKey});
  return now !== undefined && now.state !== 'zombie';
}
