import type {State} from '../../core/model/state.ts';
import type {Stream} from '../../io/socket/local-server.ts';
import type {ControlHost} from './host.ts';
import {helloText} from '../../documents/control/hello.ts';
import {createReaders, sse} from './readers.ts';
import {deltaText, stateText} from '../../documents/control/state.ts';
import {targetsOf} from '../../core/targets.ts';

/** A stream of events for several readers. */
export interface Feed {
  /** Returns a function that ends the stream. */
  open(stream: Stream): () => void;
  close(): void;
}

/** Feeds attached screens: `hello`, `state`, then a `delta` for each change. `hello` comes again when settings changed, since a restart may run another command. */
export function createAttachFeed(
  {monitor, version, pid, stateDir, actionOf}: ControlHost,
  guarded: (run: () => void) => void,
): Feed {
  let sent: State | undefined;
  let whole: Buffer | undefined;
  let unsubscribe = () => {};
  const readers = createReaders(
    () => (whole ??= Buffer.concat([hello(current()), sse('state', stateText(current()))])),
  );

  return {
    open(stream) {
      if (readers.count() === 0) unsubscribe = monitor.subscribe(() => guarded(publish));
      // All readers then have the same state, from which the next `delta` starts.
      publish();
      const remove = readers.add(stream);
      return () => {
        remove();
        if (readers.count() === 0) forget();
      };
    },
    close() {
      publish();
      readers.close();
      forget();
    },
  };

  function current(): State {
    return (sent ??= monitor.getSnapshot());
  }

  function publish(): void {
    if (readers.count() === 0) return;
    const before = current();
    const after = monitor.getSnapshot();
    if (after === before) return;
    sent = after;
    whole = undefined;
    if (!sameSettings(before, after)) readers.send(hello(after));
    const delta = deltaText(before, after);
    if (delta !== undefined) readers.send(sse('delta', delta));
  }

  function hello(state: State): Buffer {
    const actions = Object.fromEntries(
      targetsOf(state).map(({settings: {name}}) => [name, actionOf(name) ?? '']),
    );
    return sse('hello', helloText({version, pid, stateDir, actions}));
  }

  function forget(): void {
    unsubscribe();
    sent = undefined;
    whole = undefined;
  }
}

/** Unchanged settings are the same object. */
function sameSettings(a: State, b: State): boolean {
  return (
    targetsOf(a).length === targetsOf(b).length &&
    targetsOf(a).every(({settings}, index) => settings === targetsOf(b)[index]?.settings)
  );
}
