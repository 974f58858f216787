import type {Transform} from 'node:stream';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {sanitize, sanitizeText} from '../../format/sanitize.ts';
import {errorText} from '../error-code.ts';

export interface Inflated {
  readonly body: Buffer;
  readonly truncated: boolean;
  /** The body is not quite what its encoding says. */
  readonly oddity?: Text;
}

/**
 * Unpacks a body by its content encoding up to `maxBytes`, which limits the cost of a bomb.
 * A truncated body gives its readable part. An unknown encoding passes unchanged, and so does a body that is not packed as it says.
 */
export async function inflate(
  packed: Buffer,
  encoding: string,
  maxBytes: number,
): Promise<Inflated> {
  const [usual, fallback] = await unpackers(encoding);
  if (!usual || packed.length === 0) return {body: packed, truncated: false};
  const first = await unpack(usual(), packed, maxBytes);
  if (first.error === undefined) return first;
  const name = sanitize(encoding, 20);
  const raw = encoding === 'deflate' ? packed : gzipContent(packed);
  const again = fallback && raw && (await unpack(fallback(), raw, maxBytes));
  if (again && again.error === undefined)
    // Some servers send `deflate` without the wrapper that its name demands.
    return {
      ...again,
      ...(raw === packed ? {} : {oddity: message`its ${name} body goes on behind its end`}),
    };
  return {
    body: packed,
    truncated: false,
    oddity: message`its body is not ${name} (${sanitizeText(errorText(first.error), 80)})`,
  };
}

/** What a gzip file holds, without its header; undefined for what is no gzip file. */
function gzipContent(packed: Buffer): Buffer | undefined {
  if (packed.length < 18 || packed.readUInt16BE(0) !== 0x1f8b) return undefined;
  const flags = packed[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + packed.readUInt16LE(at);
  for (const flag of [8, 16]) if (flags & flag) at = packed.indexOf(0, at) + 1;
  if (flags & 2) at += 2;
  return at >= 10 && at < packed.length ? packed.subarray(at) : undefined;
}

/** Reads by events: an iterator would drop what came before an error. */
function unpack(
  stream: Transform,
  packed: Buffer,
  maxBytes: number,
): Promise<Inflated & {readonly error?: unknown}> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (error?: unknown) => {
      stream.destroy();
      resolve({
        body: Buffer.concat(chunks).subarray(0, maxBytes),
        truncated: size > maxBytes,
        ...(error === undefined ? {} : {error}),
      });
    };
    stream.on('data', (chunk: Buffer) => {
      if (size > maxBytes) return;
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxBytes) end();
    });
    stream.once('end', () => end());
    stream.on('error', end);
    stream.end(packed);
  });
}

/** The usual one, and one for a body that the usual one refuses. They flush instead of finishing at the end, so that a truncated body gives its content. */
async function unpackers(encoding: string): Promise<ReadonlyArray<() => Transform>> {
  if (!['gzip', 'x-gzip', 'deflate', 'br'].includes(encoding)) return [];
  const zlib = await import('node:zlib');
  const {BROTLI_OPERATION_FLUSH, Z_SYNC_FLUSH: finishFlush} = zlib.constants;
  return encoding === 'br'
    ? [() => zlib.createBrotliDecompress({finishFlush: BROTLI_OPERATION_FLUSH})]
    : [() => zlib.createUnzip({finishFlush}), () => zlib.createInflateRaw({finishFlush})];
}
