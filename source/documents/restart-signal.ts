import {isRecord, parseJson} from '../format/json.ts';

/** The file `restart_signal`, by which AgentOS's agents request a restart from each other. */
export interface RestartSignal {
  readonly timestamp: string;
  readonly reason: string;
  readonly cause: string;
  readonly target: string;
}

export function restartSignalText({timestamp, reason, cause, target}: RestartSignal): string {
  return `${JSON.stringify({timestamp, reason, requested_by: 'agent2', cause, target}, undefined, 2)}\n`;
}

export interface SignalReading {
  /** agent2 wrote it itself, for another process to consume. */
  readonly isOurs: boolean;
  /** The named target, as it is in the file. */
  readonly target?: string;
}

/**
 * Any content is a signal: an empty file, or one that is no JSON, asks for a restart too and names no target. Only a `target` of the object itself
 * is its name; one that is no text names nobody, which is no target either.
 */
export function readRestartSignal(text: string): SignalReading {
  const document = parseJson(text.replace(/^\ufeff/, ''));
  if (!isRecord(document)) return {isOurs: false};
  const {requested_by, target} = document;
  return {
    isOurs: requested_by === 'agent2',
    ...(target === undefined || target === null || target === ''
      ? {}
      : {target: typeof target === 'string' ? target : (JSON.stringify(target) ?? '')}),
  };
}
