import type {PortWord, ProcessReading, ProcessSource} from '../model/observation.ts';

/** What is known about who a process is. */
export interface IdentityFacts {
  readonly via: ProcessSource;
  /** Missing where no port was asked. */
  readonly atPort?: PortWord;
  readonly named?: boolean;
}

/**
 * Whether a process may be ended as the target's: its child, or one that a pid file names and nothing contradicts. Where the port is
 * held, its holder or the configured name must agree with the file. A mere listener may be a proxy, or another process by now: fit to
 * inspect, not to end.
 */
export function isOursForSure({via, atPort, named = false}: IdentityFacts): boolean {
  if (via !== 'pid-file') return via === 'child';
  switch (atPort) {
    case 'stranger':
      return false;
    case 'hidden':
      return named;
    case 'same':
    case 'relative':
    case 'nobody':
    case undefined:
      return true;
  }
}

/** Whether agent2 may end the process of a reading. One that is gone needs no permission; one of another name is another program. */
export function mayEnd(reading: ProcessReading | undefined): boolean {
  return (
    reading !== undefined &&
    'via' in reading &&
    reading.state !== 'mismatch' &&
    !('unnamed' in reading) &&
    !('unproven' in reading) &&
    isOursForSure(reading)
  );
}

/** Whether agent2 may send SIGCONT. It harms nobody, so that holding the port is enough; contradicted facts are not. */
export function mayWake(reading: ProcessReading | undefined): boolean {
  if (mayEnd(reading)) return true;
  if (reading === undefined || !('via' in reading)) return false;
  if ('unproven' in reading) return false;
  return reading.via === 'port' || ('unnamed' in reading && isOursForSure(reading));
}
