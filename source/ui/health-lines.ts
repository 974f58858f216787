import type {Fault, FaultKind, ProbeName} from '../core/fault.ts';
import type {HealthLevel} from '../core/health.ts';
import type {PortReading, ProcessReading} from '../core/observation.ts';
import type {TargetState} from '../core/state.ts';
import {uptimeShares} from '../core/uptime.ts';
import {formatAge} from '../format/age.ts';
import {formatDuration} from '../format/duration.ts';
import {formatMs, formatPercent} from '../format/number.ts';
import {fit} from '../format/width.ts';
import {muted, span, type Line, type Span} from './spans.ts';
import {LEVEL_TONE, LEVEL_WORD, type Symbols} from './symbols.ts';

/** The rows of the health panel, as many as go into `height`: one per probe, the counters, the uptime, then what the verdict and the repair go by. */
export function healthLines(target: TargetState, now: number, symbols: Symbols, height: number): readonly Line[] {
  const essentials: readonly Line[] = [
    row('process', ...processSpans(target, now, symbols)),
    row('port', ...portSpans(target, symbols)),
    row('api', ...apiSpans(target, symbols)),
    row('failures', ...failureSpans(target)),
    row('uptime', ...uptimeSpans(target, now)),
  ];
  const more = details(target, now);
  const gap: readonly Line[] = height > essentials.length + more.length ? [['']] : [];
  return [...essentials, ...gap, ...more].slice(0, height);
}

function row(label: string, ...spans: readonly Span[]): Line {
  return [muted(fit(label, 9)), ...spans];
}

function processSpans(target: TargetState, now: number, symbols: Symbols): readonly Span[] {
  const reading = target.readings.process;
  const fault = faultOf(target, 'process');
  if (!reading) return fault ? seen('down', FAULT_WORD[fault.kind] ?? fault.kind, '', symbols) : absent(target, symbols);
  const [level, word] = processWord(reading);
  const pid = 'identity' in reading ? reading.identity.pid : reading.state === 'gone' ? reading.pid : undefined;
  const age = 'startedAt' in reading && reading.startedAt !== undefined ? `  ${formatAge(Math.max(0, now - reading.startedAt))}` : '';
  const detail = reading.state === 'unknown' ? reading.reason : reading.state === 'gone' && reading.exit ? reading.exit : `${pid === undefined ? '' : `pid ${pid}`}${age}`;
  return seen(level, word, detail, symbols);
}

function processWord(reading: ProcessReading): readonly [HealthLevel, string] {
  switch (reading.state) {
    case 'alive':
      return ['ok', 'alive'];
    case 'traced':
      return ['warn', 'traced'];
    case 'unknown':
      return ['unknown', 'unknown'];
    case 'mismatch':
      return ['down', 'another'];
    default:
      return ['down', reading.state];
  }
}

function portSpans(target: TargetState, symbols: Symbols): readonly Span[] {
  const reading = target.readings.port;
  if (!reading) return absent(target, symbols);
  const fault = faultOf(target, 'port');
  const foreign = reading.owner?.ours === false;
  return seen(reading.listening && !fault && !foreign ? 'ok' : 'down', `:${reading.port}`, portDetail(reading, fault), symbols);
}

function portDetail({listening, owner}: PortReading, fault: Fault | undefined): string {
  if (owner && !owner.ours) return `by ${owner.command} (${owner.pid})`;
  if (fault) return FAULT_WORD[fault.kind] ?? fault.kind;
  return listening ? 'listening' : 'closed';
}

function apiSpans(target: TargetState, symbols: Symbols): readonly Span[] {
  const reading = target.readings.api;
  const fault = faultOf(target, 'api');
  // The core forgets the answer of a process that died; a fault counts still where the same check saw it dead.
  if (!reading && !(fault && faultOf(target, 'process'))) return 'api' in target.readings ? [muted(`${symbols.level.unknown} not asked since`)] : absent(target, symbols);
  const time = reading?.totalMs === undefined ? '' : formatMs(reading.totalMs);
  if (fault?.kind === 'slow') return seen('warn', `${reading?.status ?? ''} slow`, time, symbols);
  if (fault) return seen('down', FAULT_WORD[fault.kind] ?? fault.kind, fault.kind === 'status_unexpected' ? `${fault.status}  ${time}` : time, symbols);
  return seen('ok', `${reading?.status ?? ''} ok`, time, symbols);
}

