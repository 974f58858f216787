import {createPainter, type Painter, type Terminal} from './painter.ts';

/** While it is held the keys of the terminal come to us, and its screen is the painter's. */
interface HeldTerminal {
  readonly painter: Painter;
  take(): void;
  /** Gives it back for a while. */
  release(): void;
  /** Takes it again, whether it was released or not. */
  retake(): void;
  /** Gives it back for good; or drops it without another word where it is gone. */
  end(how: 'quit' | 'gone'): void;
}

/** `onGone` hears that the terminal is no longer there. */
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
      // Before the screen is cleared: a key that is echoed onto it afterwards stays in a cell that the painter believes to be blank. Ink does it when it has drawn.
      rawMode(true);
      painter.open();
    },
    release,
    retake() {
      // A shell may have changed the modes of the terminal meanwhile: node sets only what it believes to be different.
      rawMode(false);
      rawMode(true);
      painter.open();
    },
    end(how) {
      for (const event of LOST_EVENTS) stdin.off(event, onGone);
      if (how === 'quit') return release();
      // Without its terminal stdin may still report errors; that it is gone is known by now.
      stdin.on('error', () => undefined);
      painter.abandon();
    },
  };
}

const LOST_EVENTS = ['end', 'close', 'error'] as const;
