import {setTimeout as pause} from 'node:timers/promises';
import {EXIT, UsageError, type Output} from '../contracts/command.ts';
import {ask, type Asked, type AskOptions} from '../control/client/client.ts';
import {answerText, type Answer} from '../documents/control/answer.ts';
import {restated} from '../documents/stated-text.ts';
import type {AskBody, AskKind} from '../documents/control/ask.ts';
import {say, render} from '../core/text/say.ts';
import {span} from '../core/text/span.ts';
import {sanitize, sanitizeText} from '../format/sanitize.ts';
import {findMonitor} from './find.ts';
import {watchedIn} from './registry.ts';
import type {Selector} from './selector.ts';

/** Long enough for a busy monitor; one that has not answered by then hangs. */
const DEADLINE_MS = 10_000;

/** How long to wait for the socket of a monitor that has just started. */
const PATIENCE_MS = 2_000;
const AGAIN_MS = 100;

export interface Request {
  readonly what: AskKind;
  readonly body: AskBody;
  readonly selector: Selector;
  /** Prints the answer as JSON, also when it is a refusal or an error. */
  readonly json: boolean;
  readonly out: Output;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/** Sends a request to the selected monitor, prints its answer, and resolves to the exit code. Without `json`, throws a `UsageError` when no monitor matches or answers, or when it refuses. */
export async function askMonitor(request: Request): Promise<number> {
  const {json, out} = request;
  try {
    const {answer, code} = await answerTo(request);
    if (!answer) return code;
    if (!answer.ok && !json) throw new UsageError(answer.text, code);
    out.write(
      json
        ? answerText({...answer, targets: restated(answer.targets)})
        : `${render(answer.text)}\n`,
    );
    return code;
  } catch (error) {
    if (!json || !(error instanceof UsageError)) throw error;
    out.write(answerText({ok: false, text: error.text}));
    return error.exitCode;
  }
}

/** Without an answer, `signal` was aborted. */
async function answerTo({
  what,
  body,
  selector,
  deadlineMs = DEADLINE_MS,
  signal,
}: Request): Promise<{readonly answer?: Answer; readonly code: number}> {
  const stateDir = findMonitor(selector, body.target, what);
  const asked = await askPatiently(
    stateDir,
    what,
    {...targetNamed(selector, stateDir), ...body},
    {deadlineMs, signal},
  );
  if (asked.kind === 'aborted') return {code: EXIT.interrupted};
  if (asked.kind !== 'answered') throw new UsageError(silence(asked, stateDir), EXIT.failed);
  const {answer, status} = asked;
  if (answer.ok) return {answer, code: EXIT.done};
  return {answer, code: status === 400 || status === 404 ? EXIT.usage : EXIT.failed};
}

/** The target for the body, when `--name` is the name of a target. The name of a state directory means all of its targets. */
function targetNamed({name}: Selector, stateDir: string): AskBody {
  return name !== undefined && watchedIn(stateDir)?.includes(name) ? {target: name} : {};
}

/** Sends a request to the monitor of that directory, and resolves to its answer. Throws a `UsageError` when none answers. */
export async function askForAnswer(
  stateDir: string,
  what: AskKind,
  body: AskBody,
): Promise<Answer> {
  const asked = await askPatiently(stateDir, what, body, {deadlineMs: DEADLINE_MS});
  if (asked.kind === 'answered') return asked.answer;
  if (asked.kind === 'aborted') throw new Error('nobody aborts it');
  throw new UsageError(silence(asked, stateDir), EXIT.failed);
}

async function askPatiently(
  stateDir: string,
  what: AskKind,
  body: AskBody,
  options: AskOptions,
): Promise<Asked> {
  for (const startedAt = performance.now(); ;) {
    const asked = await ask(stateDir, what, body, options);
    if (
      (asked.kind !== 'no-socket' && asked.kind !== 'refused') ||
      performance.now() - startedAt > PATIENCE_MS
    )
      return asked;
    await pause(AGAIN_MS);
  }
}

/** Says why no monitor answered, and what to do. */
function silence(asked: Exclude<Asked, {kind: 'answered' | 'aborted'}>, stateDir: string): string {
  const place = sanitize(stateDir);
  switch (asked.kind) {
    case 'no-socket':
      return say`the agent2 that runs in ${place} has no control socket: it may have begun a moment ago, or be another version; its agent2_status.json names what is the matter under "troubles"`;
    case 'refused':
      return say`nothing listens on the control socket of ${place}: agent2 is starting or ending; try again`;
    case 'forbidden':
      return say`the agent2 in ${place} belongs to another user and only answers that user and root; run this as that user, or with sudo`;
    case 'other-version':
      return say`the agent2 in ${place} is another version and does not understand this one; restart it`;
    case 'late':
      return say`the agent2 that runs in ${place} has not answered within ${span(asked.afterMs)}; what was asked for may still be done`;
    case 'failed':
      return say`the agent2 that runs in ${place} cannot be asked: ${sanitizeText(asked.text)}`;
  }
}
