import type {Remark} from '../contracts/examination.ts';
import {render, say} from '../core/text/say.ts';
import type {Fault} from '../core/model/fault.ts';
import type {Observation, ProcessReading} from '../core/model/observation.ts';
import {span} from '../core/text/span.ts';
import {typed} from '../format/shell-words.ts';
import {accessFacts} from '../io/files/access-facts.ts';
import {readPidFile} from '../io/process/pid-file.ts';
import {maySignal} from '../io/process/process-surroundings.ts';
import {describeProcess, readProcess} from '../io/process/processes.ts';
import {startOf} from './shared/next.ts';
import type {Examination, Scene, Subject} from './shared/scene.ts';
import {splitTry} from '../format/try-text.ts';

/** Is the process of the service alive, the right one, and may agent2 signal it? */
export const definition: Examination = {
  order: 10,
  about: 'target',
  what: () => say`process`,
  finds:
    "gone (a stale pid file), missing, suspended, a zombie, another program, another user's; a pid file that cannot be used",
  async examine(subject, scene) {
    const distrust = pidFileProblem(subject);
    if (distrust) return [distrust];
    const observation = await scene.observe(subject);
    if (observation.kind === 'inconclusive') return [];
    const reading = observation.readings.process;
    const isOfProcess = ({probe, kind}: Fault) =>
      probe === 'process' && kind !== 'process_stopped' && kind !== 'pid_file_invalid';
    const failure =
      observation.kind === 'failed'
        ? observation.faults.find(({probe}) => probe === 'process')
        : undefined;
    // A right answer outweighs what is said of the process, which is a warning then.
    const fault = failure ?? observation.warnings?.find(isOfProcess);
    if (fault === undefined)
      return reading
        ? [wellOf(reading, subject, scene), contradictions(observation, subject)].flat()
        : [];
    return [
      {
        id: fault.kind,
        level: failure ? 'fail' : 'warn',
        ...remedy(render(fault.text), fault.kind, reading, subject, observation, scene),
      },
    ];
  },
};

/** What the check holds against a readable pid file, such as another holder of the port. */
function contradictions(
  {warnings = []}: Exclude<Observation, {kind: 'inconclusive'}>,
  subject: Subject,
): readonly Remark[] {
  if (remarksOnFile(subject).length > 0) return [];
  return warnings
    .filter(({kind}) => kind === 'pid_file_invalid')
    .map(({text}) => {
      const {seen, next} = splitTry(text);
      return {
        id: 'pid_file_invalid',
        level: 'warn',
        seen: render(seen),
        next: next ?? `ls -l ${typed([subject.spec.pidFile ?? ''])}`,
      };
    });
}

/** The faults of the pid file itself. */
function pidFileProblem({spec: {pidFile}}: Subject): Remark | undefined {
  if (pidFile === undefined) return undefined;
  const reading = readPidFile(pidFile);
  if (reading.kind !== 'invalid') return undefined;
  const {seen, next} = splitTry(reading.reason);
  return {
    id: 'pid_file_invalid',
    level: 'fail',
    seen: render(seen),
    next: next ?? `ls -l ${typed([pidFile])}`,
  };
}

function remedy(
  text: string,
  kind: string,
  reading: ProcessReading | undefined,
  subject: Subject,
  observation: Observation,
  {machine}: Scene,
): Pick<Remark, 'seen' | 'next'> {
  const {pidFile} = subject.spec;
  const start = startOf(subject, machine);
  const pid = reading && 'identity' in reading ? reading.identity.pid : undefined;
  const owner = observation.kind === 'inconclusive' ? undefined : observation.readings.port?.owner;
  const another = owner && {
    seen: say`${text}, but process ${owner.pid} (${owner.command}) listens on the port; is that the service, with another pid file?`,
    next: `ps -fp ${owner.pid}`,
  };
  switch (kind) {
    case 'process_stopped':
      return {seen: text, next: `kill -CONT ${pid}`};
    case 'process_zombie':
      return {
        seen: say`${text}; its parent must reap it`,
        next: `ps -fp ${readProcess(pid ?? 0)?.ppid ?? 1}`,
      };
    case 'process_mismatch':
      return {
        seen: say`${text}; the pid file is stale, or --process-name is wrong`,
        next: owner?.pid === pid ? `ps -fp ${pid}` : (start ?? `ps -fp ${pid}`),
      };
    case 'pid_file_missing':
      return (
        another ?? {
          seen: subject.spec.agentos
            ? say`${text}: AgentOS writes it when it starts its WebUI, so the WebUI does not run`
            : say`${text}: the service does not run, or writes another file`,
          next: start ?? `ls -l ${typed([pidFile ?? ''])}`,
        }
      );
    default:
      return (
        another ?? {
          seen: text,
          next:
            start ??
            (pidFile === undefined
              ? `agent2 check ${subject.spec.url?.href ?? ''}`.trim()
              : `rm ${typed([pidFile])}`),
        }
      );
  }
}

function wellOf(
  reading: ProcessReading,
  subject: Subject,
  scene: Scene,
): Remark | readonly Remark[] {
  if (reading.state === 'unknown')
    return {id: 'process_unknown', level: 'ok', seen: say`unknown: ${reading.reason}`};
  if (reading.state === 'traced')
    return {
      id: 'process_traced',
      level: 'warn',
      seen: say`a debugger holds process ${reading.identity.pid}`,
      next: `grep TracerPid /proc/${reading.identity.pid}/status`,
    };
  if (!('identity' in reading)) return [];
  const {pid} = reading.identity;
  const {startedAt} = reading as {readonly startedAt?: number};
  const age = startedAt === undefined ? '' : say`, up ${span(scene.machine.now() - startedAt)}`;
  const alive: Remark = {
    id: 'process',
    level: 'ok',
    seen: say`pid ${pid}${age}: ${reading.command}`,
  };
  return [
    maySignal(pid) ? alive : unsignalled(pid, reading.command, subject),
    ...remarksOnFile(subject),
  ];
}

/** Without the right to signal it, agent2 cannot stop a hanging process. */
function unsignalled(pid: number, command: string, {fixKind}: Subject): Remark {
  const uid = describeProcess(pid)?.uid ?? 0;
  const seen = say`pid ${pid} runs as user ${uid}, and you may not signal it: ${command}`;
  // Who runs commands of the user's own ends the process itself; process managers do that elsewhere.
  const needed = fixKind.commands !== undefined;
  return needed
    ? {
        id: 'process_other_user',
        level: 'warn',
        seen: say`${seen}; agent2 could not stop it if it hangs`,
        next: `sudo -u '#${uid}' agent2 start`,
      }
    : {id: 'process_other_user', level: 'ok', seen};
}

function remarksOnFile({spec: {pidFile}}: Subject): readonly Remark[] {
  const facts = pidFile === undefined ? undefined : accessFacts(pidFile);
  if (facts?.kind !== 'missing') return [];
  return [
    {
      id: 'pid_file_missing',
      level: 'warn',
      seen: say`pid file ${pidFile ?? ''} is missing while the process lives`,
      next: `ls -l ${typed([pidFile ?? ''])}`,
    },
  ];
}
