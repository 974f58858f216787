import {spawn} from '@lydell/node-pty';
import {Terminal} from '@xterm/headless';
import {onCleanup} from './cleanup.ts';
import {doing, isAlive, signal} from './processes.ts';
import {PATIENCE_MS, within} from './until.ts';

export interface TerminalOptions {
  readonly argv: readonly [string, ...string[]];
  readonly cols?: number;
  readonly rows?: number;
  /** The whole environment but TERM. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** A real program in a real pseudo-terminal, and what a person would see of it. */
export interface OpenTerminal {
  readonly pid: number;
  /** The visible screen: lines without trailing blanks, joined by newlines, no empty lines at the end. */
  screen(): string;
  /** Everything the program wrote. */
  raw(): string;
  bytes(): number;
  /** Resolves to the screen once it matches; rejects with the screen in the message. Looks after every write, so no frame is missed. */
  waitFor(wanted: Wanted, options?: {readonly deadlineMs?: number}): Promise<string>;
  type(keys: string): void;
  resize(cols: number, rows: number): void;
  kill(name: NodeJS.Signals): void;
  /** From now on nobody reads what the program writes, as behind a stalled connection. */
  stall(): void;
  /** Somebody reads it again. */
  read(): void;
  /** Takes the terminal away, as when a connection drops. */
  hangUp(): void;
  /** How the program ended; rejects with the screen when it does not. */
  exited(): Promise<{readonly code: number; readonly signal: number | undefined}>;
  cursorVisible(): boolean;
  alternateScreen(): boolean;
  /** The emulator itself, for its colours. */
  readonly emulator: Terminal;
  dispose(): Promise<void>;
}

type Wanted = string | RegExp | ((screen: string) => boolean);

/** Opens one; `cleanUp` closes it and ends the program. */
export function openTerminal({
  argv,
  cols = 100,
  rows = 30,
  env,
  cwd,
}: TerminalOptions): OpenTerminal {
  const emulator = new Terminal({cols, rows, allowProposedApi: true, scrollback: 200});
  const [file, ...args] = argv;
  const pty = spawn(file, args, {
    name: 'xterm-256color',
    cols,
    rows,
    cwd,
    env: {COLORTERM: 'truecolor', ...env, TERM: 'xterm-256color'},
  });
  const lookers = new Set<() => void>();
  let raw = '';
  let cursorVisible = true;
  let ended = false;

  for (const [final, visible] of [
    ['h', true],
    ['l', false],
  ] as const) {
    emulator.parser.registerCsiHandler({prefix: '?', final}, parameters => {
      if (parameters.includes(25)) cursorVisible = visible;
      return false;
    });
  }
  // Answers of a terminal to its program (cursor position and the like).
  emulator.onData(answer => {
    if (!ended) pty.write(answer);
  });
  pty.onData(data => {
    raw += data;
    emulator.write(data, () => lookers.forEach(look => look()));
  });
  const exited = new Promise<{code: number; signal: number | undefined}>(resolve => {
    pty.onExit(({exitCode, signal: number}) => {
      ended = true;
      // After all that was written before has been drawn.
      emulator.write('', () => {
        resolve({code: exitCode, signal: number || undefined});
        lookers.forEach(look => look());
      });
    });
  });

  const terminal: OpenTerminal = {
    pid: pty.pid,
    emulator,
    exited: () =>
      within('the program in the terminal ends', exited, {
        describe: () => `${doing(pty.pid)}\n${screenOf(emulator)}`,
      }),
    screen: () => screenOf(emulator),
    raw: () => raw,
    bytes: () => Buffer.byteLength(raw),
    cursorVisible: () => cursorVisible,
    alternateScreen: () => emulator.buffer.active.type === 'alternate',
    type: keys => pty.write(keys),
    resize(columns, lines) {
      emulator.resize(columns, lines);
      pty.resize(columns, lines);
    },
    stall: () => pty.pause(),
    read: () => pty.resume(),
    kill: name => void signal(pty.pid, name),
    hangUp: () => (pty as unknown as {destroy(): void}).destroy(),
    waitFor: (wanted, {deadlineMs = PATIENCE_MS} = {}) =>
      new Promise((resolve, reject) => {
        const finish = (act: () => void) => {
          clearTimeout(timer);
          lookers.delete(look);
          act();
        };
        const look = () => {
          const screen = screenOf(emulator);
          if (matches(screen, wanted)) finish(() => resolve(screen));
          else if (ended)
            finish(() =>
              reject(
                new Error(
                  `the program ended before the screen showed ${String(wanted)}:\n${screen}`,
                ),
              ),
            );
        };
        const timer = setTimeout(
          () =>
            finish(() =>
              reject(
                new Error(
                  `the screen did not show ${String(wanted)} within ${deadlineMs} ms:\n${screenOf(emulator)}\n${doing(pty.pid)}`,
                ),
              ),
            ),
          deadlineMs,
        );
        lookers.add(look);
        look();
      }),
    async dispose() {
      if (!ended && isAlive(pty.pid)) signal(pty.pid, 'SIGKILL');
      if (!ended) (pty as unknown as {destroy(): void}).destroy();
      emulator.dispose();
    },
  };
  onCleanup(terminal.dispose);
  return terminal;
}

function matches(screen: string, wanted: Wanted): boolean {
  if (typeof wanted === 'string') return screen.includes(wanted);
  return wanted instanceof RegExp ? wanted.test(screen) : wanted(screen);
}

function screenOf(emulator: Terminal): string {
  const buffer = emulator.buffer.active;
  const lines = Array.from(
    {length: emulator.rows},
    (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '',
  );
  return lines.join('\n').trimEnd();
}
