/** Lines for a reader that may be slow, or never read. */
export interface LineQueue {
  /** Never waits. */
  print(line: string): void;
}

interface LineQueueOptions {
  /** Called at every write that the stream has taken, or refused. */
  readonly onWritten?: (error: Error | null | undefined) => void;
  /** Called when the first line is dropped. */
  readonly onStuck: () => void;
  /** Called when the reader has caught up, with the number of lines dropped meanwhile. */
  readonly onCaughtUp: (dropped: number) => void;
  /** Of the lines that wait. */
  readonly limitBytes?: number;
}

const LIMIT_BYTES = 1_048_576;
/** What the stream itself may hold. */
const PART_BYTES = 65_536;

/** Keeps the newest lines until the stream takes them, up to a limit, and drops the oldest. A stream that writes at once, such as a file, gets each line at once. */
export function createLineQueue(
  stream: Pick<NodeJS.WriteStream, 'write' | 'writableLength'>,
  {onWritten = () => {}, onStuck, onCaughtUp, limitBytes = LIMIT_BYTES}: LineQueueOptions,
): LineQueue {
  const waiting: string[] = [];
  let waitingBytes = 0;
  let dropped = 0;

  const write = (text: string) =>
    void stream.write(text, error => {
      onWritten(error);
      if (!error) flush();
    });

  return {
    print(line) {
      const text = `${line}\n`;
      if (waiting.length === 0 && stream.writableLength < PART_BYTES) return write(text);
      waiting.push(text);
      waitingBytes += Buffer.byteLength(text);
      const before = dropped;
      while (waitingBytes > limitBytes && waiting.length > 1) {
        waitingBytes -= Buffer.byteLength(waiting.shift() ?? '');
        dropped += 1;
      }
      if (before === 0 && dropped > 0) onStuck();
    },
  };

  function flush(): void {
    if (waiting.length === 0 || stream.writableLength >= PART_BYTES) return;
    let part = '';
    while (waiting.length > 0 && part.length < PART_BYTES) part += waiting.shift() ?? '';
    waitingBytes -= Buffer.byteLength(part);
    const missed = waiting.length === 0 ? dropped : 0;
    if (missed > 0) dropped = 0;
    write(part);
    if (missed > 0) onCaughtUp(missed);
  }
}
