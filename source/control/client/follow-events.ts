import type {Clock} from '../../contracts/clock.ts';
import {say} from '../../core/text/say.ts';
import {eventReader, type StreamEvent} from '../../documents/control/event-stream.ts';
import {sanitizeText} from '../../format/sanitize.ts';
import {errorCode} from '../../io/error-code.ts';
import {
  streamLocally,
  type LocalFailure,
  type StreamListener,
} from '../../io/socket/local-stream.ts';
import {HOST, type paths} from '../protocol.ts';

/** Finds the path of the socket; undefined when there is none. May throw errors of the file system. */
export type SocketOf = () => string | undefined;

export interface Following {
  readonly socketPath: string;
  close(): void;
}

export interface EventsListener {
  /** Called with the events that arrived together. Returns what is wrong with them, if anything, which ends the stream. */
  onEvents(events: readonly StreamEvent[]): FollowEnd | undefined;
  /** Called once, unless it was closed. */
  onEnd(end: FollowEnd): void;
}

/** Why a stream ended. */
export interface FollowEnd {
  /** For people. */
  readonly text: string;
  /** No monitor runs there, or it has just ended. */
  readonly gone: boolean;
}

/** Hundreds of targets with an hour of samples each take some megabytes. */
const MOST_LENGTH = 67_108_864;
/** How long a stream may be silent: at first, and later, when a keep-alive comes every 15 s. */
const SILENT_MS = {first: 3_000, later: 40_000};

/** Reads one stream of events of a monitor until it ends or is silent for too long. Undefined when there is no socket; then `onEnd` was called. */
export function followEvents(
  socketOf: SocketOf,
  path: (typeof paths)['attach' | 'events'],
  clock: Pick<Clock, 'after'>,
  {onEvents, onEnd}: EventsListener,
): Following | undefined {
  const socketPath = found(socketOf);
  if (typeof socketPath !== 'string') {
    onEnd(endOf(socketPath));
    return undefined;
  }
  const reader = eventReader(MOST_LENGTH);
  let limitMs = SILENT_MS.first;
  let cancelSilence = () => {};
  const stream = streamLocally(
    {socketPath, host: HOST, path},
    {
      onText(text) {
        const events = reader.push(text);
        const wrong = events ? onEvents(events) : garbage(say`an event without an end`);
        if (wrong) return fail(wrong);
        if (events && events.length > 0) limitMs = SILENT_MS.later;
        waitForMore();
      },
      onEnd(end) {
        cancelSilence();
        onEnd(endOf(end));
      },
    },
  );
  waitForMore();
  return {socketPath, close};

  function waitForMore(): void {
    cancelSilence();
    cancelSilence = clock.after(limitMs, () => fail({text: say`it does not answer`, gone: false}));
  }

  function fail(end: FollowEnd): void {
    close();
    onEnd(end);
  }

  function close(): void {
    cancelSilence();
    stream.close();
  }
}

/** The end of a stream that does not follow this protocol. */
export function garbage(what: string): FollowEnd {
  return {
    text: say`the program that answers there is not this version of agent2 (${what})`,
    gone: false,
  };
}

/** The path, or why none exists. */
function found(socketOf: SocketOf): string | LocalFailure {
  try {
    return socketOf() ?? {kind: 'failed', code: 'ENOENT', text: 'ENOENT'};
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return {kind: 'failed', code, text: code};
  }
}

function endOf(end: Parameters<StreamListener['onEnd']>[0]): FollowEnd {
  switch (end.kind) {
    case 'over':
      return {text: say`it has just ended`, gone: true};
    case 'refused':
      return {text: say`it accepts no screen now (HTTP ${end.status})`, gone: false};
    case 'failed':
      if (end.code === 'ENOENT')
        return {
          text: say`it has no socket, like older versions: restart it with this version`,
          gone: true,
        };
      if (end.code === 'EACCES' || end.code === 'EPERM')
        return {text: say`its socket belongs to another user; attach as that user`, gone: false};
      if (end.code === 'ECONNREFUSED' || end.code === 'ECONNRESET' || end.code === 'EPIPE')
        return {text: say`nothing listens on its socket`, gone: true};
      return {text: say`its socket: ${sanitizeText(end.text, 100)}`, gone: false};
  }
}
