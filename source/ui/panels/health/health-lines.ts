import {incidentCause} from '../../../core/check/diagnosis.ts';
import type {Fault} from '../../../core/model/fault.ts';
import type {HealthLevel} from '../../../core/model/health.ts';
import type {PortReading, ProcessReading} from '../../../core/model/observation.ts';
import {render, say} from '../../../core/text/say.ts';
import type {TargetState} from '../../../core/model/target.ts';
import {uptimeShares} from '../../../core/check/uptime.ts';
import {formatAge} from '../../../format/age.ts';
import {formatDuration} from '../../../format/duration.ts';
import {formatMs, formatPercent} from '../../../format/number.ts';
import {displayWidth, fit} from '../../../format/width.ts';
import {checkRows} from './check-rows.ts';
import {faultWord} from '../../text/fault-words.ts';
import {findingOf} from '../../state/findings.ts';
import {muted, span, type Line, type Span} from '../../text/spans.ts';
import {waitingWords} from '../../state/target-row.ts';
import {LEVEL_TONE, LEVEL_WORD, type Symbols} from '../../text/symbols.ts';

/**
 * The rows of the health panel, at most `height`: one for each probe and check, the counters, the uptime, then the facts behind verdict and
 * repair.
 */
export function healthLines(
  target: TargetState,
  now: number,
  symbols: Symbols,
  height: number,
): readonly Line[] {
  const essentials: readonly Line[] = [
    row(say`process`, ...processSpans(target, now, symbols)),
    row(say`port`, ...portSpans(target, symbols)),
    row(say`api`, ...apiSpans(target, symbols)),
    ...checkRows(target, Math.max(1, height - ALWAYS), symbols),
    row(say`failures`, ...failureSpans(target)),
    row(say`uptime`, ...uptimeSpans(target, now)),
  ];
  const more = details(target, now);
  const gap: readonly Line[] = height > essentials.length + more.length ? [['']] : [];
  return [...essentials, ...gap, ...more].slice(0, height);
}

/** The least number of rows of a target without checks of its own. */
const ALWAYS = 5;

function row(label: string, ...spans: readonly Span[]): Line {
  return [muted(fit(label, 9)), ...spans];
}

function processSpans(target: TargetState, now: number, symbols: Symbols): readonly Span[] {
  const reading = target.readings.process;
  const finding = findingOf(target, 'process');
  if (!reading)
    return finding
      ? seen(finding.level, faultWord(finding.fault.kind), '', symbols)
      : absent(target, symbols);
  const [as, word] = processWord(reading);
  const level = as === 'ok' && finding?.level === 'warn' ? 'warn' : as;
  const pid =
    'identity' in reading
      ? reading.identity.pid
      : reading.state === 'gone'
        ? reading.pid
        : undefined;
  const age =
    'startedAt' in reading && reading.startedAt !== undefined
      ? `  ${formatAge(Math.max(0, now - reading.startedAt))}`
      : '';
  const end = reading.state === 'gone' ? (reading.startFailure ?? reading.exit) : undefined;
  const detail =
    reading.state === 'unknown'
      ? reading.reason
      : (end ?? `${pid === undefined ? '' : `pid ${pid}`}${age}`);
  return seen(level, word, render(detail), symbols);
}

function processWord(reading: ProcessReading): readonly [HealthLevel, string] {
  switch (reading.state) {
    case 'alive':
      return ['ok', say`alive`];
    case 'traced':
      return ['warn', say`traced`];
    case 'unknown':
      return ['unknown', say`unknown`];
    case 'mismatch':
      return ['down', say`another`];
    default:
      return ['down', stateWord(reading.state)];
  }
}

/** The state of a failed process in one word. */
function stateWord(state: 'gone' | 'zombie' | 'stopped'): string {
  return {gone: say`gone`, zombie: say`zombie`, stopped: say`stopped`}[state];
}

function portSpans(target: TargetState, symbols: Symbols): readonly Span[] {
  const reading = target.readings.port;
  if (!reading) return absent(target, symbols);
  const finding = findingOf(target, 'port');
  const good = reading.listening && reading.owner?.ours !== false;
  return seen(
    good ? (finding?.level ?? 'ok') : 'down',
    `:${reading.port}`,
    portDetail(reading, finding?.fault),
    symbols,
  );
}

function portDetail({listening, owner}: PortReading, fault: Fault | undefined): string {
  if (owner && !owner.ours) return say`by ${owner.command} (${owner.pid})`;
  if (fault) return faultWord(fault.kind);
  return listening ? say`listening` : say`closed`;
}

