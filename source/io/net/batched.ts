import {onAbort} from '../../contracts/abort.ts';
import {setImmediate} from 'node:timers/promises';
import {createPace, type YieldToLoop} from './pace.ts';

export type Work<Q, A> = (
  questions: readonly Q[],
  yieldToLoop: YieldToLoop,
) => Promise<readonly A[]>;

interface Waiting<Q, A> {
  readonly question: Q;
  resolve(answer: A): void;
  reject(error: unknown): void;
}

/**
 * Answers many questions by one piece of work. Questions during the work wait for the next one, so that no answer is older than its question.
 * An answer rejects with the reason of `signal` as soon as that is aborted.
 */
export function batched<Q, A>(work: Work<Q, A>): (question: Q, signal?: AbortSignal) => Promise<A> {
  const waiting = new Set<Waiting<Q, A>>();
  const pace = createPace();
  let working = false;

  return (question, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const stopWaiting = () => {
        waiting.delete(entry);
        reject(signal?.reason as Error);
      };
      let settled = () => {};
      const entry: Waiting<Q, A> = {
        question,
        resolve(answer) {
          settled();
          resolve(answer);
        },
        reject(error) {
          settled();
          reject(error);
        },
      };
      settled = onAbort(signal, stopWaiting);
      waiting.add(entry);
      if (!working) void answerAll();
    });

  async function answerAll(): Promise<void> {
    working = true;
    while (waiting.size > 0) {
      await pace.rest();
      // Questions of the same turn of the loop are answered together.
      await setImmediate();
      const asked = [...waiting];
      waiting.clear();
      await answerThese(asked);
    }
    working = false;
  }

  async function answerThese(asked: ReadonlyArray<Waiting<Q, A>>): Promise<void> {
    if (asked.length === 0) return;
    try {
      const questions = asked.map(({question}) => question);
      const answers = await pace.run(yieldToLoop => work(questions, yieldToLoop));
      asked.forEach(({resolve}, index) => resolve(answers[index] as A));
    } catch (error) {
      for (const {reject} of asked) reject(error);
    }
  }
}
