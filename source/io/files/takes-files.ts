import {constants} from 'node:fs';
import {open, unlink} from 'node:fs/promises';
import {join} from 'node:path';
import {temporaryName} from './atomic-file.ts';
import {inDiskTurn} from './disk-turn.ts';
import {singleFlight} from './single-flight.ts';

/** What a repair waits for a disk: a busy machine answers within this, and the output of a command is worth no more. */
const WITHIN_MS = 1_000;

/**
 * Whether the disk of a directory makes new files without delay, found without waiting for it on the loop. A failure counts as an answer, since the caller
 * meets it too, and says it.
 */
export async function takesFiles(
  directory: string,
  withinMs = WITHIN_MS,
  attempt: (directory: string) => Promise<'answered'> = tryFile,
): Promise<boolean> {
  const answer = await singleFlight(
    `create ${directory}`,
    () => inDiskTurn(() => attempt(directory)),
    withinMs,
  );
  return answer !== undefined;
}

async function tryFile(directory: string): Promise<'answered'> {
  const {O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW} = constants;
  const path = temporaryName(join(directory, 'probe'));
  try {
    const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    await file.close();
    await unlink(path);
  } catch {
    // It answered: why it takes no file, the caller finds out.
  }
  return 'answered';
}
