import type {TargetSpec} from '../../config/spec.ts';
import {commandsOf as commandsOfFix, fixKind} from '../../monitor/kinds.ts';
import type {WatchedFacts} from '../../contracts/service-file.ts';

/**
 * The facts about the targets that decide how much the unit may confine agent2. `paths` are files and directories of agent2 itself, `words`
 * those after `agent2 run`.
 */
export function watchedFacts(
  targets: readonly TargetSpec[],
  paths: readonly string[],
  words: readonly string[],
  environmentNames: readonly string[],
): WatchedFacts {
  const commands = targets.flatMap(commandsOf).map(argv => argv.join(' '));
  const starts = targets.map(({fix: {use, options}, observing}) =>
    observing ? 'nothing' : fixKind(use).confines(options),
  );
  const units = targets.flatMap(({fix: {use, options}}) => fixKind(use).unit?.(options) ?? []);
  return {
    starts: starts.includes('commands')
      ? 'commands'
      : starts.includes('children')
        ? 'children'
        : 'nothing',
    privileged: commands.find(command => PRIVILEGED.test(command)),
    asksOwnManager: commands.find(command => OWN_MANAGER.test(command)),
    temporary: [...paths, ...words, ...targets.flatMap(target => texts(withoutSecrets(target)))]
      .map(temporaryPath)
      .find(path => path !== undefined),
    units: {
      system: units.filter(({user}) => !user).map(({name}) => name),
      user: units.filter(({user}) => user).map(({name}) => name),
    },
    endingMs: Math.max(
      ...targets.map(
        ({fix: {use, options, stopTimeoutMs}}) =>
          2 * stopTimeoutMs + fixKind(use).longestMs(options),
      ),
    ),
    environmentNames,
  };
}

/** A program that changes the user, anywhere in a command, also inside `sh -c`. */
const PRIVILEGED = /(^|[\s/])(sudo|doas|su|pkexec|runuser|setpriv)(\s|$)/;

const OWN_MANAGER = /\bsystemctl\s(.*\s)?--user(\s|$)/;

/** Every command that agent2 may run for this target. */
function commandsOf({
  fix,
  checks,
  evidence,
  drill,
  observing,
}: TargetSpec): ReadonlyArray<readonly string[]> {
  return [
    ...(observing ? [] : commandsOfFix(fix)),
    ...checks
      .filter(({kind}) => kind === 'exec')
      .flatMap(({options}) =>
        Object.values((options ?? {}) as Readonly<Record<string, unknown>>).filter(isArgv),
      ),
    ...(evidence.command ? [evidence.command] : []),
    ...Object.values(drill).filter(isArgv),
  ];
}

function isArgv(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every(word => typeof word === 'string');
}

function withoutSecrets({
  secrets: _secrets,
  fingerprint: _fingerprint,
  address: _address,
  url: _url,
  ...rest
}: TargetSpec): unknown {
  return rest;
}

/** Every text in a value. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** A path below /tmp in a text, like `--socket=/tmp/web.sock`. */
function temporaryPath(text: string): string | undefined {
  return /(?:^|[\s=:'"])(\/(?:var\/)?tmp(?:\/[^\s'"]*)?)(?=$|[\s'"])/.exec(text)?.[1];
}
