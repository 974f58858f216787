import type {Text, Value} from '../model/text.ts';

/** About how many bytes a text takes in memory: a character is one or two, and each object of its data some more. */
export function textBytes(text: Value | undefined): number {
  if (text === undefined || typeof text === 'number') return VALUE_BYTES;
  if (typeof text === 'string') return VALUE_BYTES + text.length;
  const parts: readonly Value[] = 'parts' in text ? text.parts : (text.values ?? []);
  return parts.reduce((sum: number, part) => sum + textBytes(part), OBJECT_BYTES);
}

const VALUE_BYTES = 16;
const OBJECT_BYTES = 64;

/** The newest of a list, oldest first, that fit into `bytes` and into `most`; the very newest always. */
export function newestWithin<T>(
  items: readonly T[],
  {most, bytes, bytesOf}: {readonly most: number; readonly bytes: number; bytesOf(item: T): number},
): readonly T[] {
  let left = bytes;
  let from = items.length;
  while (from > 0 && items.length - from < most) {
    left -= bytesOf(items[from - 1] as T);
    if (left < 0 && from < items.length) break;
    from--;
  }
  return from === 0 ? items : items.slice(from);
}

/** The bytes of several texts. */
export function textsBytes(texts: ReadonlyArray<Text | undefined>): number {
  return texts.reduce((sum: number, text) => sum + textBytes(text), 0);
}
