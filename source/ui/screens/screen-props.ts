import type {Phase, State, TargetState} from '../../core/state.ts';
import type {Binding, KeyContext} from '../binding.ts';
import type {Size} from '../painter.ts';
import type {Line} from '../spans.ts';
import type {UiState} from '../ui-store.ts';

/** What every screen is drawn from. */
export interface ScreenProps {
  readonly targets: readonly TargetState[];
  /** The one that the keys act on. */
  readonly target: TargetState;
  readonly phase: Phase;
  readonly troubles: State['troubles'];
  readonly now: number;
  readonly size: Size;
  readonly ui: UiState;
  /** The keys that mean something now, for the key bar. */
  readonly bar: readonly Binding[];
  readonly keys: KeyContext;
  /** What a restart runs; undefined when that is not known. */
  readonly action: string | undefined;
  /** The page of text that is open. */
  readonly page: PageText | undefined;
  readonly onScrollable: (lines: number) => void;
}

export interface PageText {
  readonly title: string;
  readonly scroll: number;
  /** The lines for a page of `width` columns. */
  readonly lines: (width: number) => readonly Line[];
}
