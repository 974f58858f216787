import type {Stream} from '../../io/socket/local-server.ts';

/** The readers of one stream of server-sent events. All get the same bytes, made once. */
export interface Readers {
  /** Sends `whole` to the stream, then everything that `send` gets. Returns a function that removes it. */
  add(stream: Stream): () => void;
  send(bytes: Buffer): void;
  count(): number;
  close(): void;
}

/** Unread bytes that a reader may have, besides the last whole state. */
const MAX_WAITING_BYTES = 256 * 1024;
const MAX_BEHIND_MS = 30_000;
const KEEP_ALIVE_MS = 15_000;
const keepAlive = Buffer.from(': still there\n\n');

interface Reader {
  readonly stream: Stream;
  allowedBytes: number;
  /** Set while nothing is sent because the reader does not read. */
  dropTimer?: NodeJS.Timeout;
}

/** `whole` returns the complete state for a new reader, and for one that read on after falling behind. */
export function createReaders(whole: () => Buffer, maxBehindMs = MAX_BEHIND_MS): Readers {
  const readers = new Set<Reader>();
  let timer: NodeJS.Timeout | undefined;

  return {
    add(stream) {
      const reader: Reader = {stream, allowedBytes: 0};
      readers.add(reader);
      timer ??= setInterval(() => send(keepAlive), KEEP_ALIVE_MS).unref();
      stream.onDrain(() => caughtUp(reader));
      begin(reader);
      return () => remove(reader);
    },
    send,
    count: () => readers.size,
    close() {
      for (const reader of [...readers]) {
        reader.stream.end();
        remove(reader);
      }
    },
  };

  function send(bytes: Buffer): void {
    for (const reader of readers) {
      if (reader.dropTimer) continue;
      if (reader.stream.waiting() > reader.allowedBytes)
        reader.dropTimer = setTimeout(() => reader.stream.drop(), maxBehindMs).unref();
      else reader.stream.write(bytes);
    }
  }

  function caughtUp(reader: Reader): void {
    if (!reader.dropTimer || !readers.has(reader)) return;
    clearTimeout(reader.dropTimer);
    reader.dropTimer = undefined;
    begin(reader);
  }

  function begin(reader: Reader): void {
    const bytes = whole();
    reader.allowedBytes = bytes.length + MAX_WAITING_BYTES;
    reader.stream.write(bytes);
  }

  function remove(reader: Reader): void {
    clearTimeout(reader.dropTimer);
    readers.delete(reader);
    if (readers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }
}

/** One server-sent event; `json` is one line. */
export function sse(event: string, json: string): Buffer {
  return Buffer.from(`event: ${event}\ndata: ${json}\n\n`);
}
