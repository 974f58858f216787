import {basename, dirname, join} from 'node:path';
import {EXIT, UsageError, type Output} from '../../contracts/command.ts';
import type {Argv, Installation, ServiceFileDefinition} from '../../contracts/service-file.ts';
import {message} from '../../core/text/message.ts';
import {say, render} from '../../core/text/say.ts';
import {differences} from '../../format/differences.ts';
import {sanitize} from '../../format/sanitize.ts';
import {typed} from '../../format/shell-words.ts';
import {capture} from '../../io/run/capture.ts';
import {errorCode, errorText} from '../../io/error-code.ts';
import {
  dropFile,
  findMarked,
  marked,
  markedIn,
  putFile,
  putSecretFile,
  type FoundFile,
} from '../../io/files/owned-file.ts';
import {removeIfThere} from '../../io/files/atomic-file.ts';
import {prepareStateDir} from '../../io/state-dir/prepare.ts';
import {DEFAULT_NAME} from './facts.ts';
import type {ServiceOptions} from './options.ts';

export interface Installing {
  readonly kind: string;
  readonly definition: ServiceFileDefinition;
  readonly facts: Installation;
  readonly options: ServiceOptions;
  /** The same command with `sudo`, for the advice after a refusal. */
  readonly withSudo: string;
  readonly out: Output;
  readonly err: Output;
}

export async function install(installing: Installing): Promise<number> {
  const {kind, definition, facts, options, withSudo, out, err} = installing;
  const path = placeOf(definition.path(facts), options.root);
  const text = marked(mark => definition.text(facts, mark));
  const found = look(path, withSudo);
  const same = 'text' in found && found.text === text;
  if (!same && !options.force) refuseOthers(found, path, text);
  // Before the file that names it: a unit must not start without it.
  const secret = definition.secretFile?.(facts);
  const changed = secret !== undefined && putSecrets(secret, options.root, withSudo);
  if (!same) attempt(path, withSudo, () => putFile(path, text));
  if (options.root === undefined && facts.account.uid === process.getuid?.())
    prepareStateDir(facts.stateDir, true);
  out.write(`${same ? say`${path} is up to date` : say`${path} written`}\n`);
  for (const note of definition.notes(facts)) err.write(`agent2: ${note}\n`);
  const next = definition.enable(facts, (!same || changed) && found.kind !== 'none');
  if (options.now) return runAll(next, installing);
  const later = options.root === undefined ? '' : say`, on the machine itself`;
  out.write(`${say`next${later}: ${next.map(typed).join(' && ')}`}\n`);
  out.write(`${say`to undo: ${typed(undoing(kind, facts, options))}`}\n`);
  return EXIT.done;
}

/** Stops the service before it removes the file: without the file nothing could manage the running unit. */
export async function uninstall(installing: Installing): Promise<number> {
  const {kind, definition, facts, options, withSudo, out} = installing;
  const path = placeOf(definition.path(facts), options.root);
  const found = look(path, withSudo);
  if (found.kind === 'none') {
    out.write(
      `${say`${path} does not exist; there is nothing to remove`}${othersBeside(path, kind, options)}\n`,
    );
    return EXIT.done;
  }
  if (found.kind === 'foreign' && !options.force)
    throw new UsageError(
      message`agent2 did not write ${path}, so it stays; to remove it anyway: --force`,
      EXIT.failed,
    );
  if (options.root === undefined) {
    const code = await runAll(definition.disable(facts), installing, true);
    if (code !== EXIT.done && !options.force)
      throw new UsageError(
        message`${path} stays, because its service could not be stopped; stop it by hand, or remove the file anyway: --force`,
        EXIT.failed,
      );
  }
  attempt(path, withSudo, () => dropFile(path));
  out.write(`${say`${path} removed`}\n`);
  const named = found.kind === 'foreign' ? undefined : secretFileIn(found.text, facts.account.home);
  if (named !== undefined) {
    const place = placeOf(named, options.root);
    attempt(place, withSudo, () => removeIfThere(place));
  }
  return options.root === undefined
    ? runAll(definition.removed?.(facts) ?? [], installing, true)
    : EXIT.done;
}

/** Whether it held something else before. */
function putSecrets(
  {path, text}: {readonly path: string; readonly text: string},
  root: string | undefined,
  withSudo: string,
): boolean {
  const place = placeOf(path, root);
  return attempt(place, withSudo, () => putSecretFile(place, text));
}

