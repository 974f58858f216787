import type {Text} from '../core/model/text.ts';
import type {FixOutcome} from '../core/model/event.ts';
import type {FixContext, FixDefinition} from '../contracts/fix.ts';
import type {FixRequest} from '../core/model/effect.ts';
import {message, joined} from '../core/text/message.ts';
import {argvSchema, type Argv} from './shared/argv.ts';
import {asksManager} from './shared/asks-manager.ts';
import {besideOld, endLeftovers, isGone} from './shared/old-process.ts';
import {makeRoom, stopLeftover, type Room, type Stop} from './shared/room-to-start.ts';
import {failureOf, stepsOf, type RunStep} from './shared/steps.ts';
import {TIMEOUT_MS, timeoutSchema} from './shared/timeout.ts';
import {findProgram, missingInterpreter} from '../io/files/access-facts.ts';
import type {RunResult} from '../io/run/run-command.ts';
import {say} from '../core/text/say.ts';
import {wrong} from '../format/issue-text.ts';

export type CommandOptions = {readonly timeoutMs?: number} & (
  {readonly restart: Argv} | {readonly start: Argv; readonly stop?: Argv}
);

/**
 * Runs the given command. `restart` stops and starts by itself; stops the old process first only when an earlier attempt left it
 * running. Before `start` it ends the old process, by `stop` if configured.
 */
export const definition: FixDefinition<CommandOptions> = {
  get summary() {
    return say`run a command that restarts it, or one that starts it and optionally one that stops it`;
  },
  traits: {heals: true, ownsProcess: false, takenByOthers: false, verb: 'runs'},
  option: '--restart CMD',
  options: z =>
    z
      .strictObject({
        restart: argvSchema(z)
          .optional()
          .describe(say`stops and starts it, e.g. [./restart.sh]`),
        start: argvSchema(z)
          .optional()
          .describe(say`starts it and leaves it running in the background, e.g. [./web.sh, start]`),
        stop: argvSchema(z)
          .optional()
          .describe(say`stops it, before start; without it agent2 ends the process`),
        timeout: timeoutSchema(z),
      })
      .transform(({restart, start, stop, timeout}, context): CommandOptions => {
        if (restart && !start && !stop) return {restart, timeoutMs: timeout};
        if (start && !restart) return {start, stop, timeoutMs: timeout};
        const problem = restart
          ? message`restart cannot be combined with start or stop`
          : stop
            ? message`stop needs start`
            : message`there is no command`;
        context.addIssue({
          code: 'custom',
          message: wrong(
            problem,
            message`expected restart alone, e.g. restart: [./restart.sh], or start and optionally stop, e.g. start: [./web.sh, start]`,
          ),
        });
        return z.NEVER;
      }),
  examples: [
    {restart: ['./restart.sh', 'web']},
    {start: './web.sh start', stop: './web.sh stop', timeout: '45s'},
  ],
  refuses: [
    {given: {}, says: 'there is no command; expected restart alone'},
    {given: {restart: 'a', start: 'b'}, says: 'restart cannot be combined with start or stop'},
    {given: {stop: 'a'}, says: 'stop needs start'},
    {given: {restart: 'sh -c "echo'}, says: 'the double quote at column 7 is never closed'},
    {given: {restart: 7}, says: 'expected a command as a list of words'},
    {
      given: {restart: 'a', timeout: 'soon'},
      says: "'soon' is not a usable time; expected 100ms to 1h",
    },
    {given: {restart: 'a', timeout: 0}, says: "'0' is not a usable time"},
  ],
  describe(options) {
    if ('restart' in options) return options.restart.join(' ');
    return options.stop
      ? message`${options.stop.join(' ')}, then ${options.start.join(' ')}`
      : message`stop the process, then ${options.start.join(' ')}`;
  },
  longestMs: ({timeoutMs = TIMEOUT_MS}) => timeoutMs,
  confines: options => (commandsOf(options).every(asksManager) ? 'nothing' : 'commands'),
  commands: commandsOf,
  start: options => ('restart' in options ? options.restart : options.start),
  create(options, setup) {
    const limit = {timeoutMs: options.timeoutMs ?? TIMEOUT_MS};
    const command = 'restart' in options ? options.restart : options.start;
    let couldRun = true;
    return {restart};

    async function restart(
      request: FixRequest,
      {signal, leftovers}: FixContext,
    ): Promise<FixOutcome> {
      const run = stepsOf(request, setup, signal);
      const room = await roomFor(request, run, leftovers, signal);
      const {texts} = room;
      if (!room.free) return {kind: 'failed', detail: joined(texts, message`; `)};
      const since = Date.now();
      const result = await run(command, limit);
      // A start has stopped the old process by then.
      couldRun = 'start' in options || !isUnable(result);
      const failure = failureOf(result, command[0], limit);
      const outcome = failure ?? message`${command[0]} done`;
      const beside =
        request.process && !isUnable(result)
          ? await besideOld(request.process, since, signal)
          : undefined;
      const hints = [
        ...(result.kind === 'timed-out' ? cutShort(request) : []),
        ...(beside === undefined ? [] : [beside]),
      ];
      return {
        kind: failure === undefined ? 'done' : 'failed',
        detail: joined(
          [...texts, 'restart' in options ? outcome : message`start: ${outcome}`, ...hints],
          message`; `,
        ),
      };
    }

    /** Nothing is stopped for a command that cannot start it again. */
    async function roomFor(
      request: FixRequest,
      run: RunStep,
      leftovers: FixContext['leftovers'],
      signal: AbortSignal,
    ): Promise<Room> {
      if (!isThere(command[0]) || !couldRun) return {free: true, texts: []};
      const room =
        'restart' in options
          ? await stopLeftover(request, setup, signal)
          : await makeRoom(() => runStop(options.stop, run, limit), request, setup, signal);
      if (!room.free) return room;
      const rest = await endLeftovers((await leftovers?.()) ?? [], setup, signal);
      return {free: rest.free, texts: [...room.texts, ...rest.texts]};
    }
  },
};

function isThere(program: string): boolean {
  const found = findProgram(program, {cwd: process.cwd(), path: process.env.PATH});
  return found.kind === 'found' && missingInterpreter(found.path) === undefined;
}

/** There is no such program, here or for the shell that was to start it. */
function isUnable(result: RunResult): boolean {
  return (
    result.kind === 'not-started' ||
    (result.kind === 'exited' && (result.code === 126 || result.code === 127))
  );
}

/** A command that was ended halfway may have stopped the service and not started it. */
function cutShort({process: old}: FixRequest): readonly Text[] {
  return [
    ...(old && isGone(old)
      ? [message`it had stopped process ${old.pid}: the service is stopped now`]
      : []),
    MORE_TIME,
    message`a command that keeps running belongs after --: agent2 URL -- CMD`,
  ];
}

const MORE_TIME = message`if it only needs longer: --restart-timeout 2m, or fix.timeout in the config`;

function commandsOf(options: CommandOptions): readonly Argv[] {
  if ('restart' in options) return [options.restart];
  return options.stop ? [options.stop, options.start] : [options.start];
}

async function runStop(
  stop: Argv | undefined,
  run: RunStep,
  limit: {readonly timeoutMs: number},
): Promise<Stop> {
  if (!stop) return {outcome: 'none', texts: []};
  const result = await run(stop, limit);
  const failure = failureOf(result, stop[0], limit);
  return {
    outcome: failure === undefined ? 'done' : 'failed',
    texts: [
      message`stop: ${failure ?? message`${stop[0]} done`}`,
      ...(result.kind === 'timed-out' ? [MORE_TIME] : []),
    ],
  };
}
