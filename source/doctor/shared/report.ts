import type {Finding} from '../../contracts/examination.ts';
import {say} from '../../core/text/say.ts';
import {displayWidth, fit, wrap} from '../../format/width.ts';
import type {Chapter} from './examine.ts';

export interface Look {
  readonly width: number;
  readonly color: boolean;
  readonly ascii: boolean;
}

/** 0 for no problem, 1 for warnings, 2 for failures. */
export function exitCodeOf(chapters: readonly Chapter[]): 0 | 1 | 2 {
  const levels = chapters.flatMap(({findings}) => findings).map(({level}) => level);
  return levels.includes('fail') ? 2 : levels.includes('warn') ? 1 : 0;
}

/** For scripts. */
export function reportDocument(chapters: readonly Chapter[]): unknown {
  return {
    exit_code: exitCodeOf(chapters),
    findings: chapters.flatMap(({about, title, findings}) =>
      findings.map(({id, level, target, what, seen, next}) => ({
        id,
        level,
        target: target ?? null,
        ...(about === 'monitor' ? {state_dir: title} : {}),
        what,
        seen,
        next: next ?? null,
      })),
    ),
  };
}

/** For people: a line for each finding, grouped by subject, and the first thing to do at the end. */
export function reportText(chapters: readonly Chapter[], look: Look): string {
  const findings = chapters.flatMap(chapter => chapter.findings);
  const whatWidth = Math.max(...findings.map(({what}) => displayWidth(what)), 0);
  const lines = chapters.flatMap(({about, title, findings}) =>
    findings.length === 0
      ? []
      : [
          ...titleLines(about, title, look),
          ...findings.flatMap(finding => findingLines(finding, whatWidth, look)),
          '',
        ],
  );
  return `${[...lines, ...summaryLines(chapters, look)].join('\n')}\n`;
}

function titleLines(about: Chapter['about'], title: string, {width}: Look): readonly string[] {
  const text =
    about === 'monitor'
      ? say`monitor ${title}`
      : about === 'target'
        ? say`service ${title}`
        : say`this machine`;
  return wrap(text, width);
}

const SIGNS = {ok: ['✓', '+'], warn: ['!', '!'], fail: ['✗', 'x'], skipped: ['-', '-']} as const;
const WORDS = {ok: 'ok', warn: 'warn', fail: 'fail', skipped: 'skip'} as const;
const COLORS = {ok: '32', warn: '33', fail: '31', skipped: '2'} as const;

function findingLines(
  {level, what, seen, next}: Finding,
  whatWidth: number,
  {width, color, ascii}: Look,
): readonly string[] {
  const sign = `${SIGNS[level][ascii ? 1 : 0]} ${WORDS[level].padEnd(4)}`;
  const shown = color ? `\u001b[${COLORS[level]}m${sign}\u001b[0m` : sign;
  const indent = ' '.repeat(2 + sign.length + 2 + whatWidth + 2);
  const room = Math.max(20, width - indent.length);
  const [first = '', ...rest] = plain(seen, ascii)
    .split('\n')
    .flatMap(line => wrapped(line, room));
  return [
    `  ${shown}  ${fit(what, whatWidth)}  ${first}`.trimEnd(),
    ...rest.map(line => `${indent}${line}`),
    // Keeps a command on one line, so that it can be copied.
    ...(next === undefined ? [] : [`${' '.repeat(2 + sign.length + 2)}${say`try:`} ${next}`]),
  ];
}

function wrapped(line: string, room: number): readonly string[] {
  const start = /^ */.exec(line)?.[0] ?? '';
  return wrap(line.slice(start.length), Math.max(10, room - start.length)).map(
    part => start + part,
  );
}

function plain(text: string, ascii: boolean): string {
  return ascii ? text.replaceAll('…', '...').replaceAll('✓', '+') : text;
}

/** Obstacles to everything else come first, then faults of a service, then the rest in its order. */
const FIRST = [
  'config_wrong',
  'nothing_watched',
  'state_dir_unwritable',
  'disk_full',
  'monitor_stopped',
  'monitor_stuck',
  'port_foreign',
  'port_other_address',
  'path_wrong',
  'process_stopped',
];

function summaryLines(chapters: readonly Chapter[], look: Look): readonly string[] {
  const findings = chapters.flatMap(({findings}) => findings);
  const count = (level: Finding['level']) =>
    findings.filter(finding => finding.level === level).length;
  const [failures, warnings] = [count('fail'), count('warn')];
  if (failures + warnings === 0)
    return wrap(say`all is well: ${findings.length} things examined`, look.width);
  const failed = failures === 1 ? say`1 failure` : say`${failures} failures`;
  const warned = warnings === 1 ? say`1 warning` : say`${warnings} warnings`;
  const counts = [...(failures > 0 ? [failed] : []), ...(warnings > 0 ? [warned] : [])].join(
    say`, `,
  );
  const first = mostImportant(chapters);
  return first?.next === undefined ? [counts] : [say`${counts}; first: ${first.next}`];
}

function mostImportant(chapters: readonly Chapter[]): Finding | undefined {
  const byService = [...chapters].sort(
    (a, b) => Number(b.about === 'target') - Number(a.about === 'target'),
  );
  const problems = byService
    .flatMap(({findings}) => findings)
    .filter(({level, next}) => (level === 'fail' || level === 'warn') && next !== undefined);
  const failures = problems.filter(({level}) => level === 'fail');
  return (
    FIRST.flatMap(id => failures.filter(finding => finding.id === id))[0] ??
    failures[0] ??
    problems[0]
  );
}