/** The file with the secrets that a unit of ours names; without its words nothing else knows it. */
function secretFileIn(text: string, home: string): string | undefined {
  return /^EnvironmentFile=(\S+\/agent2\/\S+\.secrets\.env)$/m.exec(text)?.[1]?.replace('%h', home);
}

/** The words that remove the same file again. Leaves out a default name, which follows from what is found here. */
function undoing(kind: string, {name}: Installation, options: ServiceOptions): readonly string[] {
  const isDefault =
    name === DEFAULT_NAME && options.name === undefined && options.config === undefined;
  return serviceWords('uninstall', kind, options, isDefault ? undefined : name);
}

/** A command about the files in the same place. */
export function serviceWords(
  action: string,
  kind: string,
  {user, system, runAs, root}: ServiceOptions,
  name?: string,
): readonly string[] {
  const scope = user ? ['--user'] : system ? ['--system'] : [];
  return [
    'agent2',
    'service',
    action,
    kind,
    ...(name === undefined ? [] : ['--name', name]),
    ...scope,
    ...(runAs === undefined ? [] : ['--run-as', runAs]),
    ...(root === undefined ? [] : ['--root', root]),
  ];
}

function placeOf(path: string, root: string | undefined): string {
  return root === undefined ? path : join(root, path);
}

function look(path: string, withSudo: string): FoundFile {
  return attempt(path, withSudo, () => findMarked(path));
}

function refuseOthers(found: FoundFile, path: string, text: string): void {
  if (found.kind === 'foreign' && found.text === undefined)
    throw new UsageError(
      message`${path} is a link or not a file (a masked unit?) and was not changed; to replace it: --force`,
      EXIT.failed,
    );
  if (found.kind !== 'foreign' && found.kind !== 'edited') return;
  const shown = differences(found.text ?? '', text, SHOWN_LINES)
    .map(line => sanitize(line, 160))
    .join('\n');
  const whose =
    found.kind === 'foreign'
      ? say`${path} was not written by agent2`
      : say`${path} was changed by hand`;
  throw new UsageError(
    `${say`${whose} and stays unchanged; to replace it: --force. The difference (- present, + new):`}\n${shown}`,
    EXIT.failed,
  );
}

const SHOWN_LINES = 12;

/** Turns errors of the file system into a `UsageError`. */
function attempt<T>(path: string, withSudo: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    const advice = code === 'EACCES' || code === 'EPERM' ? say`; try: ${withSudo}` : '';
    // Leaves out the system call and the names of temporary files.
    throw new UsageError(
      `${path}: ${render(errorText(error)).replace(/, \w+ '.*$/s, '')}${advice}`,
      EXIT.failed,
    );
  }
}

/**
 * Runs the commands in order until one fails, and prints its message. With `gone`, a missing program or service is no failure: there is
 * nothing to stop.
 */
async function runAll(
  commands: readonly Argv[],
  {withSudo, out, err}: Installing,
  gone = false,
): Promise<number> {
  for (const argv of commands) {
    const {end, output} = await capture({argv, timeoutMs: COMMAND_MS});
    const said = sanitize(output.toString().trim(), 500);
    if (end.kind === 'exited' && end.code === 0) {
      out.write(`${say`done: ${typed(argv)}`}\n`);
      continue;
    }
    if (gone && (end.kind === 'not-started' || GONE.test(said))) continue;
    const what =
      end.kind === 'exited'
        ? say`exit code ${end.code}`
        : end.kind === 'not-started'
          ? render(end.text)
          : end.kind;
    const advice = DENIED.test(said) ? say`; try: ${withSudo}` : '';
    err.write(`agent2: ${typed(argv)}: ${what}${said === '' ? '' : `: ${said}`}${advice}\n`);
    return EXIT.failed;
  }
  return EXIT.done;
}

/** The start of a unit waits for the first checks, its stop for a service. */
const COMMAND_MS = 180_000;
/** The messages of systemctl and launchctl for services that do not run, and without systemd. */
const GONE =
  /not been booted with systemd|not loaded|does not exist|not found|No such process|Could not find service|Host is down/i;
const DENIED = /authentication required|access denied|permission denied|not permitted/i;

/** The other installed services of this kind, for a mistaken name. */
function othersBeside(path: string, kind: string, options: ServiceOptions): string {
  const names = markedIn(dirname(path)).map(name =>
    basename(name).replace(/\.(service|plist|conf)$/, ''),
  );
  return names.length === 0
    ? ''
    : say`. There is ${names.join(', ')}: ${typed(serviceWords('uninstall', kind, options, names[0]))}`;
}
