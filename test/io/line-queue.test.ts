import fc from 'fast-check';
import {expect, test, vi} from 'vitest';
import {createLineQueue} from '../../source/io/line-queue.ts';

/** A stream whose reader comes and goes. */
function fakeStream() {
  const waiting: Array<{text: string; taken: (error?: Error | null) => void}> = [];
  let reading = true;
  let read = '';
  return {
    get writableLength() {
      return waiting.reduce((sum, {text}) => sum + text.length, 0);
    },
    write(text: string, taken: (error?: Error | null) => void) {
      if (reading && waiting.length === 0) {
        read += text;
        taken();
      } else waiting.push({text, taken});
      return reading;
    },
    stall: () => void (reading = false),
    resume() {
      reading = true;
      for (let next = waiting[0]; next; next = waiting[0]) {
        read += next.text;
        waiting.shift();
        next.taken();
      }
    },
    lines: () => read.split('\n').slice(0, -1),
  };
}

function queueOn(stream: ReturnType<typeof fakeStream>, limitBytes?: number) {
  const onStuck = vi.fn();
  const onCaughtUp = vi.fn();
  const options = {onStuck, onCaughtUp, limitBytes};
  const queue = createLineQueue(stream as unknown as NodeJS.WriteStream, options);
  return {...queue, onStuck, onCaughtUp};
}

const long = (index: number) => `${index} ${'x'.repeat(100)}`;

test('lines are written at once while somebody reads', () => {
  const stream = fakeStream();
  const {print, onStuck} = queueOn(stream);
  for (let index = 0; index < 5_000; index++) print(long(index));
  expect(stream.lines()).toHaveLength(5_000);
  expect(onStuck).not.toHaveBeenCalled();
});

test('a reader that comes back finds the newest lines, whole and in order, and how many are missing', () => {
  const stream = fakeStream();
  const {print, onStuck, onCaughtUp} = queueOn(stream, 10_000);
  stream.stall();
  for (let index = 0; index < 5_000; index++) print(long(index));
  expect(stream.writableLength).toBeLessThan(70_000);
  expect(onStuck).toHaveBeenCalledTimes(1);
  stream.resume();
  const lines = stream.lines();
  expect(lines.every(line => /^\d+ x{100}$/.test(line))).toBe(true);
  expect(lines.at(-1)).toBe(long(4_999));
  expect(onCaughtUp.mock.calls).toEqual([[5_000 - lines.length]]);
  print('and then');
  expect(stream.lines().at(-1)).toBe('and then');
});

test('every line is written once and in order, or counted as dropped, however the reader comes and goes', () => {
  const acts = fc.array(fc.constantFrom('print', 'print', 'print', 'stall', 'resume'), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(acts, acts => {
      const stream = fakeStream();
      const {print, onCaughtUp} = queueOn(stream, 3_000);
      let printed = 0;
      for (const act of acts)
        if (act === 'print') for (let more = 0; more < 300; more++) print(long(printed++));
        else stream[act]();
      stream.resume();
      const numbers = stream.lines().map(line => Number(line.split(' ')[0]));
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      const dropped = onCaughtUp.mock.calls.reduce((sum, [count]) => sum + Number(count), 0);
      expect(numbers.length + dropped).toBe(printed);
    }),
  );
});
