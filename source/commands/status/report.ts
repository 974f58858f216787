import {issueName} from '../../core/text/issue-name.ts';
import {render, say, sayOf} from '../../core/text/say.ts';
import {whyAfterEnd} from '../../core/why-after.ts';
import {formatAge, formatClock} from '../../format/age.ts';
import {formatBytes} from '../../format/bytes.ts';
import {columns} from '../../format/columns.ts';
import {formatDuration} from '../../format/duration.ts';
import {
  healthOf,
  isRunning,
  worstOf,
  type InspectedMonitor,
} from '../../documents/inspected-monitor.ts';
import type {MonitoredTarget, MonitorStatus} from '../../documents/monitor-status.ts';
import {NAGIOS_WORDS, WORST_FIRST} from '../../format/nagios.ts';
import {sanitize} from '../../format/sanitize.ts';
import {cut, wrap} from '../../format/width.ts';

export interface ReportOptions {
  readonly now: number;
  readonly width: number;
  readonly colour: boolean;
}

const FIXES_SHOWN = 5;

/** The text of `agent2 status`: each monitor, its targets, their last fixes. Lines of at most `width` columns. */
export function statusReport(looks: readonly InspectedMonitor[], options: ReportOptions): string {
  return `${[
    cut(healthLine(looks), options.width),
    '',
    looks.map(look => monitorLines(look, options).join('\n')).join('\n\n'),
  ].join('\n')}\n`;
}