/** Short enough for a row; the why line has the sentence. */
const FAULT_WORD: Partial<Record<FaultKind, string>> = {
  pid_file_missing: 'no pid file',
  pid_file_invalid: 'bad pid file',
  process_gone: 'gone',
  port_closed: 'closed',
  port_foreign: "a stranger's",
  dns_failed: 'no such host',
  connect_refused: 'refused',
  connect_timeout: 'no connection',
  connection_reset: 'reset',
  tls_failed: 'tls failed',
  response_timeout: 'no response',
  response_truncated: 'cut short',
  response_too_large: 'too large',
  status_unexpected: 'status',
  body_invalid: 'bad body',
  body_unexpected: 'body not ok',
  tls_expiring: 'ends soon',
  exec_failed: 'exec failed',
  file_missing: 'missing',
  file_present: 'present',
  file_stale: 'too old',
  file_size: 'wrong size',
  disk_low: 'disk low',
  resource_high: 'high',
  check_unknown: 'unknown',
};

function faultOf({lastCheck}: TargetState, probe: ProbeName): Fault | undefined {
  const observation = lastCheck?.observation;
  if (observation?.kind === 'failed') return observation.faults.find(fault => fault.probe === probe);
  return observation?.kind === 'ok' ? observation.warnings?.find(warning => warning.probe === probe) : undefined;
}

function seen(level: HealthLevel, word: string, detail: string, symbols: Symbols): readonly Span[] {
  const tone = level === 'ok' ? undefined : LEVEL_TONE[level];
  return [span(symbols.level[level], LEVEL_TONE[level], true), ' ', span(fit(word, Math.max(9, word.length + 1)), tone), detail];
}

function absent(target: TargetState, symbols: Symbols): readonly Span[] {
  return [muted(`${symbols.level.unknown} ${target.lastCheck === undefined ? 'not known yet' : 'not watched'}`)];
}

function failureSpans({health, policy}: TargetState): readonly Span[] {
  const tone = health.failures === 0 ? undefined : health.level === 'down' ? 'down' : 'warn';
  const flapping: Span = health.flapping ? span('yes', 'warn', true) : 'no';
  return [span(`${health.failures}/${policy.failureThreshold}`, tone, health.failures > 0), muted('  flapping '), flapping, muted('  total '), String(health.totalFailures)];
}

function uptimeSpans({uptime}: TargetState, now: number): readonly Span[] {
  const shares = uptimeShares(uptime, now);
  if (!shares) return [muted('not known yet')];
  const coverage = shares.coverage === 1 ? 'all' : formatPercent(shares.coverage, 0);
  return [formatPercent(shares.up), muted(` of ${formatAge(now - uptime.since)}, ${coverage} seen`)];
}

function details(target: TargetState, now: number): readonly Line[] {
  const {policy, health, incident, settings} = target;
  const open = incident ? [span(`${incident.cause ?? 'not diagnosed'}`, 'down'), muted(`  since ${formatAge(now - incident.startedAt)}`)] : ['none'];
  return [
    row('state', span(LEVEL_WORD[health.level].toLowerCase(), LEVEL_TONE[health.level]), muted(' for '), formatAge(now - health.since)),
    row('incident', ...open),
    row('repair', ...(settings.fix === 'none' ? [span('none: observed only', 'warn')] : [settings.fix, muted(`, at most ${policy.budget.count} in ${formatDuration(policy.budget.windowMs)}`)])),
    row('verdict', muted('down at '), String(policy.failureThreshold), muted(' failed, ok at '), String(policy.recoveryThreshold), muted(' good')),
    row('limits', muted('timeout '), formatDuration(policy.timeoutMs), muted(', slow from '), formatDuration(policy.slowMs)),
  ];
}
