import type {Text} from '../core/model/text.ts';
import {join} from 'node:path';
import type {FixContext, FixDefinition} from '../contracts/fix.ts';
import type {FixOutcome} from '../core/model/event.ts';
import {joined, message} from '../core/text/message.ts';
import {createChild} from '../io/run/child.ts';
import {argvSchema, type Argv} from './shared/argv.ts';
import {endLeftovers} from './shared/old-process.ts';
import {TIMEOUT_MS} from './shared/timeout.ts';
import {say} from '../core/text/say.ts';

export interface ChildOptions {
  readonly command: Argv;
}

/** agent2 started the process itself (`agent2 … -- CMD`): stops its remains and starts it again. */
export const definition: FixDefinition<ChildOptions> = {
  get summary() {
    return say`agent2 starts the process itself, and starts it again`;
  },
  traits: {heals: true, ownsProcess: true, takenByOthers: false, verb: 'replaces'},
  option: '-- CMD',
  options: z =>
    z.strictObject({
      command: argvSchema(z).describe(
        say`what agent2 starts and owns, e.g. [node, server.js]; it stays in the foreground`,
      ),
    }),
  examples: [{command: ['node', 'server.js']}, {command: 'node "my server.js"'}],
  refuses: [{given: {command: []}, says: 'this contains no command'}],
  describe: ({command}) => command.join(' '),
  longestMs: () => TIMEOUT_MS,
  confines: () => 'children',
  commands: ({command}) => [command],
  create({command: [command, ...args]}, setup) {
    const {outputDir, stopTimeoutMs, port, startGraceMs, onProblem} = setup;
    const listeners: Array<() => void> = [];
    const logFile = join(outputDir, 'service.log');
    const notify = () => listeners.forEach(listener => listener());
    const child = createChild({
      argv: [command, ...args],
      logFile,
      port,
      startGraceMs,
      onExit: notify,
      onDaemon: notify,
      onProblem,
    });
    const inTurn = queue();
    let closing = false;
    let startFailure: Text | undefined;

    async function restart({signal, leftovers}: FixContext): Promise<FixOutcome> {
      if (closing) return {kind: 'failed', detail: message`agent2 is ending`};
      const stopped = await child.stop({stopTimeoutMs});
      if (stopped.kind === 'failed') return {kind: 'failed', detail: stopped.text};
      // Its group is gone by now: left are those that went into a group of their own.
      const rest = await endLeftovers((await leftovers?.()) ?? [], setup, signal);
      if (!rest.free) return {kind: 'failed', detail: joined(rest.texts, message`; `)};
      // The new process would be stopped at once.
      if (closing) return {kind: 'failed', detail: message`agent2 is ending`};
      return start();
    }

    async function start(): Promise<FixOutcome> {
      const started = await child.start();
      startFailure =
        started.kind === 'started' ? undefined : message`cannot start ${command}: ${started.text}`;
      if (started.kind === 'started')
        return {
          kind: 'done',
          detail: message`${command} started as process ${started.identity.pid}`,
        };
      return {kind: 'failed', detail: message`cannot start ${command}: ${started.text}`};
    }

    return {
      leavable: true,
      restart: (_request, context) => inTurn(() => restart(context)),
      child: {
        logFile,
        start: () =>
          inTurn(async () => {
            await child.stopLeftover({stopTimeoutMs});
            return start();
          }),
        adopt: () => child.adopt(),
        async stop() {
          // Waits for a restart under way, then stops its process.
          closing = true;
          await inTurn(() => child.stop({stopTimeoutMs}));
        },
        kill: child.kill,
        renew: child.renew,
        isDaemonising: child.isDaemonising,
        servedBy: child.servedBy,
        identity: child.identity,
        lastPid: child.lastPid,
        exit: child.exit,
        startFailure: () => startFailure,
        onExit: listener => void listeners.push(listener),
      },
    };
  },
};

/** Runs calls in order, whatever the outcome of the one before. */
function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return work => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
}
