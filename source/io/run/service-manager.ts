import type {Text} from '../../core/model/text.ts';
import {message, sameText, joined} from '../../core/text/message.ts';
import {capture} from './capture.ts';

/** The service manager's settings from the environment (sd_notify(3)): where it listens, and the interval of its watchdog. */
export interface NotifyEnvironment {
  readonly socket: string;
  readonly watchdogMs?: number;
}

/**
 * Reads and removes the variables: a service or command started by agent2 would otherwise speak in its name. Undefined without a listener, or when
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

/** The possible messages, in the words of sd_notify(3). */
export type Message = Readonly<
  Partial<Record<'READY' | 'STATUS' | 'WATCHDOG' | 'STOPPING', string>>
>;

export interface Notifier {
  /** Sends it soon. Combines messages that arrive while one is being sent, the last value of each kind. */
  say(message: Message): void;
  /** Resolves when every message was sent or has failed. */
  settled(): Promise<void>;
}

const SEND_MS = 10_000;

/**
 * Node cannot write to unix datagram sockets, so the program systemd-notify does it. `onProblem` receives the reason of a
 * failure, and nothing once it works again.
 */
export function createNotifier(
  {socket}: NotifyEnvironment,
  onProblem: (text: Text | undefined) => void,
): Notifier {
  let waiting: Message | undefined;
  let sending: Promise<void> | undefined;
  let problem: Text | undefined;

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

  function report(text: Text | undefined): void {
    if (sameText(text, problem)) return;
    problem = text;
    onProblem(text);
  }
}

/** The error, or undefined. With `--pid` the message counts as agent2's own, and so does the pid of the service. */
async function send(socket: string, {READY: ready, ...rest}: Message): Promise<Text | undefined> {
  const words = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
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
  const how = end.kind === 'exited' ? message`exit code ${end.code}` : end.kind;
  return joined(['systemd-notify', said || how], ': ');
}
