import type {FixDefinition} from '../contracts/fix.ts';
import {message} from '../core/text/message.ts';
import type {ManagedState} from '../contracts/fix.ts';
import type {Argv} from './shared/argv.ts';
import {remarkOf} from './shared/examine-manager.ts';
import {evenIfStoppedSchema} from './shared/even-if-stopped.ts';
import {stateOfAll} from './shared/managed-state.ts';
import {order} from './shared/manager.ts';
import {stepsOf} from './shared/steps.ts';
import {TIMEOUT_MS, timeoutSchema} from './shared/timeout.ts';
import {say} from '../core/text/say.ts';
import {inIssue, wrong} from '../format/issue-text.ts';

export interface SupervisorOptions {
  readonly program: string;
  /** The config file of supervisord, from which supervisorctl learns its address. */
  readonly config?: string;
  readonly timeoutMs?: number;
  readonly evenIfStopped?: boolean;
}

/** Restarts one program of supervisord. */
export const definition: FixDefinition<SupervisorOptions> = {
  get summary() {
    return say`restart a program of supervisord`;
  },
  traits: {heals: true, ownsProcess: false, takenByOthers: false, verb: 'runs'},
  options: z =>
    z
      .strictObject({
        program: z
          .string(inIssue(message`expected the name of a program, e.g. program: web`))
          .regex(
            /^(?!all$)[^\s:*-][^\s:*]*(:([^\s:*]+|\*))?$/,
            wrong(
              message`this is not the name of a program`,
              message`expected a name as supervisorctl status shows it, e.g. program: web or program: web:web_00 or program: web:*`,
            ),
          )
          .describe(say`the program, as supervisorctl status shows it`),
        config: z
          .string(inIssue(message`expected a file, e.g. config: /etc/supervisor/supervisord.conf`))
          .regex(
            /^\//,
            inIssue(
              message`expected an absolute path, e.g. config: /etc/supervisor/supervisord.conf`,
            ),
          )
          .optional()
          .describe(say`the config file of supervisord; default: its usual places`),
        timeout: timeoutSchema(z),
        evenIfStopped: evenIfStoppedSchema(z),
      })
      .transform(({timeout, ...rest}): SupervisorOptions => ({...rest, timeoutMs: timeout})),
  examples: [
    {program: 'web'},
    {
      program: 'web:*',
      config: '/etc/supervisor/supervisord.conf',
      timeout: '45s',
      evenIfStopped: true,
    },
  ],
  refuses: [
    ...['all', '-c', 'a b', '*'].map(program => ({
      given: {program},
      says: 'this is not the name of a program',
    })),
    {given: {program: 'web', config: 'x.conf'}, says: 'an absolute path'},
  ],
  describe: options => supervisorctl(options, 'restart').join(' '),
  longestMs: ({timeoutMs = TIMEOUT_MS}) => timeoutMs,
  confines: () => 'nothing',
  start: ({program}) => ['supervisorctl', 'start', program],
  async examine(options, scene) {
    return remarkOf(await scene.ask(supervisorctl(options, 'status')), {
      program: 'supervisorctl',
      name: options.program,
      action: supervisorctl(options, 'restart').join(' '),
      list: 'supervisorctl status',
      look: 'supervisorctl status',
    });
  },
  async state(options, ask) {
    const answer = await ask(supervisorctl(options, 'status'));
    if (answer.kind !== 'answered') return undefined;
    // `web:web_00    STOPPED   Nov 30 10:00 AM`
    const words = answer.output
      .split('\n')
      .flatMap(line => /^\S+\s+([A-Z]+)\b/.exec(line)?.[1] ?? [])
      .filter(word => Object.hasOwn(STATES, word));
    return stateOfAll(
      words.map(word => ({word, state: STATES[word] ?? 'failed'})),
      'supervisor',
      options.program,
    );
  },
  create: (options, setup) => ({
    restart: (request, {signal}) =>
      order(stepsOf(request, setup, signal), {
        argv: supervisorctl(options, 'restart'),
        timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
        done: message`supervisor restarted ${options.program}`,
        complaint,
        advice: [
          [/command not found/, message`start agent2 with the directory of supervisorctl in PATH`],
          [/no such process|no such group/, message`try: supervisorctl status`],
          [
            /authentication/i,
            message`put username and password into the [supervisorctl] section of its config file`,
          ],
          [
            /permission/i,
            message`run agent2 as a user that may write to the socket of supervisord`,
          ],
          [
            /\.sock|refused connection/,
            message`is supervisord running? If its config file is elsewhere, add config: FILE`,
          ],
          [
            /spawn error|abnormal termination|no such file|not executable/,
            message`try: supervisorctl tail ${options.program} stderr`,
          ],
        ],
      }),
  }),
};

function supervisorctl({program, config}: SupervisorOptions, verb: string): Argv {
  return ['supervisorctl', ...(config === undefined ? [] : ['-c', config]), verb, program];
}

/** The states of supervisord's programs. */
const STATES: Readonly<Record<string, ManagedState['state']>> = {
  STOPPED: 'stopped',
  STARTING: 'restarting',
  BACKOFF: 'restarting',
  STOPPING: 'restarting',
  RUNNING: 'running',
  EXITED: 'failed',
  FATAL: 'failed',
  UNKNOWN: 'failed',
};

/** Some versions always exit with 0. Stopping a program that does not run is no error. */
function complaint(lines: readonly string[]): string | undefined {
  const wrong = lines.find(
    line =>
      /ERROR|^error:|no such file|refused connection|requires authentication/i.test(line) &&
      !line.endsWith('ERROR (not running)'),
  );
  return wrong ?? (lines.some(line => line.endsWith(': started')) ? undefined : lines.at(-1));
}
