import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';
import {formatBytes} from '../../format/bytes.ts';
import {bodyOf, parseHead, statusOf, type ResponseHead} from './http-head.ts';

/** The progress in reading a response. */
export type Progress =
  | 'more'
  | 'done'
  /** The peer closed early: before the first byte, or in the body. */
  | 'cut'
  /** The peer closed in the head or before it; `cut` says where. */
  | {readonly cut: Text}
  /** The answer violates HTTP; `foreign` when it is no HTTP at all. */
  | {readonly broken: Text; readonly foreign?: true};

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
  /** A rule that the response breaks after its head. */
  onOddity(oddity: Text): void;
}

/** As browsers do. */
const MOST_HEAD_BYTES = 262_144;
/** Many servers and clients refuse more. */
const USUAL_HEAD_BYTES = 16_384;
const MOST_LINE_BYTES = 4_096;

type Stage =
  'head' | 'length' | 'until-close' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailer' | 'done';

/**
 * Reads one HTTP/1 response as it arrives. Lenient where that is harmless on a connection for one response, and
 * tells each rule that the response breaks; strict about the end of the body. Does not read beyond the response.
 */
export function createResponseReader(method: string, listener: ResponseListener): ResponseReader {
  let stage: Stage = 'head';
  let unread: Buffer = NOTHING;
  /** The rest of the body or of the chunk; for the head and the trailer, their remaining limit. */
  let left = 0;
  /** How much of the unread bytes holds no end of the head. */
  let searched = 0;
  let headBytes = 0;
  let continued = false;
  /** The rules that it breaks before its head, each once. */
  const before = new Map<string, Text>();

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
      if (stage === 'trailer') {
        listener.onOddity(message`its last chunk has no end`);
        return 'done';
      }
      if (stage !== 'head') return 'cut';
      if (unread.length > 0) return cutHead(unread.toString('latin1', 0, MOST_SHOWN_BYTES));
      return continued ? {cut: message`after 100 Continue`} : 'cut';
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
    skipEmptyLines();
    const end = endOfHead(unread, searched);
    const start = unread.toString('latin1', 0, Math.min(unread.length, MOST_SHOWN_BYTES));
    if (!mayBeHttp(start)) return foreign(start);
    if (headBytes + (end ?? unread.length) > MOST_HEAD_BYTES)
      return {broken: message`its headers take more than ${formatBytes(MOST_HEAD_BYTES)}`};
    if (end === undefined) {
      searched = Math.max(0, unread.length - 2);
      return 'more';
    }
    searched = 0;
    headBytes += end;
    const head = parseHead(unread.toString('latin1', 0, end));
    unread = unread.subarray(end);
    // `100 Continue` and the like come before the response.
    if (head.status < 200 && head.status !== 101) {
      continued = true;
      if (head.status === 100) before.set('100', message`an unasked 100 Continue precedes it`);
      return undefined;
    }
    if (headBytes > USUAL_HEAD_BYTES)
      before.set('large', message`its headers take ${formatBytes(headBytes)}`);
    listener.onHead({...head, oddities: [...before.values(), ...head.oddities]});
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

  function skipEmptyLines(): void {
    let at = 0;
    while (at < unread.length && BLANKS.includes(unread[at] ?? 0)) at++;
    if (at === 0) return;
    headBytes += at;
    searched = 0;
    unread = unread.subarray(at);
    before.set('empty line', message`an empty line precedes its status line`);
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
      const size = /^[ \t]*0*([\da-f]{1,8})[ \t]*(?:;|$)/i.exec(line)?.[1];
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

const BLANKS: readonly number[] = [LINE_FEED, CARRIAGE_RETURN, 32];
const MOST_SHOWN_BYTES = 1_024;

/** The start of the body; undefined before the end of the head. */
function endOfHead(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(LINE_FEED, from); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) {
    if (bytes[at + 1] === LINE_FEED) return at + 2;
    if (bytes[at + 1] === CARRIAGE_RETURN && bytes[at + 2] === LINE_FEED) return at + 3;
  }
  return undefined;
}

/** Whether these first bytes may be HTTP. Another protocol must be detected at once: its server may then wait forever for a reply. */
function mayBeHttp(head: string): boolean {
  return head.includes('\n') || head.length === MOST_SHOWN_BYTES
    ? statusOf(head) !== undefined
    : 'HTTP/'.startsWith(head.slice(0, 'HTTP/'.length).toUpperCase());
}

function cutHead(start: string): Progress {
  return statusOf(start) === undefined ? foreign(start) : {cut: message`within its headers`};
}

function foreign(start: string): Progress {
  const broken = message`it starts with ${sanitize(start, 40)}`;
  // A status line that cannot be read is bad HTTP, and no other protocol.
  return /^HTTP\//i.test(start) ? {broken} : {broken, foreign: true};
}
