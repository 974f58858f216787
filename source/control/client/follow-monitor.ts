import type {Clock} from '../../contracts/clock.ts';
import {say} from '../../core/text/say.ts';
import type {State} from '../../core/model/state.ts';
import type {StreamEvent} from '../../documents/control/event-stream.ts';
import {isRecord, parseJson} from '../../format/json.ts';
import {sanitize} from '../../format/sanitize.ts';
import {
  followEvents,
  garbage,
  type FollowEnd,
  type Following,
  type SocketOf,
} from './follow-events.ts';
import {paths, PROTOCOL, type Hello} from '../protocol.ts';
import {stateFrom, withDelta} from '../../documents/control/state.ts';

export interface FollowListener {
  /** Whole, and at every change. */
  onState(hello: Hello, state: State): void;
  /** Once, unless it was closed. */
  onEnd(end: FollowEnd): void;
}

/** Follows the state of the monitor behind that socket until it ends, or does not keep to the protocol. */
export function followMonitor(
  socketOf: SocketOf,
  clock: Pick<Clock, 'after'>,
  {onState, onEnd}: FollowListener,
): Following | undefined {
  let hello: Hello | undefined;
  let state: State | undefined;
  return followEvents(socketOf, paths.attach, clock, {
    onEvents(events) {
      const before = state;
      for (const event of events) {
        const wrong = read(event);
        if (wrong) return wrong;
      }
      // All that came at once is drawn once.
      if (hello && state && state !== before) onState(hello, state);
      return undefined;
    },
    onEnd,
  });

  function read({event, data}: StreamEvent): FollowEnd | undefined {
    try {
      switch (event) {
        case 'hello': {
          const said = helloFrom(data);
          if (!said) return garbage(say`a greeting that is none`);
          if (said.protocol !== PROTOCOL) return otherProtocol(said);
          hello = said;
          return undefined;
        }
        case 'state':
          state = stateFrom(data);
          return state && hello ? undefined : garbage(say`a state that is none`);
        case 'delta':
          state = state && withDelta(state, data);
          return state ? undefined : garbage(say`a change that fits nothing`);
        default:
          return undefined;
      }
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof TypeError)
        return garbage(sanitize(error.message, 80));
      throw error;
    }
  }
}

function helloFrom(data: string): Hello | undefined {
  const said = parseJson(data);
  if (
    !isRecord(said) ||
    typeof said.protocol !== 'number' ||
    typeof said.pid !== 'number' ||
    typeof said.version !== 'string'
  )
    return undefined;
  const actions = isRecord(said.actions)
    ? Object.entries(said.actions).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      )
    : [];
  return {
    protocol: said.protocol,
    version: sanitize(said.version, 40),
    pid: said.pid,
    stateDir: typeof said.stateDir === 'string' ? said.stateDir : '',
    actions: Object.fromEntries(actions),
  };
}

function otherProtocol({protocol, pid, version}: Hello): FollowEnd {
  return {
    text: say`agent2 ${version} (pid ${pid}) speaks protocol ${protocol}, this one ${PROTOCOL}; both have to be of one version: agent2 stop && agent2 start`,
    gone: false,
  };
}
