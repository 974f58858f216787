/** By which AgentOS's agents ask each other for a restart. */
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
  /** A signal of our own, left over from a time when somebody else took them. */
  readonly isOurs: boolean;
  /** The target that it names. */
  readonly target?: string;
}

/** Whatever is in it, it is a signal: an empty file, or one that is still being written, asks for a restart too. */
export function readRestartSignal(text: string): SignalReading {
  return {
    isOurs: /"requested_by"\s*:\s*"agent2"/.test(text),
    target: /"target"\s*:\s*"([^"\\]{1,63})"/.exec(text)?.[1],
  };
}
