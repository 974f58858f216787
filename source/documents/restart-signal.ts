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
  /** The named target. */
  readonly target?: string;
}

/** Any content is a signal: an empty file, or a partly written one, asks for a restart too. */
export function readRestartSignal(text: string): SignalReading {
  return {
    isOurs: /"requested_by"\s*:\s*"agent2"/.test(text),
    target: /"target"\s*:\s*"([^"\\]{1,63})"/.exec(text)?.[1],
  };
}
