import type {Remark} from '../contracts/examination.ts';
import {say} from '../core/say.ts';
import {typed} from '../format/shell-words.ts';
import type {StatusTarget} from './shared/status-document.ts';
import type {Examination, Subject} from './shared/scene.ts';

/** What its monitor thinks of it, and whether restarting it is any use. */
export const definition: Examination = {
  order: 80,
  about: 'target',
  what: () => say`healing`,
  async examine(subject, {machine}) {
    const {place, spec} = subject;
    const target = place?.monitor && place.status.kind === 'read' ? place.status.targets.find(({name}) => name === spec.name) : undefined;
    return target ? judged(target, subject, machine.now()) : [];
  },
};

const HOUR_MS = 3_600_000;
const MANY = 3;

function judged(target: StatusTarget, {place}: Subject, now: number): readonly Remark[] {
  const which = place?.which ?? '';
  const name = typed([target.name]);
  const recent = target.fixes.filter(({at, result}) => now - at < HOUR_MS && result !== 'warning_logged').length;
  const ledger = ledgerText(target);
  const remarks: Remark[] = [];
  if (target.phase === 'held') remarks.push({id: 'held', level: 'fail', seen: say`held: it was restarted too often without success, so agent2 waits for you. ${target.why}`, next: `agent2 restart ${name}${which}`});
  else if (target.health === 'down') remarks.push({id: 'down', level: 'fail', seen: say`down (${target.cause ?? 'unknown'}): ${target.faults[0] ?? ''}. ${target.why}`, next: target.phase === 'paused' ? `agent2 resume ${name}${which}` : `agent2 logs --level warning --since 1h${which}`});
  else if (target.phase === 'paused') remarks.push({id: 'paused', level: 'warn', seen: say`paused: neither checked nor healed`, next: `agent2 resume ${name}${which}`});
  if (target.flapping) remarks.push({id: 'flapping', level: 'warn', seen: say`flapping: it is well and unwell by turns${ledger}`, next: `agent2 logs --level warning --since 1h${which}`});
  if (recent >= MANY) remarks.push({id: 'many_restarts', level: 'warn', seen: say`${recent} fixes in the last hour${ledger}; a restart does not mend what breaks it`, next: `agent2 logs --level warning --since 1h${which}`});
  return remarks.length > 0 ? remarks : [{id: 'healing', level: 'ok', seen: `${target.why}${ledger}`}];
}

/** `; of all its fixes 3 healed, 2 relapsed`. */
function ledgerText({verdicts}: StatusTarget): string {
  const words = {healed: say`healed`, relapsed: say`relapsed`, 'no effect': say`no effect`, unneeded: say`unneeded`};
  const parts = Object.entries(words).flatMap(([verdict, word]) => (verdicts[verdict] ? [`${verdicts[verdict]} ${word}`] : []));
  return parts.length === 0 ? '' : say`; of its fixes: ${parts.join(', ')}`;
}
