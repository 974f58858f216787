import type {Text} from '../../core/model/text.ts';
import {join} from 'node:path';
import type {FixSetup} from '../../contracts/fix.ts';
import type {FixRequest} from '../../core/model/effect.ts';
import {message} from '../../core/text/message.ts';
import {elapsed} from '../../format/elapsed.ts';
import {redact} from '../../format/redact.ts';
import {incidentEnvironment} from '../../documents/incident-environment.ts';
import {runCommand, type RunResult} from '../../io/run/run-command.ts';
import type {Argv} from './argv.ts';

export interface StepOptions {
  readonly timeoutMs: number;
  /** Added to the environment of agent2 and the facts of the incident. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs one command of a fix; `fix-output.log` collects the output of all of them in order. */
export type RunStep = (argv: Argv, options: StepOptions) => Promise<RunResult>;

/** The file with the output of the commands of a fix. */
export function fixOutputIn(outputDir: string): string {
  return join(outputDir, 'fix-output.log');
}

/** For one attempt: the first step empties the output. */
export function stepsOf(
  request: FixRequest,
  {target, outputDir, secrets}: FixSetup,
  signal: AbortSignal,
): RunStep {
  let append = false;
  return (argv, {timeoutMs, env}) => {
    const result = runCommand({
      argv,
      env: {...process.env, ...incidentEnvironment(target, request, request.process?.pid), ...env},
      timeoutMs,
      outputFile: fixOutputIn(outputDir),
      hide: text => redact(text, secrets),
      append,
      signal,
    });
    append = true;
    return result;
  };
}

/** Why a step failed, in words; undefined on success. `said` is the most useful line of its output. */
export function failureOf(
  result: RunResult,
  name: string,
  {timeoutMs}: StepOptions,
  said = result.lastLine,
): Text | undefined {
  const quote = said === undefined ? '' : message`: ${said}`;
  switch (result.kind) {
    case 'exited':
      return result.code === 0
        ? undefined
        : message`${name} exited with code ${result.code}${quote}`;
    case 'signalled':
      return message`${name} was ended by ${result.signal}${quote}`;
    case 'timed-out':
      return message`${name} did not end within ${elapsed(timeoutMs)} and was stopped${quote}`;
    case 'cancelled':
      return message`${name} was cancelled`;
    case 'not-started':
      return result.text;
  }
}
