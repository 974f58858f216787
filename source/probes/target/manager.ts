import type {ManagedState} from '../../contracts/fix.ts';
import type {ProbeResult, ProcessReading} from '../../core/model/observation.ts';

/** Asks the process manager about a service that fails its checks. */
export interface ManagerProbe {
  inspect(signal: AbortSignal, process: ProcessReading | undefined): Promise<ProbeResult>;
}

/** How long a manager needs not be asked again about what it was told to stop: some take half a second of CPU to answer. */
const STOPPED_MS = 15_000;

const NOTHING: ProbeResult = {readings: {}, faults: []};

export function createManagerProbe({
  ask,
  evenIfStopped,
  now,
}: {
  readonly ask: (signal: AbortSignal) => Promise<ManagedState | undefined>;
  /** Such a target is healed all the same. */
  readonly evenIfStopped: boolean;
  /** Monotonic, in ms. */
  readonly now: () => number;
}): ManagerProbe {
  let stopped: {readonly result: ProbeResult; readonly until: number} | undefined;
  return {
    async inspect(signal, process) {
      const alive = process?.state === 'alive';
      if (stopped && now() < stopped.until && !alive) return stopped.result;
      const answer = await ask(signal);
      // A process that lives although its manager says that it is stopped was started in another way.
      const ignored =
        answer?.state === 'stopped'
          ? alive || evenIfStopped
          : answer?.state === 'paused' && evenIfStopped;
      const result = ignored ? NOTHING : resultOf(answer);
      stopped =
        result.faults[0]?.kind === 'told_to_stop' && !alive
          ? {result, until: now() + STOPPED_MS}
          : undefined;
      return result;
    },
  };
}

function resultOf(answer: ManagedState | undefined): ProbeResult {
  switch (answer?.state) {
    case 'stopped':
    case 'paused':
      return faultOf('told_to_stop', answer);
    case 'restarting':
      return faultOf('being_restarted', answer);
    default:
      return NOTHING;
  }
}

function faultOf(kind: 'told_to_stop' | 'being_restarted', {says}: ManagedState): ProbeResult {
  return {readings: {}, faults: [{probe: 'manager', kind, text: says}]};
}
