import {execFile} from 'node:child_process';
import type {ProgramAnswer} from '../../contracts/examination.ts';
import {errorCode} from '../error-code.ts';

const MOST_BYTES = 262_144;

/** Runs a read-only query program, without a shell or input. Failures of the program are values; rejects only with the reason of `signal` when that is aborted. */
export function askProgram(
  [program, ...args]: readonly [string, ...string[]],
  {
    timeoutMs,
    signal,
    env = process.env,
  }: {readonly timeoutMs: number; readonly signal?: AbortSignal; readonly env?: NodeJS.ProcessEnv},
): Promise<ProgramAnswer> {
  return new Promise((resolve, reject) => {
    // The C locale, since the output is parsed and must be the same everywhere.
    const options = {
      encoding: 'utf8',
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      signal,
      maxBuffer: MOST_BYTES,
      env: {...env, LC_ALL: 'C'},
    } as const;
    const child = execFile(program, args, options, (error, output, complaint) => {
      if (signal?.aborted) return reject(signal.reason);
      if (error?.killed) return resolve({kind: 'late'});
      const code = error ? error.code : 0;
      if (typeof code === 'number') return resolve({kind: 'answered', code, output, complaint});
      return resolve(
        errorCode(error) === undefined
          ? {kind: 'answered', code: 1, output, complaint}
          : {kind: 'missing'},
      );
    });
    child.stdin?.end();
  });
}
