import {stat} from 'node:fs/promises';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {inDiskTurn} from './disk-turn.ts';

/** A disk that takes longer is left alone until the next call. */
const QUICK_MS = 500;
/** Unanswered calls until that is told. */
const TOLD_AFTER = 5;

/**
 * Returns a function to be called every second: it does the work, which may wait for the disk, only when the disk of `path` has just answered. So a hung mount
 * under the state directory holds one thread of node's few, not the loop. `onProblem` receives that it does not answer, and nothing once it does again.
 */
export function whenDiskAnswers(
  path: string,
  onProblem: (text: Text | undefined) => void,
  look: (path: string) => Promise<unknown> = stat,
): (work: () => void) => void {
  let unanswered = 0;
  return work => {
    if (unanswered > 0) {
      unanswered++;
      if (unanswered === TOLD_AFTER) onProblem(message`the disk of ${path} does not answer`);
      return;
    }
    unanswered = 1;
    const askedAt = performance.now();
    const answered = () => {
      if (unanswered >= TOLD_AFTER) onProblem(undefined);
      unanswered = 0;
      if (performance.now() - askedAt < QUICK_MS) work();
    };
    // A missing directory is an answer too: the work makes it again.
    inDiskTurn(() => look(path)).then(answered, answered);
  };
}
