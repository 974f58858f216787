import type {Remark} from '../contracts/examination.ts';
import type {Text} from '../core/model/text.ts';
import {joined, mentions, partsOf} from '../core/text/message.ts';
import {render, say} from '../core/text/say.ts';
import {CLAUSE} from '../core/why.ts';
import {typed} from '../format/shell-words.ts';
import {statusOf} from './shared/next.ts';
import type {MonitoredTarget} from '../documents/monitor-status.ts';
import type {Examination, Subject} from './shared/scene.ts';

/** The monitor's view of the target, and whether a restart would help. */
export const definition: Examination = {
  order: 80,
  about: 'target',
  what: () => say`healing`,
  finds: 'held, down, paused, flapping, many recent restarts and whether they helped',
  async examine(subject, scene) {
    const target = subject.place?.monitor && statusOf(subject);
    if (!target) return [];
    const observation = await scene.observe(subject);
    return judged(
      target,
      subject,
      observation.kind === 'failed' ? observation.faults.map(({kind}) => kind) : [],
      scene.machine.now(),
    );
  },
};

const HOUR_MS = 3_600_000;
const MANY = 3;

/** `seen` are the faults that other lines report. */
function judged(
  target: MonitoredTarget,
  {place, spec}: Subject,
  seen: readonly string[],
  now: number,
): readonly Remark[] {
  const which = place?.which ?? '';
  const name = typed([target.name]);
  const recent = target.fixes.filter(
    ({at, result, cause}) =>
      now - at < HOUR_MS && result !== 'warning_logged' && cause !== 'manual',
  ).length;
  const ledger = ledgerText(target);
  const remarks: Remark[] = [];
  if (target.phase === 'held' && target.cause === 'port_taken')
    remarks.push({
      id: 'held',
      level: 'fail',
      seen: say`held: another process has its port, and agent2 does not kill it; healing continues when the port is free`,
      next: `ss -ltnp${spec.endpoint ? ` 'sport = :${spec.endpoint.port}'` : ''}`,
    });
  else if (target.phase === 'held' && target.cause === 'elsewhere')
    remarks.push({
      id: 'held',
      level: 'fail',
      seen: say`held: a restart of this target does not mend its cause; it recovers with that${rest(target)}`,
      next: `agent2 logs --level warning --since 1h${which}`,
    });
  else if (target.phase === 'held')
    remarks.push({
      id: 'held',
      level: 'fail',
      seen: say`held: too many restarts without success, so agent2 waits for you${rest(target)}`,
      next: `agent2 restart ${name}${which}`,
    });
  else if (target.health === 'down')
    remarks.push({
      id: 'down',
      level: 'fail',
      seen: downText(target, seen),
      next:
        target.phase === 'paused'
          ? `agent2 resume ${name}${which}`
          : `agent2 logs --level warning --since 1h${which}`,
    });
  else if (target.phase === 'paused')
    remarks.push({
      id: 'paused',
      level: 'warn',
      seen: say`paused: no checks, no repairs`,
      next: `agent2 resume ${name}${which}`,
    });
  if (target.flapping)
    remarks.push({
      id: 'flapping',
      level: 'warn',
      seen: say`flapping: it changes between good and bad again and again${ledger}`,
      next: `agent2 logs --level warning --since 1h${which}`,
    });
  if (recent >= MANY)
    remarks.push({
      id: 'many_restarts',
      level: 'warn',
      seen: say`${recent} fixes in the last hour${ledger}; restarts do not remove the cause`,
      next: `agent2 logs --level warning --since 1h${which}`,
    });
  return remarks.length > 0
    ? remarks
    : [{id: 'healing', level: 'ok', seen: render(joined([target.why, ledger]))}];
}

function downText(target: MonitoredTarget, seen: readonly string[]): string {
  const cause = target.cause ?? 'unknown';
  const [fault] = target.faults;
  return fault === undefined || seen.includes(fault.kind)
    ? say`down (${cause})${rest(target)}`
    : say`down (${cause}): ${fault.text}${rest(target)}`;
}

/** The rest of the reason after the fault, which another line reports: `; next attempt in 40 s; budget 1/3 in 5 min`. */
function rest({why, faults: [fault]}: MonitoredTarget): Text {
  // The reason of an older agent2 is one sentence that cannot be split.
  const clauses =
    typeof why === 'string'
      ? [why]
      : partsOf(why, CLAUSE).filter(clause => fault === undefined || !mentions(clause, fault.text));
  return joined(clauses.flatMap(clause => [CLAUSE, clause]));
}

/** `; of all its fixes 3 healed, 2 relapsed`. */
function ledgerText({verdicts}: MonitoredTarget): string {
  const words = {
    'healed': say`healed`,
    'relapsed': say`relapsed`,
    'no effect': say`no effect`,
    'unneeded': say`unneeded`,
  };
  const parts = Object.entries(words).flatMap(([verdict, word]) =>
    verdicts[verdict] ? [`${verdicts[verdict]} ${word}`] : [],
  );
  return parts.length === 0 ? '' : say`; of its fixes: ${parts.join(', ')}`;
}
