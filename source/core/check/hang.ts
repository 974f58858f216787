import type {HangKind} from '../model/fault.ts';
import type {Text} from '../model/text.ts';
import {message} from '../text/message.ts';

/** What two looks at a service showed while its answer was late: one before the time limit, one at it. */
export interface HangLook {
  /** Between the looks. */
  readonly overMs: number;
  /** Where our request is at the second look. */
  readonly request: 'unaccepted' | 'unread' | 'read';
  /** How many connections wait to be accepted, for each socket that listens on the address; at the second look. */
  readonly queues: readonly number[];
  /** Between the looks the service accepted or answered another connection. */
  readonly serves: boolean;
  /** A second request on a connection of its own stayed unanswered too. */
  readonly repeated: boolean;
  /** The CPU time of all processes of the service between the looks. */
  readonly cpuMs: number;
  /** The threads of all processes that could accept the connection, at the second look. */
  readonly threads: readonly ThreadLook[];
  /** The shares of the last ten seconds, 0 to 1, in which all work of the machine waited for disks, or for memory. */
  readonly pressure: {readonly io: number; readonly memory: number};
}

export interface ThreadLook {
  /** The first thread of its process. */
  readonly main: boolean;
  /** The kernel's letter: S sleeps, R runs or wants to, D waits for a disk, T is stopped. */
  readonly state: string;
  /** The kernel function that it sleeps in; empty where the kernel hides it. */
  readonly channel: string;
  /** It ran between the looks, however shortly. */
  readonly ran: boolean;
}

/** The kind of a hang, and how it shows: a clause that follows `no response within 5.0 s`. */
export interface Hang {
  readonly kind: HangKind;
  readonly text: Text;
}

/** Less than that is housekeeping: timers, statistics, a sleeping garbage collector. */
const IDLE_SHARE = 0.02;
/** Two ticks of the kernel's clock: one may belong to the time before. */
const IDLE_MS = 20;
const PRESSED = {io: 0.4, memory: 0.2};

/**
 * Tells the kinds of a hang apart. `idle` is a deadlock, so it needs proof: the request is not even read, nothing else is served, no thread runs or
 * waits for data of others, and the machine itself is not short of anything. Undefined when the looks prove nothing.
 */
export function hangOf(look: HangLook): Hang | undefined {
  const {overMs, request, cpuMs, threads, queues} = look;
  const share = Math.round((cpuMs / overMs) * 100);
  const busy = cpuMs > Math.max(IDLE_MS, overMs * IDLE_SHARE);
  if (request === 'read')
    return busy
      ? {kind: 'busy', text: message`the request was read, ${share} % of a CPU is used`}
      : {
          kind: 'waits',
          text: message`the request was read and no CPU is used: it waits for something`,
        };
  if (look.serves) return undefined;
  if (busy)
    return {kind: 'busy', text: message`nobody accepts or reads, ${share} % of a CPU is used`};
  if (threads.some(({main, state}) => main && state === 'R'))
    return {kind: 'busy', text: message`nobody accepts or reads, the process waits for a CPU`};
  if (isPressed(look.pressure) || threads.length === 0 || !threads.every(isAsleep))
    return undefined;
  const waiting = threads.find(waitsForOthers);
  if (waiting)
    return {
      kind: 'waits',
      text: message`nobody accepts or reads while the process waits for something else (${waiting.channel})`,
    };
  // Where several sockets listen, a worker with an empty queue may be well.
  const alone = request === 'unaccepted' ? queues.every(waiting => waiting > 0) : look.repeated;
  if (!alone) return undefined;
  const channel = threads.find(({main}) => main)?.channel ?? '';
  return {
    kind: 'idle',
    text: message`nobody accepts or reads and no CPU is used (${channel}): a deadlock`,
  };
}

function isPressed({io, memory}: HangLook['pressure']): boolean {
  return io >= PRESSED.io || memory >= PRESSED.memory;
}

/**
 * Sleeps in a known place of the kernel, and was not put there by a freezer of containers. On a machine without a free CPU a thread wants to run
 * (R) or has run, so a first thread that did neither is not short of CPU.
 */
function isAsleep({main, state, channel, ran}: ThreadLook): boolean {
  return state === 'S' && channel !== '' && !/freez|refrigerat/.test(channel) && !(main && ran);
}

/**
 * The first thread of a process sleeps without a reason of its own only on a lock, or because it told itself to; anywhere else it waits for an event: an
 * event loop that sleeps is well, and does not accept because the service is full. Other threads often wait for events, and count only when they
 * wait for data of one peer.
 */
function waitsForOthers({main, channel}: ThreadLook): boolean {
  return main ? !OWN_SLEEP.test(channel) : FOR_DATA.test(channel);
}

const OWN_SLEEP = /futex|nanosleep|sys_pause|sigsuspend|sigtimedwait|semop|semtimedop|do_sem/;
const FOR_DATA =
  /poll_schedule|do_poll|do_select|wait_woken|sk_wait|skb_wait|skb_recv|inet_stream_connect|unix_stream|pipe_read|pipe_write|^do_wait$|wait_for_partner|lock_inode_wait|setlk|msgrcv|rpc_|nfs|fuse/;
