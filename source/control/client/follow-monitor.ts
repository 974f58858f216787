import type {Clock} from '../../contracts/clock.ts';
import {say} from '../../core/text/say.ts';
import type {State} from '../../core/model/state.ts';
import {
  PROTOCOL,
  readHello,
  type Hello,
  type OtherProtocol,
} from '../../documents/control/hello.ts';
import type {StreamEvent} from '../../documents/control/event-stream.ts';
import {
  followEvents,
  garbage,
  type FollowEnd,
  type Following,
  type SocketOf,
} from './follow-events.ts';
import {paths} from '../protocol.ts';
import {readDelta, readState} from '../../documents/control/state.ts';

export interface FollowListener {
  /** Called with the whole state after every change. */
  onState(hello: Hello, state: State): void;
  /** Called once, unless it was closed. */
  onEnd(end: FollowEnd): void;
}

/** Follows the state of a monitor until the stream ends or breaks the protocol. */
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
      // Changes that arrive together are drawn once.
      if (hello && state && state !== before) onState(hello, state);
      return undefined;
    },
    onEnd,
  });

  function read({event, data}: StreamEvent): FollowEnd | undefined {
    switch (event) {
      case 'hello': {
        const said = readHello(data);
        if (said.kind === 'other-protocol') return otherProtocol(said);
        if (said.kind !== 'read') return garbage(say`an invalid greeting`);
        hello = said.value;
        return undefined;
      }
      case 'state': {
        const whole = readState(data);
        if (whole.kind !== 'read' || !hello) return garbage(say`an invalid state`);
        state = whole.value;
        return undefined;
      }
      case 'delta': {
        const next = state && readDelta(state, data);
        if (next?.kind !== 'read') return garbage(say`a change that does not fit the state`);
        state = next.value;
        return undefined;
      }
      default:
        return undefined;
    }
  }
}

function otherProtocol({protocol, pid, version}: OtherProtocol): FollowEnd {
  return {
    text: say`agent2 ${version} (pid ${pid}) speaks protocol ${protocol}, this one ${PROTOCOL}; both need the same version: agent2 stop && agent2 start`,
    gone: false,
  };
}
