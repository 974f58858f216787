import type {ReactNode} from 'react';
import type {Binding, KeyContext} from '../keys/binding.ts';
import type {Kind} from '../layout.ts';
import type {Scene} from '../state/scene.ts';
import type {Size} from '../terminal/painter.ts';

/** A screen: the folder `screens/NAME/`, whose file of the same name exports it as `definition`. `S` is its own state, for as long as it is open. */
export type ScreenDefinition<S extends object = object> = ScreenFacts<S> & (PageOrDialog | Prompt);

interface ScreenFacts<S extends object> {
  /** The name of its folder. */
  readonly name: string;
  title(state: S, context: KeyContext): string;
  /** Opens it from the first screen. The first screen is the one that has none. */
  readonly key: OpeningKey | undefined;
  /** It is about the target that is selected when it opens, and closes with it. */
  readonly aboutTarget?: boolean;
  /** Its state at first; nothing where it has nothing to show. `of` is the number of what it is opened for. */
  open(context: KeyContext, of?: number): S | undefined;
  readonly keys: readonly Binding<S>[];
  /** The state after one of its own keys. A pure function. */
  reduce(state: S, key: string, context: KeyContext): S;
  View(props: ViewProps<S>): ReactNode;
  /** In a smaller terminal the screen beneath is drawn instead. */
  readonly smallest: Size;
  /** It shows seconds that pass, so it is drawn every second. */
  counts?(context: KeyContext): boolean;
}

/** A page takes the room between the header and the reason. A dialog stands over the page beneath, where there are panels. */
interface PageOrDialog {
  readonly shows: 'page' | 'dialog';
}

/** A text is typed into the page beneath, which shows it; `View` is drawn only in a terminal of one line. */
interface Prompt {
  readonly shows: 'prompt';
  /** What a key without a binding does, as a character of the text. */
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
  /** The name of the prompt whose text is typed into this page. */
  readonly prompt: string | undefined;
  /** Receives how many lines of a page do not fit; Infinity when no page is shown. */
  onScrollable(lines: number): void;
  /** Every screen. */
  readonly screens: readonly ScreenDefinition[];
}
