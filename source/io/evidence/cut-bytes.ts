const ELLIPSIS = '…';

/** Cuts a text to that many bytes of UTF-8, at its start or its end, and marks the cut with `…`. Never splits a character. */
export function cutBytes(text: string, maxBytes: number, keep: 'start' | 'end'): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  const room = Math.max(0, maxBytes - Buffer.byteLength(ELLIPSIS));
  if (keep === 'start') return bytes.toString('utf8', 0, startOfCharacter(bytes, room)) + ELLIPSIS;
  let from = bytes.length - room;
  while (from < bytes.length && isContinuation(bytes[from])) from++;
  return ELLIPSIS + bytes.toString('utf8', from);
}

function startOfCharacter(bytes: Buffer, at: number): number {
  let start = at;
  while (start > 0 && isContinuation(bytes[start])) start--;
  return start;
}

/** The second, third or fourth byte of a character. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
