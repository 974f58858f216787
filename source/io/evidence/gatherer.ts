import {onAbort} from '../../contracts/abort.ts';
import {dirname} from 'node:path';
import type {Gatherer} from '../../contracts/gatherer.ts';
import {incidentEnvironment} from '../../documents/incident-environment.ts';
import {commandFinding, commandLimitMs} from './command.ts';
import {diskFinding} from './disk.ts';
import {bounded, type Finding} from './finding.ts';
import {identityFinding, killsFinding, portFinding} from './process-findings.ts';
import {inspectionsOf} from './live-process.ts';
import {machineFinding} from './machine.ts';
import {makeEvidence} from './make-evidence.ts';
import {createLogMarks} from './log-marks.ts';
import {logFinding, responseFinding} from './output-findings.ts';
import {subjectOf, baselineOf, type Baseline} from './subject.ts';

export interface GathererOptions {
  readonly target: string;
  readonly stateDir: string;
  /** The service's log. */
  readonly log?: string;
  /** Runs before a repair, which keeps its output. */
  readonly command?: readonly string[];
  readonly timeoutMs: number;
  /** Texts to redact. */
  readonly secrets: readonly string[];
  now(): number;
}

/** For each part but the command, and for all of them on an overloaded machine. */
const PART_MS = 1_000;
const LIMIT_MS = 8_000;

/** Gathers the evidence about one target. Runs all parts at once, each within its time, and makes the findings safe to show and to keep. */
export function createGatherer({
  target,
  stateDir,
  log,
  command,
  timeoutMs,
  secrets,
  now,
}: GathererOptions): Gatherer {
  const hanging = new Set<string>();
  const argv = asCommand(command);
  let baseline: Baseline = {};
  const marks = log === undefined ? undefined : createLogMarks(log, now);

  return {
    limitMs: LIMIT_MS + (argv ? timeoutMs : 0),
    noteHealthy(readings) {
      baseline = baselineOf(readings, baseline);
      marks?.noteHealthy();
    },
    async gather(request, readings, signal) {
      const at = now();
      const subject = subjectOf(request, readings, baseline);
      let stopListening = () => {};
      // One listener for all parts.
      const aborted = new Promise<void>(resolve => (stopListening = onAbort(signal, resolve)));
      const part = (label: string, work: () => Promise<Finding>, ms = PART_MS) =>
        bounded(label, work, {ms, aborted, hanging});
      const pid = subject.state === 'live' ? subject.pid : undefined;
      const findings = await Promise.all<Finding>([
        ready(identityFinding(subject, at)),
        ...(pid === undefined || subject.state !== 'live'
          ? []
          : inspectionsOf(pid, subject).map(([label, look]) => part(label, () => look(signal)))),
        ready(killsFinding(subject, baseline)),
        ready(portFinding(readings)),
        part('machine', () => machineFinding()),
        part('disk of the state', () => diskFinding('disk of the state', stateDir)),
        ...(subject.state === 'dead' && subject.cwd !== undefined
          ? [
              part('disk of its directory', () =>
                diskFinding('disk of its directory', subject.cwd ?? ''),
              ),
            ]
          : []),
        ...(log === undefined
          ? []
          : [part('disk of the log', () => diskFinding('disk of the log', dirname(log)))]),
        ready(responseFinding(request, readings)),
        ...(log === undefined ? [] : [part('log', () => logFinding(log, marks?.since()))]),
        ...(argv
          ? [
              part(
                'command',
                () =>
                  commandFinding(
                    argv,
                    incidentEnvironment(target, request, pid),
                    timeoutMs,
                    signal,
                  ),
                commandLimitMs(timeoutMs),
              ),
            ]
          : []),
      ]).finally(() => stopListening());
      return makeEvidence(at, findings, secrets);
    },
  };
}

/** Findings that are already known. */
function ready(finding: Finding): Promise<Finding> {
  return Promise.resolve(finding);
}

function asCommand(
  words: readonly string[] | undefined,
): readonly [string, ...string[]] | undefined {
  const [program, ...args] = words ?? [];
  return program === undefined ? undefined : [program, ...args];
}
