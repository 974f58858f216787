import type {Text} from '../core/model/text.ts';
import {version} from 'agent2:version';
import {chooseStateDir, type Watched} from '../config/state-dir.ts';
import type {TargetSpec} from '../config/spec.ts';
import {EXIT, UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {sanitize} from '../format/sanitize.ts';
import {typed} from '../format/shell-words.ts';
import {fileErrorText} from '../io/files/file-error.ts';
import {takeLock, type Holder, type Lock, type TakenLock} from '../io/state-dir/lock.ts';
import {prepareStateDir} from '../io/state-dir/prepare.ts';
import {endMsOf} from './fix-wait.ts';
import {homeDirectory, isNowhere} from '../io/home.ts';

/** A state directory that this process holds until it releases it, or until another monitor takes it after somebody removed it. */
export interface Claim {
  readonly stateDir: string;
  /** Where that was moved which lay in the place of the lock and was none. */
  readonly movedTo?: string;
  /** Only then may this process write there. */
  isHeld(): boolean;
  /** Rewrites the card, by which other processes see the current targets. Throws errors of the file system. */
  renew(targets: readonly TargetSpec[]): void;
  /** Restores a removed directory, or finds it lost to another monitor. Call it regularly, see `TakenLock`. */
  keep(): ReturnType<TakenLock['keep']>;
  release(): void;
  /** Takes it again after a release. Throws a `UsageError` when that fails. */
  retake(targets: readonly TargetSpec[]): void;
}

export interface ClaimOptions {
  /** The value of `--state-dir`. */
  readonly option: string | undefined;
  readonly watched: Watched;
  /** Identifies the command line, so that a second start recognises this monitor. */
  readonly asked: string | undefined;
}

/** Takes the state directory. Throws a `UsageError` when its parent is missing, it cannot be written, or another monitor holds it. */
export function claimStateDir(options: ClaimOptions, targets: readonly TargetSpec[]): Claim {
  const {stateDir, lock: first} = take(options, targets);
  let lock = first;
  let held = true;
  return {
    stateDir,
    ...(first.movedTo === undefined ? {} : {movedTo: first.movedTo}),
    isHeld: () => held,
    renew: now =>
      lock.renew(
        now.map(({name}) => name),
        {endMs: endMsOf(now)},
      ),
    keep() {
      const kept = lock.keep();
      if (kept.kind === 'lost') held = false;
      return kept;
    },
    release() {
      held = false;
      lock.release();
    },
    retake(now) {
      ({lock} = take(options, now));
      held = true;
    },
  };
}

function take(
  {option, watched, asked}: ClaimOptions,
  targets: readonly TargetSpec[],
): {readonly stateDir: string; readonly lock: TakenLock} {
  const {path, what} = readyStateDir(option, watched);
  const lock = lockOf(path, what, targets, asked);
  if (lock.kind === 'held') throw new UsageError(heldText(lock.by, path), EXIT.failed);
  return {stateDir: path, lock};
}

/** Chooses the state directory, and creates it if necessary; `what` names it for people. Throws a `UsageError` when it cannot be used. */
export function readyStateDir(
  option: string | undefined,
  watched: Watched,
): {readonly path: string; readonly what: Text} {
  const choice = chooseStateDir(option, watched, process.env, homeDirectory());
  const what = choice.chosenBy
    ? `${choice.chosenBy} ${choice.path}`
    : message`the state directory ${choice.path}`;
  if (choice.chosenBy === undefined && isNowhere(choice.path))
    throw new UsageError(
      message`this user (uid ${process.getuid?.() ?? -1}) has no home directory for agent2's files; name a directory: --state-dir DIR, or set HOME`,
    );
  const prepared = prepareStateDir(choice.path, choice.chosenBy === undefined);
  if (prepared.kind === 'no-parent')
    throw new UsageError(message`${what}: ${prepared.text}; create it: mkdir -p ${prepared.path}`);
  if (prepared.kind === 'not-ours')
    throw new UsageError(
      message`${what}: ${prepared.text}, or choose another: --state-dir DIR`,
      EXIT.failed,
    );
  if (prepared.kind !== 'ready')
    throw new UsageError(
      message`${what}: ${prepared.text}; choose another: --state-dir DIR`,
      EXIT.failed,
    );
  return {path: choice.path, what};
}

/** Says that a changed config names another state directory, which is used only from the next start. Undefined when it is the same. */
export function otherPlaceText(
  option: string | undefined,
  watched: Watched,
  stateDir: string,
): Text | undefined {
  const {path} = chooseStateDir(option, watched, process.env, homeDirectory());
  return path === stateDir
    ? undefined
    : message`the config file now names the state directory ${path}; agent2 uses it from the next start`;
}

/** Says that another monitor holds the directory, and what to do. */
export function heldText({pid, targets, elsewhere}: Holder, stateDir: string): Text {
  if (elsewhere !== undefined)
    return message`another agent2, pid ${pid} on the host ${sanitize(elsewhere, 63)} (in another container, or on another machine), already uses ${stateDir}; stop it there, or give this one its own directory: --state-dir DIR`;
  const who =
    targets.length > 0
      ? message`another agent2, pid ${pid} (watching ${targets.map(name => sanitize(name, 63)).join(', ')}),`
      : message`another agent2, pid ${pid},`;
  return message`${who} already uses ${stateDir}; use that one, stop it (agent2 stop --state-dir ${typed([stateDir])}), or give this one its own directory: --state-dir DIR`;
}

function lockOf(
  path: string,
  what: Text,
  watched: readonly TargetSpec[],
  asked: string | undefined,
): Lock {
  try {
    return takeLock(
      path,
      watched.map(({name}) => name),
      {asked, version, endMs: endMsOf(watched)},
    );
  } catch (error) {
    throw new UsageError(
      message`${what}: it cannot be written (${fileErrorText(error)}); choose another: --state-dir DIR`,
      EXIT.failed,
    );
  }
}