/** How all is, in the words of a Nagios plug-in, which shows the first line: the worst word, how many targets are how, and why the first of the worst is so. */
function healthLine(looks: readonly InspectedMonitor[]): string {
  const worst = worstOf(looks);
  const known = looks.flatMap(look =>
    (look.status?.targets ?? []).map(target => ({
      target,
      word:
        target.phase === 'paused' && look.condition === 'up' ? 'paused' : healthOf(look, target),
    })),
  );
  const counts = [...WORST_FIRST.slice(0, 2), 'paused', ...WORST_FIRST.slice(2)].flatMap(word => {
    const count = known.filter(each => each.word === word).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const first = known.find(({word}) => word === worst && word !== 'ok')?.target;
  const unwatched = looks.find(look => look.condition !== 'up' || !look.status?.targets.length);
  const reason = unwatched
    ? [headLine(unwatched), ...conditionLines(unwatched)].join(say`: `)
    : first && [sanitize(first.name, 63), sanitize(render(first.why), 400)].join(say`: `);
  const said = [counts.join(sayOf('clauses')`, `), reason].filter(Boolean).join(say`; `);
  return `AGENT2 ${NAGIOS_WORDS[worst]} - ${said.replaceAll('|', '/')}`;
}

function monitorLines(look: InspectedMonitor, options: ReportOptions): readonly string[] {
  const {status, stateDir} = look;
  const {width} = options;
  const running = isRunning(look);
  const said = [
    ...conditionLines(look),
    ...(running && status?.awaitedFixes.length
      ? [
          say`ends when the fix of ${status.awaitedFixes.map(name => sanitize(name)).join(', ')} is done`,
        ]
      : []),
    ...Object.entries(running ? (status?.problems ?? {}) : {}).map(
      ([about, text]) => say`problem: ${sanitize(about)}: ${sanitize(render(text), 400)}`,
    ),
  ];
  return [
    headLine(look),
    ...hanging(say`state in ${sanitize(stateDir, 4_096)}`, width, ''),
    ...said
      .flatMap(text => hanging(text, width, '  '))
      .map(line => paint(line, 'warn', options.colour)),
    ...(status && status.targets.length > 0
      ? ['', ...targetLines(look, status.targets, options), ...fixLines(status, options)]
      : []),
  ];
}

function headLine({pid, version, process, status, condition}: InspectedMonitor): string {
  const known = version ?? status?.version;
  const name = known === undefined ? 'agent2' : `agent2 ${sanitize(known, 20)}`;
  if (condition === 'ended' || condition === 'died') return say`${name} is not running`;
  const use = process
    ? [
        say`up ${formatAge(process.uptimeMs)}`,
        say`cpu ${process.cpuPercent.toFixed(1)}%`,
        formatBytes(process.rssBytes),
      ]
    : [];
  return [name, say`pid ${pid ?? '?'}`, ...use].join('  ');
}

function conditionLines({condition, ageMs, pid}: InspectedMonitor): readonly string[] {
  const age =
    ageMs === undefined
      ? undefined
      : ageMs < 1_000
        ? '<1s'
        : formatDuration(Math.floor(ageMs / 1_000) * 1_000);
  switch (condition) {
    case 'up':
      return [];
    case 'starting':
      return [say`it has just started and has no status yet`];
    case 'suspended':
      return [
        say`it is suspended (state T: SIGSTOP, or a debugger), so nothing is checked or healed; this status is ${age ?? '?'} old; to resume it: kill -CONT ${pid ?? 'PID'}`,
      ];
    case 'stale':
      return [
        say`it has written no status for ${age ?? '?'}: it is stuck, or cannot write its status file; this status is that old; see its log, agent2.log`,
      ];
    case 'ended':
      return [
        say`it stopped ${age ?? '?'} ago; this is its last status; to start it again, repeat the command you started it with: agent2 start …`,
      ];
    case 'died':
      return [
        say`it was killed, or the machine went down; this status is ${age ?? '?'} old; to start it again, repeat the command you started it with: agent2 start …`,
      ];
  }
}

function targetLines(
  look: InspectedMonitor,
  targets: readonly MonitoredTarget[],
  {now, width, colour}: ReportOptions,
): readonly string[] {
  const head = [say`TARGET`, say`HEALTH`, say`PHASE`, say`SINCE`, say`PRESET`, say`ADDRESS`];
  const rows = targets.map(({name, health, phase, healthSince, preset, address}) =>
    [
      name,
      health,
      phase,
      healthSince === undefined ? '' : formatAge(Math.max(0, now - healthSince)),
      preset,
      address,
    ].map(cell => sanitize(cell)),
  );
  const [headLine = '', ...lines] = columns([head, ...rows], {
    width,
    shrinkable: {0: 10, 4: 5, 5: 8},
    paint: (text, row, column) =>
      column === 1 && row > 0 ? paint(text, targets[row - 1]?.health ?? '', colour) : text,
  });
  return [
    headLine,
    ...lines.flatMap((line, index) => [
      line,
      ...whyLines(targets[index] as MonitoredTarget, isRunning(look), width),
    ]),
  ];
}

function whyLines(
  {why, observing}: MonitoredTarget,
  running: boolean,
  width: number,
): readonly string[] {
  const parts = [
    sanitize(render(running ? why : whyAfterEnd(why)), 400),
    ...(observing ? [say`observed only`] : []),
  ].filter(part => part !== '');
  return parts.length === 0 ? [] : hanging(`  ${parts.join(say`; `)}`, width, '  ');
}

function fixLines(
  {targets}: MonitorStatus,
  {now, width, colour}: ReportOptions,
): readonly string[] {
  const all = targets
    .flatMap(({name, fixes}) => fixes.map(fix => ({name, ...fix})))
    .sort((a, b) => a.at - b.at);
  const shown = all.slice(-FIXES_SHOWN);
  if (shown.length === 0) return ['', say`no fixes so far`];
  const head = [
    say`TIME`,
    say`TARGET`,
    say`ISSUE`,
    say`CAUSE`,
    say`ACTION`,
    say`RESULT`,
    say`HEALTHY AFTER`,
  ];
  const rows = shown.map(({at, name, issue, cause, action, result, healthyAfterMs}) => [
    formatClock(at, now),
    ...[name, render(issueName({issue, cause})), cause, action, result].map(cell => sanitize(cell)),
    healthyAfterMs === undefined ? '' : formatDuration(healthyAfterMs),
  ]);
  const one = targets.length === 1;
  const without = (cells: readonly string[]) =>
    one ? cells.filter((_, column) => column !== 1) : cells;
  const shift = one ? 0 : 1;
  return [
    '',
    ...columns([head, ...rows].map(without), {
      width,
      shrinkable: one ? {1: 8, 2: 7, 3: 7, 5: 6} : {1: 8, 2: 8, 3: 7, 4: 7, 6: 6},
      paint: (text, row, column) =>
        column === 4 + shift && row > 0 ? paint(text, shown[row - 1]?.result ?? '', colour) : text,
    }),
  ];
}

/** Wraps a text at `width` columns; further lines begin with its own indent and `indent`. */
function hanging(text: string, width: number, indent: string): readonly string[] {
  const lead = /^ */.exec(text)?.[0] ?? '';
  const [first = '', ...rest] = wrap(
    text.trimStart(),
    width - Math.max(lead.length, indent.length, 2),
  );
  return [`${lead}${first}`, ...rest.map(line => `${indent === '' ? '  ' : indent}${line}`)];
}

const COLOURS: Readonly<Record<string, number>> = {
  ok: 32,
  success: 32,
  warn: 33,
  signal_created: 33,
  warning_logged: 33,
  down: 31,
  failed: 31,
};

/** Colours a word; the word alone has the whole meaning. */
function paint(text: string, word: string, colour: boolean): string {
  const code = COLOURS[word];
  return colour && code !== undefined ? `\x1b[${code}m${text}\x1b[39m` : text;
}
