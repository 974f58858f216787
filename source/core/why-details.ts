import {incidentCause} from './check/diagnosis.ts';
import {backoffMs, budgetUsed, wastedInRow} from './fix/waste.ts';
import type {Text} from './model/text.ts';
import {joined, message, messageOf} from './text/message.ts';
import {span} from './text/span.ts';
import type {Incident} from './model/incident.ts';
import type {TargetState} from './model/target.ts';
import {commandAdvice, type Advice} from './advice.ts';
import {healingRestraint, CLAUSE, grace, headline} from './why.ts';

/** One line of the explanation: its subject, where it has one, and the text. */
export interface DetailLine {
  readonly label?: Text;
  readonly text: Text;
}

/** Explains the present decision at length, one fact a line: observation, limits, next step. */
export function whyDetails(
  target: TargetState,
  now: number,
  advice: Advice = commandAdvice(target.settings.name),
): readonly DetailLine[] {
  const {incident, policy, health} = target;
  const level = wastedInRow(target, now);
  const startGrace = grace(target, now);
  const restraint = healingRestraint(target, advice);
  return [
    {text: joined(headline(target, now, advice), CLAUSE)},
    ...(incident
      ? [{label: message`incident`, text: incidentText(incident, target.settings.local, now)}]
      : []),
    ...(incident?.faults ?? []).map(({text}) => ({label: messageOf('why')`seen`, text})),
    ...(incident?.evidence?.found ?? []).map(found => ({
      label: message`found beside it`,
      text: found,
    })),
    {
      label: messageOf('why')`verdict`,
      text: message`down after ${policy.failureThreshold} failed in a row, ok after ${policy.recoveryThreshold} good in a row; now ${health.failures} failed, ${health.successes} good`,
    },
    ...(startGrace
      ? [{label: message`grace`, text: message`${startGrace} before failures lead to a fix`}]
      : []),
    {
      label: message`backoff`,
      text:
        level === 1
          ? message`${level} wasted fix in a row; the next would wait ${span(backoffMs(level, policy))} after it`
          : message`${level} wasted fixes in a row; the next would wait ${span(backoffMs(level, policy))} after the last`,
    },
    {
      label: message`budget`,
      text: message`${budgetUsed(target, now)} of ${policy.budget.count} fixes used within ${span(policy.budget.windowMs)}`,
    },
    restraint === undefined
      ? {label: messageOf('why')`healing`, text: message`on, by ${target.settings.fix}`}
      : {text: restraint},
  ];
}

function incidentText(incident: Incident, local: boolean, now: number): Text {
  const {startedAt, fixes} = incident;
  const cause = incidentCause(incident, local);
  const open = span(now - startedAt);
  const soFar =
    fixes === 1
      ? message`open for ${open}, ${fixes} fix so far`
      : message`open for ${open}, ${fixes} fixes so far`;
  return cause ? message`${soFar}, cause: ${cause}` : soFar;
}
