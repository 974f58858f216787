import {EventEmitter} from 'node:events';
import {Terminal as Emulator} from '@xterm/headless';
import type {Terminal} from '../../source/ui/terminal/painter.ts';

/** A terminal that is an emulator: bytes in, screen out. */
export interface FakeTerminal extends Terminal {
  readonly writes: string[];
  /** Thrown by the next writes. */
  failure: NodeJS.ErrnoException | undefined;
  /** From now on nobody reads it: what is written waits. */
  stall(): void;
  /** Somebody reads all of that, and goes on. */
  read(): void;
  /** Bytes written since the last call. */
  takeBytes(): number;
  /** What is to be seen, when all of it is drawn. */
  screen(): Promise<string>;
  resize(columns: number, rows: number): void;
  emit(event: string, error?: Error): void;
  alternate(): boolean;
}

export function fakeTerminal(columns: number, rows: number): FakeTerminal {
  const emulator = new Emulator({cols: columns, rows, allowProposedApi: true, scrollback: 100});
  const events = new EventEmitter();
  const writes: string[] = [];
  const waiting: Array<{readonly text: string; readonly taken?: () => void}> = [];
  let bytes = 0;
  let stalled = false;
  const terminal: FakeTerminal = {
    isTTY: true,
    writes,
    failure: undefined,
    get writableLength() {
      return waiting.reduce((sum, {text}) => sum + Buffer.byteLength(text), 0);
    },
    stall: () => void (stalled = true),
    read() {
      stalled = false;
      for (const {text, taken} of waiting.splice(0)) {
        emulator.write(text);
        taken?.();
      }
    },
    get columns() {
      return emulator.cols;
    },
    get rows() {
      return emulator.rows;
    },
    write(text, taken) {
      if (terminal.failure) throw terminal.failure;
      writes.push(text);
      bytes += Buffer.byteLength(text);
      if (stalled) waiting.push({text, taken});
      else emulator.write(text, taken);
      return !stalled;
    },
    on: (event, listener) => events.on(event, listener),
    off: (event, listener) => events.off(event, listener),
    takeBytes() {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    screen: () =>
      new Promise(resolve => {
        emulator.write('', () => {
          const buffer = emulator.buffer.active;
          const lines = Array.from(
            {length: emulator.rows},
            (_, row) =>
              buffer
                .getLine(buffer.baseY + row)
                ?.translateToString(true)
                .trimEnd() ?? '',
          );
          resolve(lines.join('\n').trimEnd());
        });
      }),
    resize(toColumns, toRows) {
      emulator.resize(toColumns, toRows);
      events.emit('resize');
    },
    emit: (event, error) => void events.emit(event, error),
    alternate: () => emulator.buffer.active.type === 'alternate',
  };
  return terminal;
}

export function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), {code});
}
