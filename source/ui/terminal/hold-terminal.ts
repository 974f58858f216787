import {createPainter, type Painter, type Terminal} from './painter.ts';

/** The terminal in raw mode, with its screen owned by the painter. */
interface HeldTerminal {
  readonly painter: Painter;
  take(): void;
  /** Restores the terminal for a while. */
  release(): void;
  /** Takes it again, even without a `release` before. */
  retake(): void;
  /** Restores the terminal for good; with `gone` writes nothing to it. */
  end(how: 'quit' | 'gone'): void;
}

/** Takes the terminal. Calls `onGone` when it is no longer there. */
export function holdTerminal(
  stdin: NodeJS.ReadStream,
  stdout: Terminal,
  onGone: () => void,
): HeldTerminal {
  const painter = createPainter(stdout, onGone);
  const rawMode = (on: boolean): void => void (stdin.isTTY && stdin.setRawMode(on));
  const release = (): void => {
    painter.close();
    rawMode(false);
  };
  return {
    painter,
    take() {
      for (const event of LOST_EVENTS) stdin.on(event, onGone);
      // Before the painter clears the screen: a key echoed after that would stay in a cell that the painter takes for blank. Ink itself
      // sets raw mode too late, after its first frame.
      rawMode(true);
      painter.open();
    },
    release,
    retake() {
      // Both, because a shell may have changed the mode meanwhile and node skips a call that changes nothing.
      rawMode(false);
      rawMode(true);
      painter.open();
    },
    end(how) {
      for (const event of LOST_EVENTS) stdin.off(event, onGone);
      if (how === 'quit') return release();
      // Ignores later errors of stdin: the loss of the terminal is already handled.
      stdin.on('error', () => undefined);
      painter.abandon();
    },
  };
}

const LOST_EVENTS = ['end', 'close', 'error'] as const;
