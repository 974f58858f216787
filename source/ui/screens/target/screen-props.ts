import type {Phase, State, TargetState} from '../../../core/model/state.ts';
import type {Binding, KeyContext} from '../../keys/binding.ts';
import type {Size} from '../../terminal/painter.ts';
import type {TargetRow} from '../../state/target-row.ts';
import type {Overlay, PanelName, UiState} from '../../state/ui-store.ts';
import type {PageText} from '../../text/page-text.ts';

/** What every screen is drawn from. */
export interface ScreenProps {
  /** All targets, in the order of the config. */
  readonly rows: readonly TargetRow[];
  /** Those of them that are listed. */
  readonly listed: readonly TargetRow[];
  /** The one that the keys act on, and its place among those that are listed. */
  readonly target: TargetState;
  readonly selected: number;
  readonly phase: Phase;
  readonly troubles: State['troubles'];
  readonly now: number;
  readonly size: Size;
  readonly ui: UiState;
  readonly overlay: Overlay;
  /** The panel that keys move in, where there are several to choose from. */
  readonly focused: PanelName | undefined;
  /** The keys that mean something now, for the key bar. */
  readonly bar: readonly Binding[];
  readonly keys: KeyContext;
  /** What a restart runs; undefined when that is not known. */
  readonly action: string | undefined;
  /** The page of text that is open. */
  readonly page: PageText | undefined;
  /** The monitor of another process that this screen shows, while it is there. */
  readonly attachedTo: number | undefined;
  /** That the monitor is gone; and the same shorter and shorter, for where there is no room. */
  readonly gone: string | undefined;
  readonly goneShort: readonly string[] | undefined;
  /** What is said of a key just pressed, or of what was asked for last. */
  readonly notes: readonly string[];
  readonly onScrollable: (lines: number) => void;
}
