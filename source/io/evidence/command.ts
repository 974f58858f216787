import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {capture} from '../run/capture.ts';
import type {RunResult} from '../run/run-command.ts';
import type {Finding} from './finding.ts';

const MAX_BYTES = 24_576;
/** The time that a timed-out command has to end: the repair waits for it. */
const END_MS = 500;

/** The longest delay of a repair by the command. */
export function commandLimitMs(timeoutMs: number): number {
  return timeoutMs + 2 * END_MS;
}

/** Runs the evidence command of a target; keeps its output, and its ending where that is a failure. */
export async function commandFinding(
  argv: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Finding> {
  const {end, output, cut} = await capture({
    argv,
    env: {...process.env, ...env},
    timeoutMs,
    endMs: END_MS,
    leaveNothing: true,
    maxBytes: MAX_BYTES,
    signal,
  });
  const problem = problemOf(end, timeoutMs);
  const text = output.toString('utf8');
  return {
    facts: problem === undefined ? [] : [{label: 'command', text: problem}],
    texts:
      text.trim() === ''
        ? []
        : [{label: 'command', text: cut ? `${text}…` : text, keep: 'start', maxBytes: MAX_BYTES}],
  };
}

function problemOf(end: RunResult, timeoutMs: number): Text | undefined {
  switch (end.kind) {
    case 'exited':
      return end.code === 0 ? undefined : message`exited with code ${end.code}`;
    case 'signalled':
      return message`was ended by ${end.signal}`;
    case 'timed-out':
      return message`did not end within ${timeoutMs / 1000} s and was stopped`;
    case 'cancelled':
      return message`was cancelled`;
    case 'not-started':
      return end.text;
  }
}
