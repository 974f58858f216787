import type {Text} from '../../core/model/text.ts';
import {sanitizeText} from '../../format/sanitize.ts';
import {errorText} from '../error-code.ts';

export type Inflated =
  | {readonly kind: 'body'; readonly body: Buffer; readonly truncated: boolean}
  | {readonly kind: 'failed'; readonly reason: Text};

/**
 * Unpacks a body by its content encoding up to `maxBytes`, which limits the cost of a bomb.
 * A truncated body gives its readable part; an unknown encoding passes unchanged.
 */
export async function inflate(
  packed: Buffer,
  encoding: string,
  maxBytes: number,
): Promise<Inflated> {
  const stream = await unpacker(encoding);
  if (!stream || packed.length === 0) return {kind: 'body', body: packed, truncated: false};
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    stream.end(packed);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxBytes) break;
    }
  } catch (error) {
    return {kind: 'failed', reason: sanitizeText(errorText(error), 80)};
  } finally {
    stream.destroy();
  }
  return {
    kind: 'body',
    body: Buffer.concat(chunks).subarray(0, maxBytes),
    truncated: size > maxBytes,
  };
}

/** Flushes instead of finishing at the end, so that a truncated body gives its content. */
async function unpacker(encoding: string) {
  if (!['gzip', 'x-gzip', 'deflate', 'br'].includes(encoding)) return undefined;
  const zlib = await import('node:zlib');
  if (encoding === 'br')
    return zlib.createBrotliDecompress({finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH});
  return zlib.createUnzip({finishFlush: zlib.constants.Z_SYNC_FLUSH});
}
