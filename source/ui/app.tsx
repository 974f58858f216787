import {useCallback, useMemo, useRef, useSyncExternalStore} from 'react';
import type {Theme} from '../contracts/theme.ts';
import type {Link, Monitor} from '../contracts/monitor.ts';
import {say} from '../core/text/say.ts';
import {type TargetState} from '../core/model/state.ts';
import {phaseOf} from '../core/phase.ts';
import {whyCountsDown} from '../core/why.ts';
import type {DemoFault, KeyContext} from './keys/binding.ts';
import {LookContext, Lines, type Look} from './components/lines.tsx';
import {useKeys} from './hooks/use-keys.ts';
import {MonitorContext, screenLooksSame, useMonitor} from './hooks/use-monitor.ts';
import {useNow} from './hooks/use-now.ts';
import {SizeContext, useWindowSize, type SizeSource} from './hooks/use-window-size.ts';
import {barBindings, pressKey} from './keys/keymap.ts';
import {layoutFor} from './layout.ts';
import {goneFor, goneText, unseen} from './panels/reason/lines.ts';
import {Compact, StatusLine} from './screens/target/compact.tsx';
import {Dashboard} from './screens/target/dashboard.tsx';
import {pageOf} from './screens/page-of.ts';
import type {ScreenProps} from './screens/target/screen-props.ts';
import {
  focusedPanel,
  listedTargets,
  openOverlay,
  panelsOf,
  selectedTarget,
} from './state/selection.ts';
import {ASCII, UNICODE} from './text/symbols.ts';
import {targetRow} from './state/target-row.ts';
import type {Overlay, UiState, UiStore} from './state/ui-store.ts';
import {targetsOf} from '../core/targets.ts';

export interface AppProps {
  readonly monitor: Monitor;
  readonly ui: UiStore;
  readonly screen: SizeSource;
  readonly themes: readonly Theme[];
  readonly ascii: boolean;
  readonly faults: readonly DemoFault[];
  /** What a restart of the target runs, for the question before it. */
  readonly actionOf: (target: string) => string | undefined;
  /** What becomes of healing after `q`, in the present tense: `stops watching web; nothing heals it then`. */
  readonly quitMessage: string | (() => string);
  readonly hangupMessage?: () => string | undefined;
  /** Gives the loop to a monitor in the background; or why that is not for this screen. */
  readonly background?: (() => void) | string;
  /** Shows a monitor of another process, and changes nothing there. */
  readonly readOnly?: boolean;
  /** False when there is nobody to press a key. */
  readonly keysActive: boolean;
  readonly onTheme: (name: string) => void;
  readonly repaint: () => void;
  readonly quit: () => void;
}

/** The whole screen. */
export function App(props: AppProps) {
  const {monitor, ui, screen, themes, ascii} = props;
  const {theme: name} = useSyncExternalStore(ui.subscribe, ui.get);
  const look = useMemo((): Look | undefined => {
    const theme = themes.find(each => each.name === name) ?? themes[0];
    return theme && {theme, symbols: ascii ? ASCII : UNICODE};
  }, [themes, name, ascii]);
  if (!look) throw new Error('a screen needs at least one theme');
  return (
    <MonitorContext.Provider value={monitor}>
      <SizeContext.Provider value={screen}>
        <LookContext.Provider value={look}>
          <Screen {...props} look={look} />
        </LookContext.Provider>
      </SizeContext.Provider>
    </MonitorContext.Provider>
  );
}

const MINUTE_MS = 60_000;

