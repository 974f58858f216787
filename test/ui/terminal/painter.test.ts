import fc from 'fast-check';
import {describe, expect, test, vi} from 'vitest';
import {createPainter} from '../../../source/ui/terminal/painter.ts';
import {fakeTerminal, systemError} from '../fake-terminal.ts';

function open(columns = 20, rows = 5) {
  const terminal = fakeTerminal(columns, rows);
  const onGone = vi.fn();
  const painter = createPainter(terminal, onGone);
  painter.open();
  terminal.takeBytes();
  return {terminal, onGone, painter, draw: (frame: string) => void painter.sink.write(frame)};
}

describe('what is sent', () => {
  test('a frame that did not change sends nothing', () => {
    const {terminal, draw} = open();
    draw('one\ntwo');
    terminal.takeBytes();
    draw('one\ntwo');
    expect(terminal.takeBytes()).toBe(0);
  });

  test('one changed figure sends a cursor position and that figure', async () => {
    const {terminal, draw} = open();
    draw('latency 4.2 ms\nok');
    draw('latency 4.3 ms\nok');
    expect(terminal.writes.at(-1)).toBe('\u001B[1;11H3');
    expect(await terminal.screen()).toBe('latency 4.3 ms\nok');
  });

  test('a shorter line is erased, not overwritten with spaces', () => {
    const {terminal, draw} = open();
    draw('abcdefgh');
    draw('a');
    expect(terminal.writes.at(-1)).toBe('\u001B[1;2H\u001B[K');
  });

  test('changes of several lines come as one synchronized update, those of one line without', () => {
    const {terminal, draw} = open();
    draw('one\ntwo');
    expect(terminal.writes.at(-1)).toMatch(/^\u001B\[\?2026h.*\u001B\[\?2026l$/);
    draw('one\ntoo');
    expect(terminal.writes.at(-1)).not.toContain('2026');
  });

  test('a colour is ended where it ends', async () => {
    const {terminal, draw} = open();
    draw('\u001B[31mred\u001B[39m plain \u001B[1mbold\u001B[22m');
    expect(terminal.writes.at(-1)).toBe(
      '\u001B[1;1H\u001B[0;31mred\u001B[m plain \u001B[0;1mbold\u001B[m',
    );
    expect(await terminal.screen()).toBe('red plain bold');
  });

  test('no sequence but colour gets through, and no control character', () => {
    const {terminal, draw} = open(40);
    draw(
      'a\u001B[2Jb\u001B]52;c;aGk=\u0007c\u001B]0;title\u001B\\d\u009B5ne\u0000\r\tf\u202Eg\u001BPq\u001B\\h\u001B[?1000hi',
    );
    expect(terminal.writes.at(-1)).toBe('\u001B[1;1Habcd5nefghi');
  });

  test('a terminal that nobody reads gets one frame whole, and then only the newest', async () => {
    const {terminal, draw} = open();
    terminal.stall();
    draw('first\nframe');
    const queued = terminal.writableLength;
    for (let turn = 0; turn < 100; turn++) draw(`turn ${turn}\nof many`);
    expect(terminal.writableLength).toBe(queued);
    terminal.read();
    expect(await terminal.screen()).toBe('turn 99\nof many');
    expect(terminal.writes.filter(text => text.includes('turn'))).toHaveLength(1);
  });

  test('a terminal that was resized while nobody read it shows the frame of the new size', async () => {
    const {terminal, draw} = open(20, 5);
    terminal.stall();
    draw('a long line of text');
    terminal.resize(10, 5);
    draw('short');
    terminal.read();
    expect(await terminal.screen()).toBe('short');
  });

  test('a terminal that nobody reads is given back after the frame that it still takes', async () => {
    const {terminal, painter, draw} = open();
    terminal.stall();
    draw('frame');
    draw('newer');
    painter.close();
    terminal.read();
    await terminal.screen();
    expect(terminal.alternate()).toBe(false);
    expect(terminal.writes.at(-1)).toContain('?1049l');
  });
});

describe('what is seen', () => {
  const text = fc.string({
    unit: fc.constantFrom(
      'a',
      'b',
      ' ',
      ' ',
      ' ',
      ' ',
      '─',
      '服',
      '●',
      '✖',
      '\u001B[31m',
      '\u001B[1m',
      '\u001B[0m',
      '\u001B[48;5;17m',
    ),
    maxLength: 30,
  });
  const frame = fc.array(text, {maxLength: 8}).map(lines => lines.join('\n'));
  const size = fc.record({
    columns: fc.integer({min: 1, max: 24}),
    rows: fc.integer({min: 1, max: 8}),
  });

  test('after any frames and resizes the screen shows what a fresh one would', async () => {
    await fc.assert(
      fc.asyncProperty(
        size,
        fc.array(fc.oneof(frame, size), {maxLength: 12}),
        frame,
        async (start, steps, last) => {
          const {terminal, draw} = open(start.columns, start.rows);
          for (const step of steps) {
            if (typeof step === 'string') draw(step);
            else terminal.resize(step.columns, step.rows);
          }
          draw(last);
          const fresh = open(terminal.columns, terminal.rows);
          fresh.draw(last);
          expect(await terminal.screen()).toBe(await fresh.terminal.screen());
        },
      ),
      {numRuns: 300},
    );
  });

  test('a frame that is too big is cut: nothing scrolls, nothing wraps', async () => {
    const {terminal, draw} = open(4, 2);
    draw('abcdef\nghijkl\nmnopqr');
    expect(await terminal.screen()).toBe('abcd\nghij');
  });

  test('a resize clears and shows the new frame in one write', async () => {
    const {terminal, painter, draw} = open();
    draw('wide frame here');
    painter.subscribe(() => draw(`now ${painter.size().columns}`));
    const before = terminal.writes.length;
    terminal.resize(10, 4);
    expect(terminal.writes.length).toBe(before + 1);
    expect(await terminal.screen()).toBe('now 10');
  });

  test('a screen that somebody else wrote to is whole again after a repaint', async () => {
    const {terminal, painter, draw} = open();
    draw('frame');
    terminal.write('\u001B[2Jgarbage');
    painter.repaint();
    expect(await terminal.screen()).toBe('frame');
  });
});

describe('coming and going', () => {
  test('the alternate screen is taken, and given back as it was, once', async () => {
    const terminal = fakeTerminal(20, 5);
    terminal.write('$ agent2');
    const painter = createPainter(terminal, () => undefined);
    painter.open();
    painter.sink.write('frame');
    expect(await terminal.screen()).toBe('frame');
    expect(terminal.alternate()).toBe(true);
    painter.close();
    const written = terminal.writes.length;
    painter.close();
    painter.sink.write('too late');
    expect(terminal.writes.length).toBe(written);
    expect(terminal.writes.at(-1)).toBe(
      '\u001B[m\u001B[2J\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[?1049l',
    );
    expect(await terminal.screen()).toBe('$ agent2');
  });

  test('a terminal that was given back is taken again, with the newest frame at its new size', async () => {
    const {terminal, painter, draw} = open(20, 5);
    draw('old');
    painter.close();
    terminal.write('$ fg');
    terminal.resize(10, 4);
    draw('newest frame');
    painter.open();
    expect(painter.size()).toEqual({columns: 10, rows: 4});
    expect(await terminal.screen()).toBe('newest fra');
    expect(terminal.alternate()).toBe(true);
    painter.close();
    expect(await terminal.screen()).toBe('$ fg');
  });

  test.each(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'])(
    'a write that fails with %s says once that the terminal is gone',
    code => {
      const {terminal, painter, onGone, draw} = open();
      terminal.failure = systemError(code);
      draw('one');
      draw('two');
      painter.close();
      expect(onGone).toHaveBeenCalledTimes(1);
    },
  );

  test('an error that comes later says so too', () => {
    const {terminal, onGone, draw} = open();
    terminal.emit('error', systemError('EPIPE'));
    terminal.emit('error', systemError('EPIPE'));
    draw('one');
    expect(onGone).toHaveBeenCalledTimes(1);
    expect(terminal.takeBytes()).toBe(0);
  });
});
