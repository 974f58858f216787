import {errorCode} from '../error-code.ts';

/** Writes to a stream no faster than it is read. */
export interface Output {
  write(text: string): Promise<void>;
  /** Nobody reads it any more (`| head`): that is no trouble, and the end. */
  closed(): boolean;
}

export function createOutput(stream: NodeJS.WritableStream): Output {
  let closed = false;
  let trouble: Error | undefined;
  stream.on('error', (error: Error) => {
    closed = true;
    if (errorCode(error) !== 'EPIPE') trouble = error;
  });
  return {
    closed: () => closed,
    async write(text) {
      if (trouble) throw trouble;
      if (closed || text === '') return;
      await new Promise<void>(resolve => stream.write(text, () => resolve()));
    },
  };
}
