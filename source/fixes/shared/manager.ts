import type {Text} from '../../core/model/text.ts';
import type {FixOutcome} from '../../core/model/event.ts';
import {message, joined, outsideOf} from '../../core/text/message.ts';
import type {RunResult} from '../../io/run/run-command.ts';
import type {Argv} from './argv.ts';
import {failureOf, type RunStep, type StepOptions} from './steps.ts';

/** One request to a process manager. */
export interface Order extends StepOptions {
  readonly argv: Argv;
  /** The success text: `docker restarted web`. */
  readonly done: Text;
  /** The line with the error, where that is not the last one. It may turn exit code 0 into a failure. */
  readonly complaint: (lines: readonly string[]) => string | undefined;
  readonly advice: readonly Advice[];
}

/** The advice for a failure whose text matches, or for every one: `command not found`, `did not end within`. */
export type Advice = readonly [fits: RegExp, text: Text];

/** Asks the manager; its answer in one line, with the first advice that fits. */
export async function order(
  run: RunStep,
  {argv, done, complaint, advice, ...options}: Order,
): Promise<FixOutcome> {
  const result = await run(argv, options);
  const failure = failureWithin(
    result,
    argv[0],
    options,
    complaint(linesOf(result))?.replace(/\.$/, ''),
  );
  if (failure === undefined) return {kind: 'done', detail: done};
  return {
    kind: 'failed',
    detail: joined([failure, ...adviceFor(result, failure, advice)], message`; `),
  };
}

/** The meaningful lines of a step's output. */
export function linesOf({output = ''}: RunResult): readonly string[] {
  return output
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}

function failureWithin(
  result: RunResult,
  program: string,
  options: StepOptions,
  complaint: string | undefined,
): Text | undefined {
  const failure = failureOf(result, program, options, complaint ?? result.lastLine);
  return failure ?? (complaint === undefined ? undefined : message`${program} says ${complaint}`);
}

function adviceFor(result: RunResult, failure: Text, advice: readonly Advice[]): readonly Text[] {
  const marked = `${outsideOf(failure)}\n${markOf(result)}`;
  const found = advice.find(([fits]) => fits.test(marked));
  if (found) return [found[1]];
  return result.kind === 'timed-out'
    ? [message`if it only needs longer, give the fix a longer timeout: fix.timeout in the config`]
    : [];
}

/** agent2's own texts may be in another language: this pattern represents them. */
function markOf(result: RunResult): string {
  if (result.kind === 'timed-out') return 'did not end within';
  return result.kind === 'not-started' && result.missing ? 'command not found' : '';
}
