import type {FixDefinition} from '../contracts/fix.ts';
import {message} from '../core/text/message.ts';
import {order} from './shared/manager.ts';
import {stepsOf} from './shared/steps.ts';
import {TIMEOUT_MS, timeoutSchema} from './shared/timeout.ts';
import {say} from '../core/text/say.ts';
import {inIssue, wrong} from '../format/issue-text.ts';

export interface SupervisorOptions {
  readonly program: string;
  /** The file that tells supervisorctl where supervisord listens. */
  readonly config?: string;
  readonly timeoutMs?: number;
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
          .string(inIssue(message`wanted is the name of a program, e.g. program: web`))
          .regex(
            /^(?!all$)[^\s:*-][^\s:*]*(:([^\s:*]+|\*))?$/,
            wrong(
              message`this cannot be a program`,
              message`wanted is its name as supervisorctl status shows it, e.g. program: web or program: web:web_00 or program: web:*`,
            ),
          )
          .describe(say`the program, as supervisorctl status shows it`),
        config: z
          .string(inIssue(message`wanted is a file, e.g. config: /etc/supervisor/supervisord.conf`))
          .regex(
            /^\//,
            inIssue(
              message`wanted is an absolute path, e.g. config: /etc/supervisor/supervisord.conf`,
            ),
          )
          .optional()
          .describe(
            say`the config file of supervisord, where it is not in one of its usual places`,
          ),
        timeout: timeoutSchema(z),
      })
      .transform(({timeout, ...rest}): SupervisorOptions => ({...rest, timeoutMs: timeout})),
  examples: [
    {program: 'web'},
    {program: 'web:*', config: '/etc/supervisor/supervisord.conf', timeout: '45s'},
  ],
  refuses: [
    ...['all', '-c', 'a b', '*'].map(program => ({
      given: {program},
      says: 'this cannot be a program',
    })),
    {given: {program: 'web', config: 'x.conf'}, says: 'an absolute path'},
  ],
  describe: options => supervisorctl(options).join(' '),
  longestMs: ({timeoutMs = TIMEOUT_MS}) => timeoutMs,
  confines: () => 'nothing',
  start: ({program}) => ['supervisorctl', 'start', program],
  create: (options, setup) => ({
    restart: (request, {signal}) =>
      order(stepsOf(request, setup, signal), {
        argv: supervisorctl(options),
        timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
        done: message`supervisor restarted ${options.program}`,
        complaint,
        advice: [
          [
            /command not found/,
            message`put the directory of supervisorctl into the PATH that agent2 is started with`,
          ],
          [/no such process|no such group/, message`try: supervisorctl status`],
          [
            /authentication/i,
            message`put username and password into the [supervisorctl] part of its config file`,
          ],
          [/permission/i, message`run agent2 as a user who may write to the socket of supervisord`],
          [
            /\.sock|refused connection/,
            message`is supervisord running? Where its config file is elsewhere, say config: FILE`,
          ],
          [
            /spawn error|abnormal termination|no such file|not executable/,
            message`try: supervisorctl tail ${options.program} stderr`,
          ],
        ],
      }),
  }),
};

function supervisorctl({program, config}: SupervisorOptions): readonly [string, ...string[]] {
  return ['supervisorctl', ...(config === undefined ? [] : ['-c', config]), 'restart', program];
}

/** Some versions always exit with 0. Stopping a program that does not run is no error. */
function complaint(lines: readonly string[]): string | undefined {
  const wrong = lines.find(
    line =>
      /ERROR|^error:|no such file|refused connection|requires authentication/i.test(line) &&
      !line.endsWith('ERROR (not running)'),
  );
  return wrong ?? (lines.some(line => line.endsWith(': started')) ? undefined : lines.at(-1));
}