function Screen({
  monitor,
  ui,
  themes,
  faults,
  actionOf,
  quitMessage,
  hangupMessage,
  background,
  readOnly = false,
  keysActive,
  onTheme,
  repaint,
  quit,
  look,
}: AppProps & {readonly look: Look}) {
  const size = useWindowSize();
  const uiState = useSyncExternalStore(ui.subscribe, ui.get);
  const targets = useMonitor(
    state => targetsOf(state),
    (a, b) => screenLooksSame(a, b, selectedTarget(b, uiState)?.settings.name),
  );
  const troubles = useMonitor(state => state.troubles);
  const link = useSyncExternalStore(monitor.subscribe, () => monitor.link?.());
  const lost = link?.state === 'lost' ? link : undefined;
  const known = useMonitor(state => state.status);
  const status = lost ? 'stopped' : known;
  const rows = useMemo(
    () => targets.map(each => targetRow(status, lost ? unseen(each) : each)),
    [targets, status, lost],
  );
  const listed = useMemo(
    () =>
      listedTargets(targets, uiState).map(each => targetRow(status, lost ? unseen(each) : each)),
    [targets, status, lost, uiState.filter],
  );
  const target = selectedTarget(targets, uiState);
  const overlay = target ? openOverlay(uiState, target) : NOTHING_OPEN;
  const readingStory = overlay.kind === 'why' && target?.incident !== undefined;
  const counting = target !== undefined && (readingStory || whyCountsDown(target, monitor.now()));
  const now = useNow([targets, target, link], counting || lost ? 1_000 : MINUTE_MS);
  const scrollable = useRef(Infinity);
  const onScrollable = useCallback((lines: number) => void (scrollable.current = lines), []);
  const {kind} = layoutFor(size, 0, targets.length);
  const panels = panelsOf(kind, targets.length);
  const contextFor = (of: TargetState): KeyContext => ({
    monitor,
    target: of,
    panels,
    ui,
    themes: themes.map(theme => theme.name),
    faults,
    readOnly,
    quitMessage: typeof quitMessage === 'string' ? quitMessage : quitMessage(),
    hangupMessage,
    background,
    onTheme,
    repaint,
    quit,
    maxScroll: () => scrollable.current,
  });

  useKeys(key => {
    const current = selectedTarget(targetsOf(monitor.getSnapshot()), ui.get());
    if (current) pressKey(key, contextFor(current));
    else if (key === 'q' || key === 'ctrl+c') quit();
  }, keysActive);

  const gone = lost && goneText(lost, now);
  if (!target)
    return (
      <Lines lines={[[gone ?? say`nothing is watched; q quits`]]} width={size.columns} height={1} />
    );
  const keys = contextFor(target);
  // What was seen last stands still: nobody knows whether it goes on.
  const seenAt = lost ? Math.min(now, lost.since) : now;
  const page = pageOf(overlay, {
    target,
    troubles: gone === undefined ? troubles : {...troubles, screen: gone},
    now: seenAt,
    keys,
    symbols: look.symbols,
  });
  const screen: ScreenProps = {
    rows,
    listed,
    target,
    selected: listed.findIndex(({name}) => name === target.settings.name),
    phase: phaseOf({status}, target),
    troubles,
    now: seenAt,
    size,
    ui: uiState,
    overlay,
    focused: panels.length > 1 ? focusedPanel(panels, uiState) : undefined,
    bar: barBindings(overlay),
    keys,
    action: actionOf(target.settings.name),
    page,
    attachedTo: link?.state === 'up' ? link.pid : undefined,
    gone,
    goneShort:
      lost && [lost.text, say`monitor gone`].map(text => `${text}, ${goneFor(lost.since, now)}`),
    notes: notesOf(uiState, link),
    onScrollable,
  };
  switch (kind) {
    case 'panels':
      return <Dashboard {...screen} />;
    case 'lines':
      return <Compact {...screen} />;
    case 'status':
      return <StatusLine {...screen} />;
  }
}

function notesOf({note}: UiState, link: Link | undefined): readonly string[] {
  return [
    ...(note && (!note.whileLost || link?.state === 'lost') ? [note.text] : []),
    ...(link?.state === 'up' && link.trouble !== undefined ? [link.trouble] : []),
  ];
}

const NOTHING_OPEN: Overlay = {kind: 'none'};
