import {hangOf, type Hang} from '../../core/check/hang.ts';
import type {ConnectionEnds, SecondLook} from './hang-look.ts';

/** Takes the first of two looks at the service behind a connection. */
export type FirstLook = (
  ends: ConnectionEnds,
  signal: AbortSignal,
) => Promise<SecondLook | undefined>;

/** What goes on while an answer is late. */
export interface LateAnswer {
  /** At the time limit, with the request still outstanding: the kind of hang, where it can be told. Resolves within 200 ms. */
  conclude(): Promise<Hang | undefined>;
  /** Ends the looks. */
  cancel(): void;
}

/** A look that takes longer would delay the verdict. */
const CONCLUDE_MS = 200;

/**
 * Looks at the service for the first time, and asks it once more on a new connection: where one worker of several is stuck, another one answers.
 * `askAgain` resolves when the service answers anything; it is missing for requests that must not be repeated.
 */
export function createLateAnswer(
  ends: ConnectionEnds,
  look: FirstLook,
  askAgain: ((signal: AbortSignal) => Promise<void>) | undefined,
): LateAnswer {
  const controller = new AbortController();
  const {signal} = controller;
  const first = unlessAborted(look(ends, signal), signal);
  // `conclude` awaits it.
  first.catch(() => undefined);
  let second: 'none' | 'silent' | 'answered' = askAgain ? 'silent' : 'none';
  askAgain?.(signal).then(
    () => (second = 'answered'),
    // Aborted, or this machine could not ask.
    () => (second = 'none'),
  );

  return {
    async conclude() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>(resolve => {
        timer = setTimeout(resolve, CONCLUDE_MS, undefined);
      });
      try {
        const seen = await Promise.race([first.then(again => again?.()), late]);
        return (
          seen &&
          hangOf({
            ...seen,
            serves: seen.serves || second === 'answered',
            repeated: second === 'silent',
          })
        );
      } finally {
        clearTimeout(timer);
        controller.abort();
      }
    },
    cancel: () => controller.abort(),
  };
}

/** The result of a look that nobody waits for any more is undefined. */
async function unlessAborted<T>(
  look: Promise<T | undefined>,
  signal: AbortSignal,
): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
