import type {Failure, Fault} from '../../core/model/fault.ts';
import type {
  Holder,
  PortReading,
  ProbeResult,
  ProcessIdentity,
  ProcessReading,
} from '../../core/model/observation.ts';
import type {OwnedChild} from '../../contracts/fix.ts';
import type {Sight} from '../../contracts/probe.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {findListener, type Listener} from '../../io/net/listeners.ts';
import {acceptsConnections} from '../../io/net/listens.ts';
import {readPidFile} from '../../io/process/pid-file.ts';
import {kinOf, type Kin} from '../../io/process/kin.ts';
import {describeProcess, matchesName, sameProcess} from '../../io/process/processes.ts';
import {relationOf} from '../../io/process/relation.ts';
import {holdersBefore, isOfOld, type Before} from './before-fix.ts';
import {identityOf, isSame} from '../../io/process/identity.ts';
import {isSameProgram, type Lineage} from './lineage.ts';
import {isServiceManager} from './service-manager.ts';

export interface PortOwnerOptions {
  /** The address of its clients; a function where the probe of the port finds it. */
  readonly host: string | (() => string);
  readonly port: number;
  /** The target's process, alive or gone; undefined while none is known. */
  readonly known: () => ProcessIdentity | undefined;
  /** Whether a process belongs to the family of the known one. */
  readonly owns: (pid: number) => boolean;
  readonly lineage: Lineage;
  readonly processName?: string;
  readonly pidFile?: string;
  /** The process that agent2 starts itself. */
  readonly child?: Pick<OwnedChild, 'isDaemonising' | 'servedBy'>;
  /** Takes a process that answers right for the target's, where only the port says which one that is. */
  readonly adopt?: (pid: number) => void;
}

export interface PortOwner {
  /** Finds the listener, at the price of reading every process; `port_foreign` when it is a stranger. */
  owner(signal: AbortSignal, sight?: Sight): Promise<ProbeResult>;
  /** Call it before the target starts: those who hold the port now are not what the start brings, however well they answer. */
  noteStranger(signal: AbortSignal): Promise<void>;
  /**
   * Call it at each good answer; it looks only at the first one, and again after a failure or another process. A process in front of the
   * target (a proxy, a container's forwarder) is no stranger later. Warns when one from before the fix answers.
   */
  learn(signal: AbortSignal): Promise<ProbeResult | undefined>;
  /** Something was wrong: the next good answer is looked at again. */
  doubt(): void;
  /** The process that stood in front of the target at the last good answer, if it has ended. */
  endedFront(): EndedFront | undefined;
  /** The processes that the dead one left behind and that still hold the port. */
  leftovers(signal: AbortSignal): Promise<readonly ProcessIdentity[]>;
}

interface EndedFront {
  readonly pid: number;
  readonly command: Text;
}

/** How long an odd holder that answers right is believed without another search. */
const ODD_MS = 60_000;

