import {EXIT, UsageError} from '../../contracts/command.ts';
import {message} from '../../core/text/message.ts';
import {errorCode, errorText} from '../error-code.ts';
import {FileError, fileError} from './file-error.ts';

/** Writes to a stream no faster than it is read. */
export interface Output {
  /** Rejects with a `UsageError` when it cannot be written, as on a full disk. */
  write(text: string): Promise<void>;
  /** The reader closed the stream (`| head`): a normal end, not a problem. */
  closed(): boolean;
}

export function createOutput(stream: NodeJS.WritableStream): Output {
  let closed = false;
  stream.on('error', () => (closed = true));
  return {
    closed: () => closed,
    async write(text) {
      if (closed || text === '') return;
      await new Promise<void>((resolve, reject) =>
        stream.write(text, error => {
          if (error) closed = true;
          if (error && !isReaderGone(error)) reject(unwritten(error));
          else resolve();
        }),
      );
    },
  };
}

/** Whether a failed write means that the reader closed the stream (`| head`), which is a normal end. */
export function isReaderGone(error: unknown): boolean {
  return errorCode(error) === 'EPIPE';
}

/** The failure of a command whose results are lost. */
export function unwritten(error: unknown): UsageError {
  const refused = fileError('stdout', error);
  return new UsageError(
    refused instanceof FileError
      ? message`the results cannot be written: ${'stdout'} ${refused.fault}`
      : message`the results cannot be written: ${errorText(error)}`,
    EXIT.failed,
  );
}
