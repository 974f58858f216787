import type {ProgramAnswer} from '../../contracts/examination.ts';
import {capture} from './capture.ts';

const MOST_BYTES = 262_144;

/** Runs a read-only query program, without a shell or input, until it exits. Failures of the program are values; rejects only with the reason of `signal` when that is aborted. */
export async function askProgram(
  argv: readonly [string, ...string[]],
  {
    timeoutMs,
    signal,
    env = process.env,
  }: {readonly timeoutMs: number; readonly signal?: AbortSignal; readonly env?: NodeJS.ProcessEnv},
): Promise<ProgramAnswer> {
  const {end, stdout, stderr} = await capture({
    argv,
    // The C locale, since the output is parsed and must be the same everywhere.
    env: {...env, LC_ALL: 'C'},
    maxBytes: MOST_BYTES,
    timeoutMs,
    endMs: 0,
    signal,
  });
  signal?.throwIfAborted();
  switch (end.kind) {
    case 'exited':
    case 'signalled':
      return {
        kind: 'answered',
        code: end.kind === 'exited' ? end.code : 1,
        output: stdout.toString(),
        complaint: stderr.toString(),
      };
    case 'timed-out':
    case 'cancelled':
      return {kind: 'late'};
    case 'not-started':
      return {kind: 'missing'};
  }
}
