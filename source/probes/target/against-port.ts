import type {ProcessIdentity, ProcessReading} from '../../core/model/observation.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {acceptsConnections} from '../../io/net/listens.ts';
import {identityIn, isSame} from '../../io/process/identity.ts';
import {kinOf} from '../../io/process/kin.ts';
import {
  describeProcess,
  readProcess,
  sameProcess,
  type ProcessInfo,
} from '../../io/process/processes.ts';
import {missingText, strangerText} from './against-port-text.ts';
import type {FoundProcess, KnownProcess, ProcessFinder} from './known-process.ts';
import type {Candidate, Named} from './named.ts';
import {askPort, type Holding, type TargetPort} from './port-word.ts';

/** How long an answer of the port counts that nothing can prove wrong: the search reads every process. */
const VALID_MS = 60_000;

/**
 * A process of the file that never held the port. `mayFollow`: it may be the next run of the service, which waits for the port; somebody
 * else had answered right beside all others.
 */
interface Contradicted extends ProcessIdentity {
  readonly text: Text;
  readonly mayFollow: boolean;
}

/** The judgement about a pid file by the holder of the port. */
export interface AgainstPort {
  /** Why the file does not count for this process, if the port was held by an unrelated one. */
  objection(candidate: Candidate): Text | undefined;
  /** The answer of the port to a question that was asked before. */
  recall(found: Named): FoundProcess | undefined;
  /** Asks the port where the file and the known process leave a question open. */
  consult(found: Named, signal: AbortSignal): Promise<FoundProcess>;
  confirm: NonNullable<ProcessFinder['confirm']>;
}

