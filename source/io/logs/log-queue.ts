/** The most bytes that wait for a disk that is full or blocks: older lines give way. */
const KEPT_BYTES = 1_048_576;
/** What is written at once. */
const MOST_BYTES = 65_536;

/** What follows the lines that were taken: nothing, a line that belongs into the next file, or a break. */
type Next = 'nothing' | 'line' | 'break';

/** Lines that wait to be written, and breaks between them, at which the file is opened anew. */
export interface LineQueue {
  add(line: string): void;
  addBreak(): void;
  isEmpty(): boolean;
  /** How many lines gave way since the last call. */
  takeLost(): number;
  /**
   * Takes the lines up to the next break that fit into `room` bytes, in a new file without `room`: there the first one fits always, and the others fit into
   * `newRoom`.
   */
  take(
    room: number | undefined,
    newRoom: number,
  ): {readonly text: string; readonly bytes: number; readonly next: Next};
}

const BREAK = Symbol('break');

export function createLineQueue(keptBytes = KEPT_BYTES): LineQueue {
  let entries: Array<string | typeof BREAK> = [];
  let waiting = 0;
  let lost = 0;
  return {
    add(line) {
      entries.push(line);
      waiting += sizeOf(line);
      while (waiting > keptBytes && entries.length > 1) giveWay();
    },
    addBreak() {
      if (entries.at(-1) !== BREAK) entries.push(BREAK);
    },
    isEmpty: () => entries.length === 0,
    takeLost() {
      const count = lost;
      lost = 0;
      return count;
    },
    take(room, newRoom) {
      const taken: string[] = [];
      let bytes = 0;
      let next: Next = 'nothing';
      let index = 0;
      for (; index < entries.length; index++) {
        const entry = entries[index];
        if (entry === undefined || entry === BREAK) {
          if (entry === BREAK) next = 'break';
          break;
        }
        const isFirstOfFile = room === undefined && taken.length === 0;
        if (!isFirstOfFile && bytes + sizeOf(entry) > (room ?? newRoom)) {
          next = 'line';
          break;
        }
        if (bytes > MOST_BYTES) break;
        taken.push(entry);
        bytes += sizeOf(entry);
      }
      entries = entries.slice(next === 'break' ? index + 1 : index);
      waiting -= bytes;
      return {text: taken.map(line => `${line}\n`).join(''), bytes, next};
    },
  };

  function giveWay(): void {
    const oldest = entries.findIndex(entry => entry !== BREAK);
    const [line] = entries.splice(oldest, 1);
    waiting -= sizeOf(String(line));
    lost++;
  }
}

function sizeOf(line: string): number {
  return Buffer.byteLength(line) + 1;
}
