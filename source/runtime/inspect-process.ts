import type {Answer, ProbeContext, Sight} from '../contracts/probe.ts';
import {combine} from '../core/check/combine.ts';
import type {Effect} from '../core/model/effect.ts';
import type {ProbeResult, ProcessReading} from '../core/model/observation.ts';
import type {Text} from '../core/model/text.ts';
import {findTarget} from '../core/targets.ts';
import {message} from '../core/text/message.ts';
import {errorText} from '../format/error-text.ts';
import {answerOf} from './answer.ts';
import {askManager, hasFailed, withPort, type TargetProbes} from './check.ts';
import type {Handlers} from './handlers.ts';
import type {Loop} from './monitor.ts';
import {runOwnCheck} from './own-checks.ts';
import {isBug} from './unexpected.ts';

/** The time limit of an inspection, whatever the target's own limits. */
const LIMIT_MS = 5_000;

/** Performs the effect `inspect`: reads the process and the owner of the port, and dispatches what it found. */
export async function inspectProcess(
  {target, epoch}: Extract<Effect, {type: 'inspect'}>,
  loop: Loop,
  {probesOf}: Pick<Handlers, 'probesOf'>,
): Promise<void> {
  const probes = probesOf(target);
  const policy = findTarget(loop.getSnapshot(), target)?.policy;
  if (!policy || !probes) return;
  const {result, problem} = await inspect(
    probes,
    {signal: AbortSignal.timeout(LIMIT_MS), timeoutMs: LIMIT_MS, slowMs: policy.slowMs},
    error => isBug(error) && loop.caught('checks', error, target),
  );
  loop.dispatch({type: 'problem', at: loop.now(), about: 'look', text: problem});
  loop.dispatch({type: 'looked', at: loop.now(), target, epoch, asked: true, result});
}

/**
 * Reads the process, asks for an answer, and finds the listener on the port. The order matters: who the process is and what was answered tell
 * whose the port is, and a right answer outweighs a guess about either. `problem` says why a part failed; the result has the others.
 */
export async function inspect(
  probes: TargetProbes,
  context: ProbeContext,
  caught: (error: unknown) => void = () => {},
): Promise<{readonly result: ProbeResult; readonly problem?: Text}> {
  const problems: Text[] = [];
  const attempt = async (run: () => Promise<ProbeResult | undefined> | undefined) => {
    try {
      return await run();
    } catch (error) {
      caught(error);
      problems.push(message`could not check: ${errorText(error)}`);
      return undefined;
    }
  };
  const process = await attempt(() => probes.process?.inspect(context));
  const reading = process?.readings.process;
  const answer = probes.owner && mayAnswer(reading) ? await ask(probes, context) : 'unasked';
  const ownerBy = (by: Sight['answer']) =>
    attempt(() => probes.owner?.owner(context.signal, {answer: by, process: reading}));
  const first = await ownerBy(answer);
  const isOpen = reading?.state === 'gone' && first?.readings.port?.owner?.holder === 'unsure';
  // What answers in the place of a dead child tells whether it stood in front of that, or has taken its port.
  const owner = answer === 'unasked' && isOpen ? await ownerBy(await ask(probes, context)) : first;
  const found = [process, owner].flatMap(result => result ?? []);
  const isAnswered = answer === 'right';
  const asked =
    combine(found, isAnswered).kind === 'failed'
      ? await attempt(async () => (await askManager(probes, found, context))[0])
      : undefined;
  const observation = combine(asked ? [...found, asked] : found, isAnswered);
  const {readings, warnings} = observation;
  return {
    result: {
      readings,
      faults: observation.kind === 'failed' ? observation.faults : [],
      ...(warnings ? {warnings} : {}),
    },
    problem: problems[0],
  };
}

/** The end of agent2's own child is certain, whoever answers in its place; a suspended or a held process answers nobody. */
function mayAnswer(process: ProcessReading | undefined): boolean {
  if (process?.state === 'gone') return process.via !== 'child';
  return process?.state !== 'stopped' && process?.state !== 'traced';
}

/** Asks the service in the middle of a verdict, so with little patience; one that cannot be asked gives no answer. */
async function ask(probes: TargetProbes, context: ProbeContext): Promise<Answer> {
  const hurried = {...context, timeoutMs: Math.min(context.timeoutMs, PATIENCE_MS)};
  try {
    if (probes.api)
      return answerOf(probes, [withPort(await probes.api.inspect(hurried), probes.port)], []);
    const port = await probes.port?.inspect(hurried);
    if (!port || hasFailed(port)) return 'none';
    const own = await Promise.all(probes.checks.map(check => runOwnCheck(check, hurried)));
    return answerOf(
      probes,
      [port],
      own.flatMap(({result}) => result ?? []),
    );
  } catch {
    return 'none';
  }
}

const PATIENCE_MS = 2_000;