/** Finds the owner of a local port; an unknown owner is no fault. */
export function createPortOwner({
  host,
  port,
  known,
  owns,
  lineage,
  processName,
  pidFile,
  child,
  adopt,
}: PortOwnerOptions): PortOwner {
  let front: Kin | undefined;
  /**
   * The front came after agent2's child, and answered right ever since: it may stand in front of that, or may have taken its port. What it answers when
   * the child is dead will tell.
   */
  let isPresumed = false;
  let frontCommand: Text = '';
  /** The last holder that was no relative and did not answer right. */
  let wrong: ProcessIdentity | undefined;
  /** What held the port before the last fix. */
  let before: Before | undefined;
  let learnt: {readonly of: ProcessIdentity | undefined} | undefined;
  /** The target itself held the port while all was well. */
  let held = false;
  let odd: {readonly of: ProcessIdentity; readonly result: ProbeResult; until: number} | undefined;

  const find = (signal: AbortSignal) =>
    findListener(port, {host: typeof host === 'string' ? host : host(), signal});

  return {
    async owner(signal, sight = {answer: 'unasked'}) {
      if (sight.answer === 'right' && odd && performance.now() < odd.until && sameProcess(odd.of))
        return odd.result;
      odd = undefined;
      const listener = await find(signal);
      const result = judge(listener, sight);
      const identity = identityOf(listener?.pid);
      if (sight.answer === 'right' && identity)
        odd = {of: identity, result, until: performance.now() + ODD_MS};
      return result;
    },
    async noteStranger(signal) {
      before = holdersBefore(holdersOf(await find(signal)), known());
      learnt = undefined;
      odd = undefined;
    },
    async learn(signal) {
      const process = known();
      if (learnt && isSame(learnt.of, process) && !child?.isDaemonising()) return undefined;
      const listener = await find(signal);
      const holder = identityOf(listener?.pid);
      if (holder && listener && before && !proves(holder, listener, before, process))
        return unproven(listener, before);
      const isProven =
        child === undefined ||
        (holder !== undefined && (wasBefore(holder) || (isFront(holder.pid) && !isPresumed)));
      before = undefined;
      learnt = {of: process};
      lineage.remember(holdersOf(listener));
      if (!holder || isServiceManager(holder.pid)) return undefined;
      child?.servedBy(holder.pid);
      if (child?.isDaemonising()) return undefined;
      if (process && !lineage.isKnownDead()) {
        held = owns(holder.pid);
        front = held ? undefined : kinOf(holder.pid);
        isPresumed = !held && !isProven;
        frontCommand = listener?.command ?? '';
        return undefined;
      }
      const fits = processName === undefined || matchesName(holder.pid, processName);
      if (adopt && fits) adopt(holder.pid);
      else if (isOutside(holder.pid, process)) front = kinOf(holder.pid);
      return undefined;
    },
    doubt() {
      learnt = undefined;
      odd = undefined;
    },
    endedFront() {
      if (!front || isPresumed || frontCommand === '') return undefined;
      const info = sameProcess(front);
      return info && info.state !== 'zombie' ? undefined : {pid: front.pid, command: frontCommand};
    },
    async leftovers(signal) {
      if (!lineage.isKnownDead()) return [];
      // Another search only where one of those who held the port before the fix is a leftover now.
      const candidates = before?.holders.map(({pid}) => pid);
      if (candidates && lineage.leftoversAmong(candidates).length === 0) return [];
      return lineage.leftoversAmong(holdersOf(await find(signal)));
    },
  };

  function judge(listener: Listener | undefined, sight: Sight): ProbeResult {
    if (!listener) return {readings: {port: {port, listening: false}}, faults: []};
    const {pid, command} = listener;
    if (pid === undefined) return {readings: {port: {port, listening: true}}, faults: []};
    const holder = holderOf(pid, sight);
    const isOdd = holder === 'unsure' || holder === 'stranger' || holder === 'front';
    const isWrong = sight.answer !== 'right' && sight.answer !== 'unasked';
    if (isOdd && isWrong) wrong = identityOf(pid);
    const ours = holder !== 'stranger';
    const reading: PortReading = {port, listening: true, owner: {pid, command, ours, holder}};
    const text = holderText(listener, pid, holder);
    const named = {probe: 'port', kind: 'port_foreign', port, pid, command, text} as const;
    // Whoever holds the port of a dead process is worth a word, stranger or not.
    const warnings: readonly Fault[] =
      ours && isDeadReading(sight.process) && holder !== 'family' ? [named] : [];
    const faults: readonly Failure[] = ours ? [] : [named];
    return {
      readings: {port: reading},
      faults,
      ...(warnings.length > 0 ? {warnings} : {}),
    };
  }

  function holderOf(pid: number, sight: Sight): Holder {
    if (isServiceManager(pid)) return 'manager';
    // Somebody who came after the command may be the daemon that it has left.
    if (child?.isDaemonising() && !wasBefore(identityOf(pid))) return 'unsure';
    if (!known()) return firstHolderOf(pid, sight);
    if (isPresumed && lineage.isKnownDead() && isFront(pid)) {
      if (sight.answer === 'unasked') return 'unsure';
      // It answers right without the child.
      if (sight.answer === 'right') front = undefined;
      isPresumed = false;
    }
    const kinship = lineage.kinshipOf(pid);
    if (kinship === 'leftover' || lineage.leftoversAmong([pid]).length > 0) return 'leftover';
    if (kinship === 'parent') return 'front';
    if (owns(pid)) return 'family';
    if (isFront(pid)) return 'front';
    if (kinship === 'successor') return 'successor';
    return sight.answer === 'proxy' || mayServeBehind(known()) ? 'unsure' : 'stranger';
  }

  /**
   * One that never held the port, and accepts connections elsewhere: whoever holds the port may stand in front of it. A child of agent2 was
   * started for this port.
   */
  function mayServeBehind(process: ProcessIdentity | undefined): boolean {
    if (child !== undefined || held || !process || lineage.isKnownDead()) return false;
    return acceptsConnections(process.pid);
  }

  /** No process of the target was ever seen. */
  function firstHolderOf(pid: number, {answer, process}: Sight): Holder {
    if (isFront(pid)) return 'front';
    const namesDead = process?.state === 'gone' && process.pidFile === 'left';
    if (!namesDead && process?.state !== 'mismatch') return owns(pid) ? 'family' : 'stranger';
    if (answer === 'proxy' || answer === 'right') return 'unsure';
    // A fix replaces what is ours.
    if (wasBefore(identityOf(pid))) return 'stranger';
    if (processName !== undefined && matchesName(pid, processName)) return 'unsure';
    // One that was there before the service wrote its pid file may hold the socket for it, like a manager of workers.
    return (answer === 'none' || answer === 'unasked') && startedBeforePidFile(pid)
      ? 'unsure'
      : 'stranger';
  }

  /** Whether it held the port before the last start, if agent2 does not know better by now. */
  function wasBefore(holder: ProcessIdentity | undefined): boolean {
    return before?.holders.some(other => isSame(other, holder)) ?? false;
  }

  function startedBeforePidFile(pid: number): boolean {
    const file = pidFile === undefined ? undefined : readPidFile(pidFile);
    const startedAt = describeProcess(pid)?.startedAt;
    return file?.kind === 'pid' && startedAt !== undefined && startedAt < file.writtenAt;
  }

  /** The one in front of the target, or the same program of the same user after a restart of its own. */
  function isFront(pid: number): boolean {
    if (!front) return false;
    const kin = kinOf(pid);
    if (!kin) return false;
    return (
      relationOf(front, kin) !== undefined ||
      isSameProgram(front, kin) ||
      (front.exe === undefined && kin.exe === undefined && isNamesake(front, kin))
    );
  }

  /** Whether it answers for the target and is no relative of its dead process. */
  function isOutside(pid: number, process: ProcessIdentity | undefined): boolean {
    return process ? lineage.kinshipOf(pid) === undefined : !owns(pid);
  }

  /** Whether an answer of `holder` may be what the fix has brought, or what stands in front of that. */
  function proves(
    holder: ProcessIdentity,
    listener: Listener,
    before: Before,
    now: ProcessIdentity | undefined,
  ): boolean {
    if (!wasBefore(holder)) return true;
    // The new process has the socket too, as when one hands it over to the next.
    if (!isSame(before.process, now) && holdersOf(listener).some(pid => pid === now?.pid))
      return true;
    if (isOfOld(holder, before, now) || lineage.leftoversAmong([holder.pid]).length > 0)
      return false;
    return (
      child === undefined ||
      owns(holder.pid) ||
      isSame(holder, wrong) ||
      (isFront(holder.pid) && !isPresumed)
    );
  }

  function unproven({pid = 0, command}: Listener, {process}: Before): ProbeResult {
    const text =
      process === undefined || child !== undefined
        ? message`process ${pid} (${command}) held port ${port} before the start, so its answers prove nothing about the new process`
        : message`process ${pid} (${command}), left over from process ${process.pid}, holds port ${port}, so its answers prove nothing about the new process`;
    const holder = child !== undefined ? 'stranger' : 'leftover';
    return {
      readings: {port: {port, listening: true, owner: {pid, command, ours: false, holder}}},
      faults: [],
      warnings: [{probe: 'port', kind: 'answer_unproven', text}],
    };
  }

  function holderText({command}: Listener, pid: number, holder: Holder): Text {
    switch (holder) {
      case 'leftover':
        return message`port ${port} is held by process ${pid} (${command}), left over from process ${known()?.pid ?? 0}`;
      case 'successor':
        return message`port ${port} is held by process ${pid} (${command}), which somebody else started`;
      case 'stranger':
        return message`port ${port} is held by process ${pid} (${command}), which is not the target's`;
      case 'family':
      case 'front':
      case 'manager':
      case 'unsure':
        return message`port ${port} is held by process ${pid} (${command})`;
    }
  }
}

function isDeadReading(process: ProcessReading | undefined): boolean {
  return process?.state === 'gone' || process?.state === 'zombie';
}

function isNamesake(a: Kin, b: Kin): boolean {
  return a.uid === b.uid && a.words[0] === b.words[0];
}

function holdersOf(listener: Listener | undefined): readonly number[] {
  return listener?.pids ?? [];
}
