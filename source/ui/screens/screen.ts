import type {ReactNode} from 'react';
import type {Binding, KeyContext} from '../keys/binding.ts';
import type {Kind} from '../layout.ts';
import type {Scene} from '../state/scene.ts';
import type {Size} from '../terminal/painter.ts';

/** A screen: `screens/NAME/NAME.tsx` exports it as `definition`. `S` is its state while it is open. */
export type ScreenDefinition<S extends object = object> = ScreenFacts<S> & (PageOrDialog | Prompt);

interface ScreenFacts<S extends object> {
  /** The name of its folder. */
  readonly name: string;
  title(state: S, context: KeyContext): string;
  /** The key that opens it from the first screen, which itself has none. */
  readonly key: OpeningKey | undefined;
  /** Whether it is about the target that is selected when it opens; it closes when another is selected. */
  readonly aboutTarget?: boolean;
  /** Its first state; undefined when it has nothing to show. `of` is the number of its subject, like that of an incident. */
  open(context: KeyContext, of?: number): S | undefined;
  readonly keys: readonly Binding<S>[];
  /** The state after one of its own keys. A pure function. */
  reduce(state: S, key: string, context: KeyContext): S;
  View(props: ViewProps<S>): ReactNode;
  /** A smaller terminal shows the screen below it instead. */
  readonly smallest: Size;
  /** Whether it shows a countdown or an age, and so draws every second. */
  counts?(context: KeyContext): boolean;
}

/** A page fills the space between header and reason. A dialog is a box over the page, in the layout with panels. */
interface PageOrDialog {
  readonly shows: 'page' | 'dialog';
}

/** The page below it shows the typed text; `View` is drawn only in the layout with one line. */
interface Prompt {
  readonly shows: 'prompt';
  /** The acts of a key without a binding: a character of the text. */
  typed: NonNullable<Binding['press']>;
}

interface OpeningKey extends Omit<Binding, 'help' | 'order'> {
  help(context: KeyContext): string;
  readonly order: number;
}

export interface ViewProps<S extends object = object> extends Scene {
  readonly title: string;
  readonly state: S;
  readonly kind: Kind;
  readonly width: number;
  readonly height: number;
  /** The name of the prompt whose text this page shows. */
  readonly prompt: string | undefined;
  /** Receives the number of lines of a page that do not fit; Infinity without a page. */
  onScrollable(lines: number): void;
  /** All screens. */
  readonly screens: readonly ScreenDefinition[];
}