export function againstPort({
  path,
  port,
  known,
  byPort,
  believe,
  seeNamed,
  readAgain,
  fits,
}: {
  readonly path: string;
  readonly port: TargetPort;
  readonly known: KnownProcess;
  readonly byPort: ProcessFinder;
  believe(candidate: Candidate): ProcessReading | undefined;
  /** The state of a process that the file names, which is the known one from here on. */
  seeNamed(info: ProcessInfo): ProcessReading | undefined;
  /** What the file says beside the known process. */
  readAgain(): FoundProcess;
  /** Whether a process can be the next run of the known one. */
  fits(identity: ProcessIdentity): boolean;
}): AgainstPort {
  let contradicted: Contradicted | undefined;
  let answer:
    {readonly key: string; readonly until: number; readonly found: FoundProcess} | undefined;
  let searchedUntil = 0;
  let confirmed: (ProcessIdentity & {readonly until: number}) | undefined;

  return {
    objection: candidate =>
      contradicted && isSame(contradicted, candidate) ? contradicted.text : undefined,
    recall: found =>
      suspendedBehind(found) ??
      (answer?.key === keyOf(found) && performance.now() < answer.until ? answer.found : undefined),
    consult,
    confirm,
  };

  async function consult(found: Named, signal: AbortSignal): Promise<FoundProcess> {
    const {reading, candidate} = found;
    if (candidate) return choose(found, candidate, signal);
    switch (reading.state) {
      case 'alive':
        return found;
      case 'stopped':
      case 'traced':
        return reading.via === 'pid-file' && reading.atPort === undefined
          ? ((await confirm(signal, true)) ?? found)
          : found;
      case 'mismatch':
        return reading.via === 'pid-file'
          ? underAnotherName(found, reading.identity, signal)
          : found;
      case 'gone':
      case 'zombie':
      case 'unknown':
        return succeed(found, signal);
    }
  }

  /** The file names a living process that is not the known one, or whose start does not fit. */
  async function choose(
    found: Named,
    candidate: Candidate,
    signal: AbortSignal,
  ): Promise<FoundProcess> {
    const isLost = found.reading.state === 'gone' || found.reading.state === 'unknown';
    if (contradicted && isSame(contradicted, candidate) && !isLost) return found;
    const holding = await asked(candidate.pid, signal);
    if (candidate.doubtful && holding.word !== 'same' && holding.word !== 'relative')
      return holding.word === 'stranger' && isLost ? byHolder(found, signal) : found;
    switch (holding.word) {
      case 'same':
      case 'relative':
        contradicted = undefined;
        return accept(candidate, holding) ?? found;
      case 'stranger':
        return isLost
          ? contradict(candidate, holding, signal, found)
          : object(candidate, holding, found);
      case 'hidden':
      case 'nobody':
        if (contradicted && isSame(contradicted, candidate))
          return contradicted.mayFollow
            ? (accept(candidate, {...holding, word: 'stranger'}) ?? found)
            : found;
        if (found.distrust !== undefined)
          return holding.word === 'nobody' ? found : remember(found, await succeed(found, signal));
        return accept(candidate, holding) ?? found;
    }
  }

  /** The named process has another name than the configured one. */
  async function underAnotherName(
    found: Named,
    identity: ProcessIdentity,
    signal: AbortSignal,
  ): Promise<FoundProcess> {
    const holding = await asked(identity.pid, signal);
    return holding.word === 'stranger'
      ? contradict(identity, holding, signal, found)
      : remember(found, found);
  }

  /** No living process is known. Of a launcher, which never held the port, the relative that does is the service; where the file names nobody, whoever does. */
  async function succeed(found: Named, signal: AbortSignal): Promise<FoundProcess> {
    const {reading} = found;
    const {word, relative, listener} = await askPort(port, known.kins, signal);
    const isLauncher = known.via === 'pid-file' && known.word === 'relative';
    const info = isLauncher && relative !== undefined ? readProcess(relative) : undefined;
    const successor = info && known.see(info, 'port');
    if (successor)
      return {reading: successor, distrust: found.distrust ?? outdated(reading, info.pid)};
    if (word === 'nobody') return found;
    if (reading.state === 'unknown') return remember(found, await byHolder(found, signal));
    if (reading.state === 'zombie') return found;
    const isUnnamed = reading.state === 'gone' && reading.pidFile === 'missing';
    if (isUnnamed)
      return byHolder({...found, distrust: missingText(path, port.port, listener)}, signal);
    // Whoever is not seen here may well live elsewhere, in another container, and hold the port.
    if (word === 'hidden' && reading.state === 'gone' && known.info === undefined) {
      const reason = message`process ${String(reading.pid)} of pid file ${path} is not to be seen here, and neither is the process that holds port ${port.port}`;
      return remember(found, {reading: {state: 'unknown', reason}, distrust: reason});
    }
    return found;
  }

  /** Compares the known process with the holder of the port, once for each process. */
  async function confirm(signal: AbortSignal, answers: boolean): Promise<FoundProcess | undefined> {
    if (!known.info) return answers ? holderOf(signal) : undefined;
    const isNamed = known.identity() !== undefined;
    if ((!isNamed && !answers) || known.via !== 'pid-file' || seen()?.state === 'zombie')
      return undefined;
    const identity = identityIn(known.info);
    if (confirmed && isSame(confirmed, identity) && performance.now() < confirmed.until)
      return undefined;
    const holding = await asked(identity.pid, signal);
    if (!known.info || !isSame(known.info, identity)) return undefined;
    if (!isNamed) {
      if (holding.word !== 'same' && holding.word !== 'relative') return undefined;
      known.noteAnswer();
    }
    if (holding.word === 'stranger' && answers) {
      const found = await contradict(
        identity,
        holding,
        signal,
        {reading: seen() ?? unknown()},
        true,
      );
      known.noteProven();
      return found;
    }
    known.noteWord(holding.word);
    if (answers) known.noteProven();
    if (holding.relative !== undefined) known.noteKin(holding.relative);
    if (holding.word !== 'nobody' && holding.word !== 'stranger')
      confirmed = {
        ...identity,
        until: holding.word === 'hidden' ? performance.now() + VALID_MS : Infinity,
      };
    const reading = seen();
    if (!reading || holding.word !== 'stranger') return reading && {reading};
    const distrust = strangerText(path, port.port, identity.pid, holding.listener);
    return behind(reading, distrust);
  }

  /** The file names nobody: whoever holds the port of a target that answers right is the service. */
  async function holderOf(signal: AbortSignal): Promise<FoundProcess | undefined> {
    if (performance.now() < searchedUntil) return undefined;
    searchedUntil = performance.now() + VALID_MS;
    const {reading} = await byPort.inspect(signal);
    return 'identity' in reading ? readAgain() : undefined;
  }

  function accept(candidate: Candidate, {word, relative}: Holding): FoundProcess | undefined {
    const reading = believe(candidate);
    if (!reading) return undefined;
    known.noteWord(word);
    if (relative !== undefined) known.noteKin(relative);
    return {reading: seen() ?? reading};
  }

  /** The known process is still there, so the file does not count for the other one. */
  function object(candidate: Candidate, {listener}: Holding, found: Named): FoundProcess {
    const text = strangerText(path, port.port, candidate.pid, listener);
    contradicted = {...identityIn(candidate), text, mayFollow: mayFollow(candidate)};
    // One that only its port names may be what stands in front of the service, whose file came later. One that is dead holds no port.
    const isBeaten = known.via === 'port' || found.reading.state === 'zombie';
    const kept = isBeaten ? keepServing(candidate, text) : undefined;
    return kept ?? {reading: found.reading, distrust: text};
  }

  /**
   * The process of the file never held the port: the one that does is the service. A process that accepts connections elsewhere may serve
   * behind the holder: it stays the one to inspect, and is not signalled either.
   */
  async function contradict(
    identity: ProcessIdentity,
    {listener}: Holding,
    signal: AbortSignal,
    found: Named,
    answers = false,
  ): Promise<FoundProcess> {
    const text = strangerText(path, port.port, identity.pid, listener);
    const isSettled = contradicted && isSame(contradicted, identity) && !contradicted.mayFollow;
    contradicted = {
      ...identityIn(identity),
      text,
      mayFollow: !answers && !isSettled && mayFollow(identity),
    };
    const kept = keepServing(identity, text);
    if (kept) return kept;
    const info = known.info && isSame(known.info, identity) ? known.info : undefined;
    known.forget(identity);
    const {reading} = await byHolder(found, signal);
    if (reading !== found.reading) return {reading, distrust: text};
    return info ? keep(info, text) : {reading, distrust: text};
  }

  /** Whether it can be the next run of the known process, which starts later; also while none is known. */
  function mayFollow(identity: ProcessIdentity): boolean {
    const startedAt = describeProcess(identity.pid)?.startedAt;
    const {startedAt: before} = known;
    const isYounger = before === undefined || (startedAt !== undefined && startedAt > before);
    return isYounger && fits(identity);
  }

  function keepServing(identity: ProcessIdentity, distrust: Text): FoundProcess | undefined {
    const info = sameProcess(identity);
    if (!info || !acceptsConnections(info.pid)) return undefined;
    return keep(info, distrust);
  }

  function keep(info: ProcessInfo, distrust: Text): FoundProcess {
    seeNamed(info);
    known.noteWord('stranger');
    return behind(seen() ?? unknown(), distrust);
  }

  async function byHolder(found: FoundProcess, signal: AbortSignal): Promise<FoundProcess> {
    const {reading} = await byPort.inspect(signal);
    return reading.state === 'gone' || reading.state === 'unknown' ? found : {...found, reading};
  }

  async function asked(pid: number, signal: AbortSignal): Promise<Holding> {
    const kin = kinOf(pid);
    return kin ? askPort(port, [kin], signal) : {word: 'hidden'};
  }

  function remember(question: Named, found: FoundProcess): FoundProcess {
    answer = {key: keyOf(question), until: performance.now() + VALID_MS, found};
    return found;
  }

  function outdated(reading: ProcessReading, successor: number): Text {
    if (reading.state === 'gone' && reading.pidFile === 'missing')
      return message`pid file ${path} is missing; process ${successor} was found by port ${port.port}`;
    const pid =
      'identity' in reading
        ? reading.identity.pid
        : reading.state === 'gone'
          ? reading.pid
          : undefined;
    return message`process ${String(pid)} of pid file ${path} has ended; its relative, process ${successor}, holds port ${port.port}`;
  }

  function seen(): ProcessReading | undefined {
    return known.seeAgain(false);
  }
}

function unknown(): ProcessReading {
  return {state: 'unknown', reason: message`the process ended while the port was asked`};
}

/** Found without a look at the port, so that the quick reading says no more than the thorough one. */
function suspendedBehind({reading, distrust}: Named): FoundProcess | undefined {
  return distrust !== undefined &&
    (reading.state === 'stopped' || reading.state === 'traced') &&
    reading.atPort === 'stranger'
    ? behind(reading, distrust)
    : undefined;
}

/** Whoever is suspended behind the holder of the port says nothing about the answers, but may explain them. */
function behind(reading: ProcessReading, distrust: Text): FoundProcess {
  if (reading.state !== 'stopped' && reading.state !== 'traced') return {reading, distrust};
  const reason = message`process ${reading.identity.pid} is suspended (SIGSTOP); ${distrust}`;
  return {reading: {state: 'unknown', reason}, distrust: reason};
}

function keyOf({reading, candidate}: Named): string {
  const pid =
    'identity' in reading ? reading.identity.pid : reading.state === 'gone' ? reading.pid : '';
  return `${reading.state} ${pid ?? ''} ${candidate?.pid ?? ''} ${candidate?.startKey ?? ''}`;
}
