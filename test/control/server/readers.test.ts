import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createReaders, type Readers} from '../../../source/control/server/readers.ts';
import type {Stream} from '../../../source/io/socket/local-server.ts';

const WHOLE = Buffer.from('whole '.repeat(20_000));
const PART = Buffer.alloc(200_000, 'x');

let readers: Readers;
beforeEach(() => {
  vi.useFakeTimers();
  readers = createReaders(() => WHOLE, 30_000);
});
afterEach(() => {
  readers.close();
  vi.useRealTimers();
});

/** A stream whose reader reads only when told to. */
function openStream() {
  let waiting = 0;
  let received = '';
  let unread = '';
  let onDrain = () => {};
  const calls: string[] = [];
  const stream: Stream = {
    write(bytes) {
      waiting += bytes.length;
      unread += bytes.toString('latin1');
    },
    waiting: () => waiting,
    onDrain(listener) {
      onDrain = listener;
    },
    end: () => calls.push('end'),
    drop: () => calls.push('drop'),
  };
  return {
    stream,
    calls,
    waiting: () => waiting,
    received: () => received,
    read() {
      received += unread;
      unread = '';
      waiting = 0;
      onDrain();
    },
  };
}

test('the buffer for a reader that does not read is bounded', () => {
  const idle = openStream();
  readers.add(idle.stream);
  for (let number = 0; number < 150; number++) readers.send(PART);
  expect(idle.waiting()).toBeLessThan(WHOLE.length + 256 * 1024 + 2 * PART.length);
});

test('a reader that does not read delays no other', () => {
  const [idle, quick] = [openStream(), openStream()];
  readers.add(idle.stream);
  readers.add(quick.stream);
  for (let number = 0; number < 20; number++) {
    readers.send(PART);
    quick.read();
  }
  expect(quick.received()).toHaveLength(WHOLE.length + 20 * PART.length);
});

test('a reader that fell behind gets the whole state when it reads again, and then the changes', () => {
  const idle = openStream();
  readers.add(idle.stream);
  for (let number = 0; number < 10; number++) readers.send(PART);
  idle.read();
  const before = idle.received().length;
  readers.send(Buffer.from('new'));
  idle.read();
  expect(idle.received().slice(before)).toBe(`${WHOLE.toString()}new`);
  expect(idle.calls).toEqual([]);
});

test('a reader that stays behind for 30 s is dropped', () => {
  const idle = openStream();
  readers.add(idle.stream);
  for (let number = 0; number < 10; number++) readers.send(PART);
  vi.advanceTimersByTime(29_999);
  expect(idle.calls).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(idle.calls).toEqual(['drop']);
});

test('a reader gets a keep-alive every 15 s until it leaves', () => {
  const {stream, ...reader} = openStream();
  const remove = readers.add(stream);
  reader.read();
  vi.advanceTimersByTime(31_000);
  reader.read();
  expect(reader.received()).toBe(`${WHOLE.toString()}: still there\n\n: still there\n\n`);
  remove();
  expect(vi.getTimerCount()).toBe(0);
});

test('all readers are ended when the stream closes', () => {
  const streams = [openStream(), openStream()];
  for (const {stream} of streams) readers.add(stream);
  readers.close();
  expect(streams.map(({calls}) => calls)).toEqual([['end'], ['end']]);
  expect(readers.count()).toBe(0);
});
