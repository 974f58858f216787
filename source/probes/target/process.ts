import type {Probe} from '../../contracts/probe.ts';
import type {ProbeResult, ProcessIdentity, ProcessReading} from '../../core/model/observation.ts';
import {byChild, type WatchedChild} from './by-child.ts';
import {byPidFile} from './by-pid-file.ts';
import {byPort} from './by-port.ts';
import {createKnownProcess} from './known-process.ts';
import {createDeploySigns} from './deploy-signs.ts';
import {createLineage, type Lineage} from './lineage.ts';
import {resultOf} from './process-fault.ts';

export interface ProcessProbeOptions {
  readonly pidFile?: string;
  /** Part of the name of the program or of its script, in any case; a process without it is another program. */
  readonly processName?: string;
  /** The local port whose listener is the process when neither pid file nor child names it, and is compared with the one that a pid file names. */
  readonly port?: number;
  /** The address at which clients reach that port, where it matters. */
  readonly host?: () => string;
  /** The target answers at another machine. */
  readonly remote?: boolean;
  /** agent2's own child, if the target is one. */
  readonly child?: WatchedChild;
}

export interface ProcessProbe extends Probe {
  /**
   * The quick reading, several times a second: of the known process, and of the pid file only when that process is
   * unhealthy. Only `inspect` searches for a process by its port.
   */
  read(): ProcessReading;
  /**
   * Compares the process of a pid file with the holder of the port: once for each process, as that costs a look at every process.
   * `answers`: the target is well, so that an unrelated holder is the service. Undefined when nothing is new.
   */
  confirm(signal: AbortSignal, answers: boolean): Promise<ProbeResult | undefined>;
  /** Whether a process is the target's: itself or its family. While the target's process is unknown, any one with the configured name. */
  owns(pid: number): boolean;
  /** The target's last known process, alive or gone; undefined before the first sight and for another program. */
  identity(): ProcessIdentity | undefined;
  /** Tells the relatives of that process, also after its end. */
  readonly lineage: Lineage;
  /** Takes a process that answers right for the target's, where only the port says which one that is. */
  readonly adopt?: (pid: number) => void;
}

/** The identity and the state of the target's process. */
export function createProcessProbe({
  pidFile,
  processName,
  port,
  host,
  remote,
  child,
}: ProcessProbeOptions): ProcessProbe {
  const known = createKnownProcess(processName);
  let aliveAt = 0;
  const signs = createDeploySigns({aliveAt: () => aliveAt, pidFile});
  const lineage = createLineage({
    known: known.identity,
    aliveAt: () => aliveAt,
    isUnproven: () => known.isUnproven,
  });
  const search = byPort({port, processName}, known, lineage);
  const finder = child
    ? byChild(child, known)
    : pidFile === undefined
      ? search
      : byPidFile(
          {path: pidFile, port: port === undefined ? undefined : {port, host}, remote},
          known,
          search,
          lineage,
        );
  return {
    kind: 'process',
    read: () => seen(finder.read()),
    async inspect({signal}) {
      const {reading, ...oddities} = await finder.inspect(signal);
      const result = resultOf(seen(reading), {pidFile, ...oddities});
      return child ? result : withSigns(result, reading, signal);
    },
    async confirm(signal, answers) {
      const found = await finder.confirm?.(signal, answers);
      return found && resultOf(seen(found.reading), {pidFile, ...found});
    },
    owns: known.owns,
    identity: known.identity,
    lineage,
    adopt: finder === search ? search.adopt : undefined,
  };

  /** A process that is gone may be in the middle of somebody's deploy. */
  async function withSigns(
    result: ProbeResult,
    reading: ProcessReading,
    signal: AbortSignal,
  ): Promise<ProbeResult> {
    if (reading.state === 'alive') await signs.remember(reading.identity, signal);
    if (reading.state !== 'gone' && reading.state !== 'zombie') return result;
    const text = await signs.find(signal, finder.isFileMisled?.() !== true);
    return text === undefined
      ? result
      : {...result, faults: [...result.faults, {probe: 'process', kind: 'being_restarted', text}]};
  }

  function seen(reading: ProcessReading): ProcessReading {
    if (reading.state === 'alive') aliveAt = Date.now();
    return reading;
  }
}
