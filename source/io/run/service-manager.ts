import {say} from '../../core/text/say.ts';
import {capture} from './capture.ts';

/** What a service manager told us in our environment (sd_notify(3)): where it listens, and how often it wants to hear of us. */
export interface NotifyEnvironment {
  readonly socket: string;
  readonly watchdogMs?: number;
}

/**
 * Reads it and takes it away: a service or a command that we start would otherwise speak in our name. Undefined where nobody listens, or where
 * the watchdog is meant for another process.
 */
export function takeNotifyEnvironment(env: NodeJS.ProcessEnv): NotifyEnvironment | undefined {
  const {NOTIFY_SOCKET: socket, WATCHDOG_USEC: microseconds, WATCHDOG_PID: pid} = env;
  for (const name of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID']) delete env[name];
  if (!socket) return undefined;
  const ours =
    microseconds !== undefined &&
    /^\d{1,15}$/.test(microseconds) &&
    Number(microseconds) > 0 &&
    (pid === undefined || Number(pid) === process.pid);
  return {socket, ...(ours ? {watchdogMs: Number(microseconds) / 1_000} : {})};
}

/** What can be said of us, in the words of sd_notify(3). */
export type Message = Readonly<
  Partial<Record<'READY' | 'STATUS' | 'WATCHDOG' | 'STOPPING', string>>
>;

export interface Notifier {
  /** Says it soon. What is said while a message is under way goes together into the next one, the last word of each kind. */
  say(message: Message): void;
  /** Resolves when all that was said has been sent, or could not be. */
  settled(): Promise<void>;
}

const SEND_MS = 10_000;

/**
 * Node cannot write to unix datagram sockets, so that the program systemd-notify does it. `onProblem` hears why something could not be
 * said, and nothing once it can.
 */
export function createNotifier(
  {socket}: NotifyEnvironment,
  onProblem: (text: string | undefined) => void,
): Notifier {
  let waiting: Message | undefined;
  let sending: Promise<void> | undefined;
  let problem: string | undefined;

  return {
    say(message) {
      waiting = {...waiting, ...message};
      sending ??= sendAll();
    },
    settled: async () => sending,
  };

  async function sendAll(): Promise<void> {
    while (waiting) {
      const message = waiting;
      waiting = undefined;
      report(await send(socket, message));
    }
    sending = undefined;
  }

  function report(text: string | undefined): void {
    if (text === problem) return;
    problem = text;
    onProblem(text);
  }
}

/** What went wrong, or undefined. With `--pid` the message counts as ours, and so does the pid of the service. */
async function send(
  socket: string,
  {READY: ready, ...message}: Message,
): Promise<string | undefined> {
  const words = Object.entries(message).map(([name, value]) => `${name}=${value}`);
  const {end, output} = await capture({
    argv: [
      'systemd-notify',
      `--pid=${process.pid}`,
      ...(ready === undefined ? [] : ['--ready']),
      ...words,
    ],
    env: {PATH: process.env.PATH, NOTIFY_SOCKET: socket},
    timeoutMs: SEND_MS,
  });
  if (end.kind === 'exited' && end.code === 0) return undefined;
  if (end.kind === 'not-started') return end.text;
  const said = output.toString().trim().split('\n')[0] ?? '';
  return `systemd-notify: ${said || (end.kind === 'exited' ? say`exit code ${end.code}` : end.kind)}`;
}
