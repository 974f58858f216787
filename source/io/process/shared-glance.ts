import type {ProcessIdentity} from '../../core/model/observation.ts';
import type {Glance} from './process-info.ts';

interface Shared {
  readonly look: Glance;
  users: number;
  /** The reading of this turn of the loop. */
  seen?: {readonly state: ReturnType<Glance['state']>};
}

const open = new Map<string, Shared>();
let seen: Shared[] = [];

/**
 * A shared reader of a process: all users share one open file, and one read of it in a turn of the loop. `openOwn` opens it for
 * the first user; undefined where it finds no process.
 */
export function sharedGlance(
  {pid, startKey}: ProcessIdentity,
  openOwn: () => Glance | undefined,
): Glance | undefined {
  const key = `${pid} ${startKey}`;
  const shared = open.get(key) ?? begin(key, openOwn());
  if (!shared) return undefined;
  shared.users++;
  let isClosed = false;
  return {
    state: () => seeOnce(shared),
    close() {
      if (isClosed) return;
      isClosed = true;
      if (--shared.users > 0) return;
      shared.look.close();
      if (open.get(key) === shared) open.delete(key);
    },
  };
}

function begin(key: string, look: Glance | undefined): Shared | undefined {
  if (!look) return undefined;
  const shared = {look, users: 0};
  open.set(key, shared);
  return shared;
}

function seeOnce(shared: Shared): ReturnType<Glance['state']> {
  if (shared.users === 1) return shared.look.state();
  shared.seen ??= see(shared);
  return shared.seen.state;
}

function see(shared: Shared): NonNullable<Shared['seen']> {
  const state = shared.look.state();
  if (seen.length === 0) queueMicrotask(forgetSeen);
  seen.push(shared);
  return {state};
}

/** Runs before the loop turns again: a reading is never older than its turn. */
function forgetSeen(): void {
  const all = seen;
  seen = [];
  for (const shared of all) shared.seen = undefined;
}
