import {errorCode} from '../error-code.ts';

/** Writes to a stream no faster than it is read. */
export interface Output {
  write(text: string): Promise<void>;
  /** Nobody reads it any more (`| head`): that is no problem, and the end. */
  closed(): boolean;
}

export function createOutput(stream: NodeJS.WritableStream): Output {
  let closed = false;
  let problem: Error | undefined;
  stream.on('error', (error: Error) => {
    closed = true;
    if (errorCode(error) !== 'EPIPE') problem = error;
  });
  return {
    closed: () => closed,
    async write(text) {
      if (problem) throw problem;
      if (closed || text === '') return;
      await new Promise<void>(resolve => stream.write(text, () => resolve()));
    },
  };
}
