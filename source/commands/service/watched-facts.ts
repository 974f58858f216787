import {basename} from 'node:path';
import type {CheckSpec, FixSpec, TargetSpec} from '../../config/spec.ts';
import type {WatchedFacts} from '../../contracts/service-file.ts';

/** What of the targets decides how much agent2 may be confined. `paths` are files and directories of its own, `words` those after `agent2 run`. */
export function watchedFacts(
  targets: readonly TargetSpec[],
  paths: readonly string[],
  words: readonly string[],
  environmentNames: readonly string[],
): WatchedFacts {
  const commands = targets.flatMap(commandsOf).map(argv => argv.join(' '));
  const starts = targets.map(({fix, observing}) => (observing ? 'nothing' : startedBy(fix)));
  const units = targets.flatMap(({fix}) =>
    fix.use === 'systemd' ? [fix.options as {readonly unit: string; readonly user?: boolean}] : [],
  );
  return {
    starts: starts.includes('commands')
      ? 'commands'
      : starts.includes('children')
        ? 'children'
        : 'nothing',
    privileged: commands.find(command => PRIVILEGED.test(command)),
    asksOwnManager: commands.find(command => OWN_MANAGER.test(command)),
    exposed: targets.some(({secrets}) =>
      words.some(word => secrets.some(secret => word.includes(secret))),
    ),
    temporary: [...paths, ...words, ...targets.flatMap(target => texts(withoutSecrets(target)))]
      .map(temporaryPath)
      .find(path => path !== undefined),
    units: {
      system: units.filter(({user}) => !user).map(({unit}) => unit),
      user: units.filter(({user}) => user).map(({unit}) => unit),
    },
    endingMs: Math.max(...targets.map(({fix}) => 2 * fix.stopTimeoutMs + timeoutOf(fix))),
    environmentNames,
  };
}

/** Programs that ask somebody else to restart a service: it does not become part of ours. */
const MANAGERS = [
  'systemctl',
  'systemd-run',
  'service',
  'invoke-rc.d',
  'docker',
  'kubectl',
  'supervisorctl',
  'launchctl',
];
const BECOMES = ['sudo', 'doas'];
/** `su` and the like anywhere in a command, also inside a `sh -c`. */
const PRIVILEGED = /(^|[\s/])(sudo|doas|su|pkexec|runuser|setpriv)(\s|$)/;

const OWN_MANAGER = /\bsystemctl\s(.*\s)?--user(\s|$)/;

function startedBy({use, options}: FixSpec): WatchedFacts['starts'] {
  switch (use) {
    case 'child':
      return 'children';
    case 'command':
      return Object.values(options as Readonly<Record<string, unknown>>)
        .filter(isArgv)
        .every(asksManager)
        ? 'nothing'
        : 'commands';
    // pm2 starts its daemon itself where there is none; podman has no daemon at all.
    case 'pm2':
      return 'commands';
    case 'docker':
      return asksManager([(options as {readonly command?: string}).command ?? 'docker'])
        ? 'nothing'
        : 'commands';
    default:
      return 'nothing';
  }
}

function asksManager(argv: readonly string[]): boolean {
  const start = BECOMES.includes(basename(argv[0] ?? ''))
    ? argv.findIndex((word, index) => index > 0 && !word.startsWith('-'))
    : 0;
  return MANAGERS.includes(basename(argv[start] ?? ''));
}

/** Every command that agent2 may run for this target. */
function commandsOf({
  fix,
  checks,
  evidence,
  drill,
  observing,
}: TargetSpec): ReadonlyArray<readonly string[]> {
  const options = (part: FixSpec | CheckSpec) =>
    Object.values((part.options ?? {}) as Readonly<Record<string, unknown>>).filter(isArgv);
  return [
    ...(observing ? [] : options(fix)),
    ...checks.filter(({kind}) => kind === 'exec').flatMap(options),
    ...(evidence.command ? [evidence.command] : []),
    ...Object.values(drill).filter(isArgv),
  ];
}

function isArgv(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every(word => typeof word === 'string');
}

function timeoutOf({options}: FixSpec): number {
  const own = (options as {readonly timeoutMs?: unknown} | undefined)?.timeoutMs;
  return typeof own === 'number' ? own : COMMAND_MS;
}

/** What a command of a fix may take where nothing else is said. */
const COMMAND_MS = 30_000;

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

/** `--socket=/tmp/web.sock` holds one. */
function temporaryPath(text: string): string | undefined {
  return /(?:^|[\s=:'"])(\/(?:var\/)?tmp(?:\/[^\s'"]*)?)(?=$|[\s'"])/.exec(text)?.[1];
}
