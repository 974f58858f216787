import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';
import {bodyOf, parseHead, type ResponseHead} from './http-head.ts';

/** The progress in reading a response. */
export type Progress =
  | 'more'
  | 'done'
  /** The peer closed early: in the head if there was none yet, else in the body. */
  | 'cut'
  | {readonly broken: Text};

export interface ResponseReader {
  /** The peer's next bytes. */
  read(chunk: Buffer): Progress;
  /** The peer sends nothing more. */
  end(): Progress;
}

/** Receives a response part by part; parts of the body are never empty. */
export interface ResponseListener {
  onHead(head: ResponseHead): void;
  onBody(part: Buffer): void;
}

const MOST_HEAD_BYTES = 16_384;
const MOST_LINE_BYTES = 4_096;

type Stage =
  'head' | 'length' | 'until-close' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailer' | 'done';

/**
 * Reads one HTTP/1 response as it arrives. Lenient where that is harmless on a connection for one response (bare line feeds,
 * odd header lines); strict about the end of the body. Does not read beyond the response.
 */
export function createResponseReader(method: string, listener: ResponseListener): ResponseReader {
  let stage: Stage = 'head';
  let unread: Buffer = NOTHING;
  /** The rest of the body or of the chunk; for the head and the trailer, their remaining limit. */
  let left = 0;

  return {
    read(chunk) {
      unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
      for (;;) {
        const progress = step();
        if (progress !== undefined) return progress;
      }
    },
    end() {
      if (stage === 'done' || stage === 'until-close') return 'done';
      return stage === 'head' && unread.length > 0
        ? {broken: message`it ended within its head`}
        : 'cut';
    },
  };

  /** Undefined while the buffer may hold more to parse. */
  function step(): Progress | undefined {
    switch (stage) {
      case 'head':
        return readHead();
      case 'length':
      case 'chunk':
        return readCounted();
      case 'until-close':
        return readAll();
      case 'chunk-size':
        return readSize();
      case 'chunk-end':
        return readLine(line =>
          line === '' ? go('chunk-size') : {broken: message`one of its chunks has no end`},
        );
      case 'trailer':
        return readLine(line => (line === '' ? go('done') : undefined));
      case 'done':
        return 'done';
    }
  }

  function readHead(): Progress | undefined {
    const end = endOfHead(unread);
    const text = unread.toString('latin1', 0, end ?? Math.min(unread.length, MOST_HEAD_BYTES));
    if (!mayBeHttp(text)) return {broken: message`it starts with ${sanitize(text, 40)}`};
    if (end === undefined)
      return unread.length > MOST_HEAD_BYTES
        ? {broken: message`its head is larger than ${MOST_HEAD_BYTES} bytes`}
        : 'more';
    unread = unread.subarray(end);
    const head = parseHead(text);
    // `100 Continue` and the like come before the response.
    if (head.status < 200 && head.status !== 101) return undefined;
    listener.onHead(head);
    const body = bodyOf(method, head);
    switch (body.kind) {
      case 'none':
        return go('done');
      case 'length':
        left = body.bytes;
        return go(left === 0 ? 'done' : 'length');
      case 'chunked':
        return go('chunk-size');
      case 'until-close':
        return go('until-close');
      case 'unclear':
        return {broken: message`its length is unclear`};
    }
  }

  function readCounted(): Progress | undefined {
    const part = unread.subarray(0, left);
    unread = unread.subarray(part.length);
    left -= part.length;
    if (part.length > 0) listener.onBody(part);
    if (left > 0) return 'more';
    return go(stage === 'length' ? 'done' : 'chunk-end');
  }

  function readAll(): Progress {
    const part = unread;
    unread = NOTHING;
    if (part.length > 0) listener.onBody(part);
    return 'more';
  }

  function readSize(): Progress | undefined {
    return readLine(line => {
      const size = /^([\da-f]{1,8})[ \t]*(?:;|$)/i.exec(line)?.[1];
      if (size === undefined) return {broken: message`one of its chunks has no size`};
      left = Number.parseInt(size, 16);
      return go(left === 0 ? 'trailer' : 'chunk');
    });
  }

  function readLine(use: (line: string) => Progress | undefined): Progress | undefined {
    const end = unread.indexOf(LINE_FEED);
    if (end < 0 && unread.length <= MOST_LINE_BYTES) return 'more';
    if (end < 0 || end > MOST_LINE_BYTES) return {broken: message`one of its lines is too long`};
    const line = unread.toString('latin1', 0, end).replace(/\r$/, '');
    unread = unread.subarray(end + 1);
    return use(line);
  }

  function go(next: Stage): undefined {
    stage = next;
  }
}

const NOTHING = Buffer.alloc(0);
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The start of the body; undefined before the end of the head. */
function endOfHead(bytes: Buffer): number | undefined {
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) {
    if (bytes[at + 1] === LINE_FEED) return at + 2;
    if (bytes[at + 1] === CARRIAGE_RETURN && bytes[at + 2] === LINE_FEED) return at + 3;
  }
  return undefined;
}

/** Whether these first bytes may be HTTP. Another protocol must be detected at once: its server may then wait forever for a reply. */
function mayBeHttp(head: string): boolean {
  const line = head.includes('\n') ? head.slice(0, head.indexOf('\n')) : undefined;
  return line === undefined
    ? 'HTTP/'.startsWith(head.slice(0, 'HTTP/'.length))
    : /^HTTP\/\d\.\d [1-9]\d\d(?:[ \r]|$)/.test(line);
}
