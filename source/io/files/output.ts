import {errorCode} from '../error-code.ts';

/** Writes to a stream no faster than it is read. */
export interface Output {
  write(text: string): Promise<void>;
  /** The reader closed the stream (`| head`): a normal end, not a problem. */
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
