import {dirname} from 'node:path';
import type {Gatherer} from '../../contracts/evidence.ts';
import type {FixRequest} from '../../core/effect.ts';
import {foundCauses, type Evidence, type EvidenceFact, type Signs} from '../../core/evidence.ts';
import type {Readings} from '../../core/observation.ts';
import {span} from '../../core/span.ts';
import {redact} from '../../format/redact.ts';
import {sanitize, sanitizeBlock} from '../../format/sanitize.ts';
import {incidentEnvironment} from '../incident-environment.ts';
import {lastLines} from '../last-lines.ts';
import {commandFinding, commandLimitMs} from './command.ts';
import {cutBytes} from './cut-bytes.ts';
import {diskFinding} from './disk.ts';
import {bounded, fact, type Finding, type RawText} from './finding.ts';
import {looksAt} from './live-process.ts';
import {oomKillsSince, subjectOf, wellOf, type Subject, type Well} from './subject.ts';

export interface GathererOptions {
  readonly target: string;
  readonly stateDir: string;
  /** The service's log. */
  readonly log?: string;
  /** Run before a repair; what it prints is kept. */
  readonly command?: readonly string[];
  readonly timeoutMs: number;
  /** Texts that must never be shown. */
  readonly secrets: readonly string[];
  now(): number;
}

/** For each part but the command, and for all of them on a machine that has too much to do. */
const PART_MS = 1_000;
const LIMIT_MS = 8_000;
const LOG_LINES = 20;
const LOG_BYTES = 16_384;
const LINE_BYTES = 4_096;
const RESPONSE_BYTES = 8_192;
const FACT_CHARACTERS = 250;

/** Gathers the evidence about one target. All parts at once, each within its time; what is found is made safe to show and to keep. */
export function createGatherer({target, stateDir, log, command, timeoutMs, secrets, now}: GathererOptions): Gatherer {
  const hanging = new Set<string>();
  const argv = asCommand(command);
  let well: Well = {};

  return {
    limitMs: LIMIT_MS + (argv ? timeoutMs : 0),
    noteWell(readings) {
      well = wellOf(readings, well);
    },
    async gather(request, readings, signal) {
      const at = now();
      const subject = subjectOf(request, readings, well);
      const aborted = abortOf(signal);
      const part = (label: string, work: () => Promise<Finding>, ms = PART_MS) => bounded(label, work, {ms, aborted, hanging});
      const pid = subject.state === 'live' ? subject.pid : undefined;
      const findings = await Promise.all([
        identityFinding(subject, at),
        ...(pid === undefined || subject.state !== 'live' ? [] : looksAt(pid, subject).map(([label, look]) => part(label, () => look(signal)))),
        killsFinding(subject, well),
        portFinding(readings),
        part('disk of the state', () => diskFinding('disk of the state', stateDir)),
        ...(subject.state === 'dead' && subject.cwd !== undefined ? [part('disk of its directory', () => diskFinding('disk of its directory', subject.cwd ?? ''))] : []),
        ...(log === undefined ? [] : [part('disk of the log', () => diskFinding('disk of the log', dirname(log)))]),
        responseFinding(request, readings),
        ...(log === undefined ? [] : [part('log', () => logFinding(log))]),
        ...(argv ? [part('command', () => commandFinding(argv, incidentEnvironment(target, request, pid), timeoutMs, signal), commandLimitMs(timeoutMs))] : []),
      ]);
      return evidenceOf(at, findings, secrets);
    },
  };
}

/** One listener for all parts. */
function abortOf(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), {once: true});
  });
}

function asCommand(words: readonly string[] | undefined): readonly [string, ...string[]] | undefined {
  const [program, ...args] = words ?? [];
  return program === undefined ? undefined : [program, ...args];
}

function identityFinding(subject: Subject, at: number): Finding {
  if (subject.state === 'unknown') return fact('process', subject.reason);
  const {pid, command, startedAt} = subject;
  const age = startedAt === undefined ? '' : subject.state === 'live' ? `, up ${span(at - startedAt)}` : `, started ${span(at - startedAt)} ago`;
  const name = `${pid === undefined ? 'no pid known' : `pid ${pid}`}${subject.state === 'dead' ? (subject.zombie ? ', a zombie' : ', gone') : ''}${age}${command === undefined ? '' : `: ${command}`}`;
  if (subject.state === 'live') return fact('process', name);
  return {
    facts: [{label: 'process', text: name}, ...(subject.exit === undefined ? [] : [{label: 'exit', text: subject.exit}])],
    signs: {killed: subject.exit === undefined || subject.exit.includes('SIGKILL')},
  };
}

function killsFinding({state}: Subject, well: Well): Finding {
  const kills = state === 'unknown' ? undefined : oomKillsSince(well);
  if (!kills || kills.count <= 0) return {};
  return {...fact('killed for memory', `${kills.count} since all was well, in ${kills.of === 'group' ? 'its control group' : 'this machine'}`), signs: {oomKills: kills}};
}

/** As the last check saw it, which asked for the owner when something was wrong. */
function portFinding({port}: Readings): Finding {
  if (!port) return {};
  const {owner} = port;
  if (!owner) return fact('port', `${port.port}: ${port.listening ? 'somebody listens' : 'nobody listens'}`);
  return fact('port', `${port.port}: held by process ${owner.pid}${owner.ours ? '' : ', which is not ours'}: ${owner.command}`);
}

/** What the service answered in the check that failed; an older answer says nothing about the trouble. */
function responseFinding({faults}: FixRequest, {api}: Readings): Finding {
  if (!api?.excerpt || (faults.length > 0 && !faults.some(({probe}) => probe === 'api'))) return {};
  return {texts: [{label: 'response', text: api.excerpt, keep: 'start', maxBytes: RESPONSE_BYTES}], signs: {said: [api.excerpt]}};
}

async function logFinding(path: string): Promise<Finding> {
  const lines = await lastLines(path, LOG_LINES);
  if (lines.kind === 'unreadable') return fact('log', lines.reason);
  const {text} = lines;
  return text === '' ? fact('log', 'it is empty') : {texts: [{label: 'log', text, keep: 'end', maxBytes: LOG_BYTES}], signs: {said: [text]}};
}

function evidenceOf(at: number, findings: readonly Finding[], secrets: readonly string[]): Evidence {
  return {
    at,
    facts: findings.flatMap(({facts = []}) => facts).map(({label, text}): EvidenceFact => ({label, text: redact(sanitize(redact(text, secrets), FACT_CHARACTERS), secrets)})),
    texts: findings.flatMap(({texts = []}) => texts).map(text => ({label: text.label, text: safe(text, secrets)})).filter(({text}) => text !== ''),
    found: foundCauses(together(findings)),
  };
}

/** Redacted before it is made visible, so that no secret is seen in part, and once more after: what was invisible may have hidden one. */
function safe({text, keep, maxBytes}: RawText, secrets: readonly string[]): string {
  const visible = redact(sanitizeBlock(redact(text, secrets), Infinity), secrets);
  return cutBytes(visible.split('\n').map(line => cutBytes(line, LINE_BYTES, 'start')).join('\n'), maxBytes, keep);
}

function together(findings: readonly Finding[]): Signs {
  const signs = findings.map(({signs = {}}) => signs);
  return {
    ...Object.assign({killed: false}, ...signs),
    disks: signs.flatMap(({disks = []}) => disks),
    said: signs.flatMap(({said = []}) => said),
  };
}
