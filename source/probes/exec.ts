import type {Text} from '../core/model/text.ts';
import {basename} from 'node:path';
import type {ProbeDefinition} from '../contracts/probe.ts';
import type {Failure} from '../core/model/fault.ts';
import {say} from '../core/text/say.ts';
import {parsePluginOutput, type PluginOutput} from '../documents/perfdata.ts';
import {sanitize, sanitizeBlock, sanitizeText} from '../format/sanitize.ts';
import {capture, type Capture} from '../io/run/capture.ts';
import {elapsed} from '../format/elapsed.ts';
import {checkResult, unknownResult} from './shared/check-result.ts';
import {absolutePath, duration, refusal, shortOrLong, word} from './shared/fields.ts';
import {message} from '../core/text/message.ts';
import {wrong} from '../format/issue-text.ts';

export interface ExecOptions {
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string;
  /** The target's own limit by default, and never longer. */
  readonly timeoutMs?: number;
}

/** A plug-in of Nagios and its like: https://www.monitoring-plugins.org/doc/guidelines.html */
export const definition: ProbeDefinition<ExecOptions> = {
  get summary() {
    return say`run a Nagios plug-in, or any command, and judge its exit code`;
  },
  options(z) {
    const example = '[/usr/lib/nagios/plugins/check_disk, -w, 20%, -c, 10%, -p, /]';
    const part = word(
      z,
      {
        allowed: message`a text`,
        example: '--warning',
        about: say`The program, then its arguments, one item each`,
      },
      given => given,
    );
    const command = z
      .array(part, {
        error: ({input}) =>
          refusal(input, {
            allowed: message`a list: the program and each argument, because no shell splits them`,
            example,
            secret: true,
          }),
      })
      .transform(([program, ...args], context): ExecOptions['command'] => {
        if (program !== undefined && program.trim() !== '') return [program, ...args];
        context.addIssue({
          code: 'custom',
          message: wrong(
            message`it names no program`,
            message`expected a list of the program and its arguments, e.g. ${example}`,
          ),
        });
        return z.NEVER;
      })
      .describe(say`The program and its arguments; no shell sees them`);
    const long = z
      .strictObject({
        command,
        cwd: absolutePath(z, say`The directory in which it runs`, '/srv/web').optional(),
        timeout: duration(
          z,
          say`Its time limit, if shorter than the timeout of the target`,
          '5s',
        ).optional(),
      })
      .transform(({timeout, ...rest}): ExecOptions => ({
        ...rest,
        ...(timeout === undefined ? {} : {timeoutMs: timeout}),
      }));
    return shortOrLong(z, {
      short: command,
      expand: given => ({command: given}),
      long,
      allowed: message`a list, or an object with a command`,
      example,
    });
  },
  examples: [
    ['/usr/lib/nagios/plugins/check_load', '-w', 5],
    {command: ['./check-queue', '--max', 100], cwd: '/srv/web', timeout: '2s'},
  ],
  refuses: [{given: 'check_disk -w 20%', says: 'the program and each argument'}],
  create: ({command, cwd, timeoutMs: ownMs = Infinity}, {name}) => ({
    kind: name,
    async inspect({signal, timeoutMs}) {
      const limitMs = Math.min(ownMs, timeoutMs);
      const result = await capture({
        argv: command,
        cwd,
        timeoutMs: limitMs,
        endMs: END_MS,
        leaveNothing: true,
        signal,
      });
      signal.throwIfAborted();
      return judge(result, {name, program: sanitize(basename(command[0]), 40), limitMs});
    },
  }),
};

/** A check gets less time than a fix to end its leftovers. */
const END_MS = 500;
const MAX_CHARACTERS = 65_536;

interface About {
  readonly name: string;
  readonly program: string;
  readonly limitMs: number;
}

function judge({end, output: both, stdout}: Capture, {name, program, limitMs}: About) {
  const output = parsePluginOutput(
    sanitizeBlock((stdout.length > 0 ? stdout : both).toString('utf8'), MAX_CHARACTERS),
  );
  const lastLine = output.more.at(-1) ?? output.text;
  const {metrics} = output;
  const failed = (text: Text) =>
    checkResult(name, {
      kind: 'exec',
      text,
      metrics,
      faults: [{probe: name, kind: 'exec_failed', lastLine, text}],
    });
  const said = lastLine === '' ? '' : message`: ${lastLine}`;
  switch (end.kind) {
    case 'not-started':
      return unknownResult(name, 'exec', sanitizeText(end.text));
    case 'cancelled':
      return unknownResult(name, 'exec', message`${program} was cancelled`);
    case 'timed-out':
      return failed(message`${program} did not end within ${elapsed(limitMs)}${said}`);
    case 'signalled':
      return failed(message`${program} was ended by ${end.signal}${said}`);
    case 'exited':
      break;
  }
  const {code} = end;
  const text = textOf(output, message`${program} exited with code ${code}`);
  if (code === 0) return checkResult(name, {kind: 'exec', text, metrics});
  if (UNKNOWN.includes(code)) return unknownResult(name, 'exec', text);
  const fault: Failure = {probe: name, kind: 'exec_failed', code, lastLine, text};
  return checkResult(name, {
    kind: 'exec',
    text,
    metrics,
    ...(code === 1 ? {warnings: [fault]} : {faults: [fault]}),
  });
}

/** Exit code 3 is the plug-in's own word for unknown; `env` and shells exit with 126 or 127 when there was nothing to run. */
const UNKNOWN = [3, 126, 127];

function textOf({text, more}: PluginOutput, otherwise: Text): Text {
  return text || (more[0] ?? otherwise);
}
