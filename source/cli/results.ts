import {setImmediate as turn} from 'node:timers/promises';
import {isReaderGone, unwritten} from '../io/files/output.ts';

/**
 * Runs a command. Resolves to its exit code when its results are taken; rejects with a `UsageError` when its results could not be written, as to a full disk. That
 * their reader left (`| head`) is a normal end.
 */
export async function withResults(
  run: () => Promise<number>,
  {stdout, stderr}: Pick<NodeJS.Process, 'stdout' | 'stderr'> = process,
): Promise<number> {
  let problem: unknown;
  stdout.on('error', (error: unknown) => {
    // Who listens too decides: a monitor goes on without a reader.
    if (stdout.listenerCount('error') === 1 && !isReaderGone(error)) problem ??= error;
  });
  // There is no other place to say it.
  stderr.on('error', () => undefined);
  const code = await run();
  // The end of the process would drop what a pipe has not taken yet. Who listens too ends without its reader.
  if (stdout.listenerCount('error') === 1) await taken(stdout);
  // A stream tells of a failed write in the next turn.
  await turn();
  if (problem !== undefined) throw unwritten(problem);
  return code;
}

/** Resolves when the reader, which may be slow, has taken all, or has left. */
function taken(stdout: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => {
    if (stdout.writableLength === 0 || stdout.destroyed) resolve();
    else stdout.write('', () => resolve());
  });
}
