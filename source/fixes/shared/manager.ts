import type {FixOutcome} from '../../core/model/event.ts';
import {say} from '../../core/text/say.ts';
import type {RunResult} from '../../io/run/run-command.ts';
import type {Argv} from './argv.ts';
import {failureOf, type RunStep, type StepOptions} from './steps.ts';

/** One request to a process manager. */
export interface Order extends StepOptions {
  readonly argv: Argv;
  /** What is said when it went well: `docker restarted web`. */
  readonly done: string;
  /** The line that tells what went wrong, where that is not the last one. It may make a failure of an exit code 0. */
  readonly complaint: (lines: readonly string[]) => string | undefined;
  readonly advice: readonly Advice[];
}

/** What to do about a failure whose text fits, or what is always added to it: `command not found`, `did not end within`. */
export type Advice = readonly [fits: RegExp, text: string];

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
  return {kind: 'failed', detail: [failure, ...adviceFor(result, failure, advice)].join(say`; `)};
}

/** The lines of what a step printed that say something. */
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
): string | undefined {
  const failure = failureOf(result, program, options, complaint ?? result.lastLine);
  return failure ?? (complaint === undefined ? undefined : say`${program} says ${complaint}`);
}

function adviceFor(
  result: RunResult,
  failure: string,
  advice: readonly Advice[],
): readonly string[] {
  const marked = `${failure} ${markOf(result)}`;
  const found = advice.find(([fits]) => fits.test(marked));
  return found ? [found[1]] : [];
}

/** What we say ourselves we may say in another language: this stands for it. */
function markOf(result: RunResult): string {
  if (result.kind === 'timed-out') return 'did not end within';
  return result.kind === 'not-started' && result.missing ? 'command not found' : '';
}
