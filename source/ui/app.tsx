import {useCallback, useMemo, useRef, useSyncExternalStore, type ReactNode} from 'react';
import type {AppProps} from './app-props.ts';
import {Chrome} from './chrome.tsx';
import {Lines, LookContext, type Look} from './components/lines.tsx';
import {useKeys} from './hooks/use-keys.ts';
import {MonitorContext} from './hooks/use-monitor.ts';
import {useScene} from './hooks/use-scene.ts';
import {SizeContext, useWindowSize} from './hooks/use-window-size.ts';
import {onKey} from './keys/on-key.ts';
import {ASCII, UNICODE} from './text/symbols.ts';

/** The whole screen. */
export function App(props: AppProps): ReactNode {
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
          <Screen {...props} />
        </LookContext.Provider>
      </SizeContext.Provider>
    </MonitorContext.Provider>
  );
}

function Screen(app: AppProps) {
  const scrollable = useRef(Infinity);
  const onScrollable = useCallback((lines: number) => void (scrollable.current = lines), []);
  useKeys(key => onKey(key, app, scrollable.current), app.keysActive);
  const {columns} = useWindowSize();
  const frame = useScene(app);
  return frame.kind === 'text' ? (
    <Lines lines={[[frame.text]]} width={columns} height={1} />
  ) : (
    <Chrome {...frame} screens={app.screens} onScrollable={onScrollable} />
  );
}