function apiSpans(target: TargetState, symbols: Symbols): readonly Span[] {
  const reading = target.readings.api;
  const finding = findingOf(target, 'api');
  const fault = finding?.fault;
  // The core drops the answer of a process that died, but keeps a fault of the same check.
  if (!reading && !(finding && findingOf(target, 'process')))
    return 'api' in target.readings
      ? [muted(`${symbols.level.unknown} ${say`not checked since`}`)]
      : absent(target, symbols);
  const time = reading?.totalMs === undefined ? '' : formatMs(reading.totalMs);
  if (fault?.kind === 'slow')
    return seen('warn', say`${reading?.status ?? ''} slow`, time, symbols);
  if (finding && fault)
    return seen(
      finding.level,
      faultWord(fault.kind),
      fault.kind === 'status_unexpected' ? `${fault.status}  ${time}` : time,
      symbols,
    );
  return seen('ok', `${reading?.status ?? ''} ok`, time, symbols);
}

function seen(level: HealthLevel, word: string, detail: string, symbols: Symbols): readonly Span[] {
  const tone = level === 'ok' ? undefined : LEVEL_TONE[level];
  return [
    span(symbols.level[level], LEVEL_TONE[level], true),
    ' ',
    span(fit(word, Math.max(9, displayWidth(word) + 1)), tone),
    detail,
  ];
}

function absent(target: TargetState, symbols: Symbols): readonly Span[] {
  return [
    muted(
      `${symbols.level.unknown} ${target.lastCheck === undefined ? say`not known yet` : say`not watched`}`,
    ),
  ];
}

function failureSpans({health, policy}: TargetState): readonly Span[] {
  const tone = health.failures === 0 ? undefined : health.level === 'down' ? 'down' : 'warn';
  const flapping: Span = health.flapping ? span(say`yes`, 'warn', true) : say`no`;
  return [
    span(`${health.failures}/${policy.failureThreshold}`, tone, health.failures > 0),
    muted(say`  flapping `),
    flapping,
    muted(say`  total `),
    String(health.totalFailures),
  ];
}

function uptimeSpans({uptime}: TargetState, now: number): readonly Span[] {
  const shares = uptimeShares(uptime, now);
  if (!shares) return [muted(say`not known yet`)];
  const coverage = shares.coverage === 1 ? say`all` : formatPercent(shares.coverage, 0);
  return [
    formatPercent(shares.up),
    muted(say` of ${formatAge(now - uptime.since)}, ${coverage} seen`),
  ];
}

function details(target: TargetState, now: number): readonly Line[] {
  const {policy, health, incident, settings} = target;
  const {dependsOn, notFor, healFor = []} = settings;
  const open = incident
    ? [
        span(incidentCause(incident, settings.local) ?? say`not diagnosed`, 'down'),
        muted(say`  since ${formatAge(now - incident.startedAt)}`),
      ]
    : [say`none`];
  return [
    row(
      say`state`,
      span(LEVEL_WORD[health.level].toLowerCase(), LEVEL_TONE[health.level]),
      muted(say` for `),
      formatAge(now - health.since),
    ),
    row(say`incident`, ...open),
    row(say`repair`, ...repairSpans(target)),
    ...(dependsOn.length > 0 ? [row(say`order`, muted(say`after `), dependsOn.join(', '))] : []),
    ...(notFor.length > 0 ? [row(say`not for`, notFor.join(', '))] : []),
    ...(healFor.length > 0 ? [row(say`also for`, healFor.join(', '))] : []),
    row(
      say`verdict`,
      muted(say`down at `),
      String(policy.failureThreshold),
      muted(say` failed, ok at `),
      String(policy.recoveryThreshold),
      muted(say` good`),
    ),
    row(
      say`limits`,
      muted(say`timeout `),
      formatDuration(policy.timeoutMs),
      muted(say`, slow from `),
      formatDuration(policy.slowMs),
    ),
  ];
}

function repairSpans({policy, settings, repair, blockedBy}: TargetState): readonly Span[] {
  if (!settings.traits.heals) return [span(say`none: observed only`, 'warn')];
  if (repair.step === 'deferred')
    return [span(waitingWords(blockedBy) ?? say`its fix is next`, 'warn')];
  return [
    settings.fix,
    muted(say`, at most ${policy.budget.count} in ${formatDuration(policy.budget.windowMs)}`),
  ];
}
