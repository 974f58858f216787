import {message, outsideOf, joined} from '../../core/text/message.ts';
import type {Readings} from '../../core/model/observation.ts';
import {span} from '../../core/text/span.ts';
import {fact, type Finding} from './finding.ts';
import {oomKillsSince, type Subject, type Baseline} from './subject.ts';

/** The process of the evidence, and its ending. */
export function identityFinding(subject: Subject, at: number): Finding {
  if (subject.state === 'unknown') return fact('process', subject.reason);
  const {pid, command, startedAt} = subject;
  const age =
    startedAt === undefined
      ? ''
      : subject.state === 'live'
        ? message`, up ${span(at - startedAt)}`
        : message`, started ${span(at - startedAt)} ago`;
  const name = joined([
    pid === undefined ? message`pid unknown` : `pid ${pid}`,
    subject.state === 'dead' ? (subject.zombie ? message`, a zombie` : message`, gone`) : undefined,
    age,
    command === undefined ? undefined : message`: ${command}`,
  ]);
  if (subject.state === 'live') return fact('process', name);
  return {
    facts: [
      {label: 'process', text: name},
      ...(subject.exit === undefined ? [] : [{label: 'exit', text: subject.exit}]),
    ],
    measured: {killed: subject.exit === undefined || outsideOf(subject.exit).includes('SIGKILL')},
  };
}

/** Whether the OOM killer ended processes. */
export function killsFinding({state}: Subject, baseline: Baseline): Finding {
  const kills = state === 'unknown' ? undefined : oomKillsSince(baseline);
  if (!kills || kills.count <= 0) return {};
  return {
    ...fact(
      'killed for memory',
      kills.of === 'group'
        ? message`${kills.count} since it was last healthy, in its control group`
        : message`${kills.count} since it was last healthy, on this machine`,
    ),
    measured: {oomKills: kills},
  };
}

/** The owner of the port, from the last check, which searches for it after a fault. */
export function portFinding({port}: Readings): Finding {
  if (!port) return {};
  const {owner} = port;
  if (!owner)
    return fact(
      'port',
      port.listening
        ? message`${port.port}: something listens`
        : message`${port.port}: nothing listens`,
    );
  return fact(
    'port',
    owner.ours
      ? message`${port.port}: held by process ${owner.pid}: ${owner.command}`
      : message`${port.port}: held by process ${owner.pid}, which is not the target's: ${owner.command}`,
  );
}
