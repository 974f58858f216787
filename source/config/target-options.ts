import {basename, resolve} from 'node:path';
import {UsageError} from '../contracts/command.ts';
import type {FieldExpectation} from '../contracts/probe.ts';
import type {Policy} from '../core/model/policy.ts';
import {say} from '../core/text/say.ts';
import {redact} from '../format/redact.ts';
import {sanitize} from '../format/sanitize.ts';
import {unitName} from '../format/unit-name.ts';
import {readPidFile} from '../io/process/pid-file.ts';
import {splitWords} from '../format/words.ts';
import {endpointOf, isLocal, readUrl, shownUrl} from './address.ts';
import {didYouMean} from './did-you-mean.ts';
import {isPresetName, presetNames, type PresetName} from './presets.ts';
import {secretsIn} from './secrets-in.ts';
import {defaults, plainGet, type FixSpec, type TargetSpec, agentos} from './spec.ts';
import {
  durationFrom,
  durationWanted,
  isName,
  least,
  nameWanted,
  ranges,
  wholeNumberFrom,
  wholeNumberWanted,
  type Range,
} from './values.ts';

/** The options of a target as typed. */
export interface TargetOptions {
  readonly preset?: string;
  readonly interval?: string;
  readonly timeout?: string;
  readonly threshold?: string;
  readonly retries?: string;
  readonly slow?: string;
  readonly pidFile?: string;
  readonly name?: string;
  readonly processName?: string;
  readonly port?: string;
  readonly expect?: readonly string[];
  readonly restart?: string;
  readonly unit?: string;
  readonly observe?: boolean;
}

/** Turns what was typed into one target. Throws a `UsageError` that says what was given, what is allowed and what to type instead. */
export function targetFrom(
  url: string | undefined,
  options: TargetOptions,
  childArgv: readonly string[] | undefined,
  home: string,
): TargetSpec {
  const named =
    url !== undefined ||
    options.port !== undefined ||
    options.pidFile !== undefined ||
    childArgv !== undefined;
  if (options.processName === '')
    throw new UsageError(
      say`--process-name '' would fit every process; give a part of its command line, e.g. --process-name gunicorn`,
    );
  const parsedUrl = url !== undefined ? parseUrl(url) : named ? undefined : new URL(agentos.url);
  const endpoint = endpointOf(
    parsedUrl,
    options.port === undefined
      ? undefined
      : wholeNumber('--port', options.port, ranges.port, '--port 8080'),
  );
  const pidFile =
    options.pidFile !== undefined
      ? checkedPidFile(options.pidFile)
      : named
        ? undefined
        : resolve(home, agentos.pidFile);
  const fix = fixOf(options, childArgv, named);
  const address = parsedUrl
    ? shownUrl(parsedUrl)
    : endpoint
      ? `${endpoint.host}:${endpoint.port}`
      : (childArgv?.join(' ') ?? pidFile ?? '');
  const secrets = secretsIn([parsedUrl?.href, options.restart, childArgv]);
  return {
    name: nameOf(options.name, named, endpoint, childArgv, pidFile),
    address: sanitize(redact(address, secrets), 200),
    url: parsedUrl,
    endpoint,
    local: endpoint === undefined || isLocal(endpoint.host),
    http: {
      ...plainGet,
      expect: [...fields(named ? {} : agentos.expect), ...expectations(options.expect ?? [])],
    },
    checks: [],
    pidFile,
    processName: options.processName ?? (named ? undefined : agentos.processName),
    fix,
    evidence: {timeoutMs: defaults.evidenceTimeoutMs},
    dependsOn: [],
    preset: presetOf(options.preset),
    overrides: overridesOf(options),
    observing: options.observe ?? false,
    drill: {},
    secrets,
    fingerprint: '',
    agentos: !named,
  };
}

function parseUrl(text: string): URL {
  const reading = readUrl(text);
  if (reading.kind === 'url') return reading.url;
  throw new UsageError(say`${reading.reason}, e.g. agent2 ${reading.instead}`);
}

function checkedPidFile(path: string): string {
  if (path === '')
    throw new UsageError(
      say`--pid-file '' names no file; give its path, e.g. --pid-file /run/web.pid`,
    );
  const full = resolve(path);
  const reading = readPidFile(full);
  if (reading.kind === 'invalid')
    throw new UsageError(
      say`--pid-file: ${reading.reason}; correct the file, or leave --pid-file away to find the process by its port`,
    );
  return full;
}

function fixOf(
  {restart, unit}: TargetOptions,
  childArgv: readonly string[] | undefined,
  named: boolean,
): FixSpec {
  const common = {notFor: [], stopTimeoutMs: defaults.stopTimeoutMs};
  if (restart !== undefined && childArgv !== undefined) {
    throw new UsageError(
      say`--restart and -- CMD were both given; with -- CMD agent2 owns the process and restarts it itself, so leave --restart away`,
    );
  }
  if (unit !== undefined && childArgv !== undefined) {
    throw new UsageError(
      say`--unit and -- CMD were both given; with -- CMD agent2 owns the process and restarts it itself, so leave --unit away, or -- CMD where systemd starts it`,
    );
  }
  if (unit !== undefined && restart !== undefined) {
    throw new UsageError(
      say`--unit and --restart were both given; a target has one way to be restarted, so leave one of them away`,
    );
  }
  if (childArgv !== undefined) {
    if (childArgv.length === 0)
      throw new UsageError(
        say`nothing stands behind --; give the command to start, e.g. agent2 http://127.0.0.1:3000/ -- node server.js`,
      );
    return {use: 'child', options: {command: childArgv}, ...common};
  }
  if (unit !== undefined) return {use: 'systemd', options: unitOf(unit), ...common};
  if (restart === undefined) return {use: named ? 'none' : 'signal', options: {}, ...common};
  const words = splitWords(restart);
  if (words.kind === 'invalid')
    throw new UsageError(
      say`--restart ${quoted(restart)}: ${words.reason}; quote it as in a shell, e.g. --restart 'systemctl --user restart web'`,
    );
  if (words.words.length === 0)
    throw new UsageError(
      say`--restart ${quoted(restart)} holds no command; give one, e.g. --restart 'systemctl --user restart web'`,
    );
  return {use: 'command', options: {restart: words.words}, ...common};
}

const USER_UNIT = 'user:';

/** `web` is a unit of the system, `user:web` one of the user's own manager. */
function unitOf(text: string): {readonly unit: string; readonly user?: true} {
  const user = text.startsWith(USER_UNIT);
  const parsed = unitName(user ? text.slice(USER_UNIT.length) : text);
  if (parsed.kind === 'invalid')
    throw new UsageError(say`--unit ${parsed.reason}; one of your own units is --unit user:web`);
  return {unit: parsed.name, ...(user ? {user} : {})};
}

function nameOf(
  given: string | undefined,
  named: boolean,
  endpoint: TargetSpec['endpoint'],
  childArgv: readonly string[] | undefined,
  pidFile: string | undefined,
): string {
  if (given !== undefined) {
    if (isName(given)) return given;
    throw new UsageError(
      say`--name ${quoted(given)} cannot be a name; ${nameWanted()}, e.g. --name web`,
    );
  }
  if (!named) return agentos.name;
  const name = endpoint
    ? `${endpoint.host}:${endpoint.port}`
    : basename(childArgv?.[0] ?? pidFile ?? 'target');
  return sanitize(name, 63);
}

/** The preset of that name, `test` without one. Throws a `UsageError`. */
export function presetOf(name: string | undefined): PresetName {
  if (name === undefined) return 'test';
  if (isPresetName(name)) return name;
  throw new UsageError(
    say`there is no preset ${quoted(name)}; allowed are ${presetNames.join(', ')}${didYouMean(name, presetNames, '--preset ')}`,
  );
}

/** What the options say of the policy, whatever the target. Throws a `UsageError`. */
export function overridesOf(
  options: Pick<TargetOptions, 'interval' | 'timeout' | 'slow' | 'threshold' | 'retries'>,
): Partial<Policy> {
  return {
    ...(options.interval === undefined
      ? {}
      : {intervalMs: duration('--interval', options.interval, least.intervalMs)}),
    ...(options.timeout === undefined
      ? {}
      : {timeoutMs: duration('--timeout', options.timeout, least.timeoutMs)}),
    ...(options.slow === undefined ? {} : {slowMs: duration('--slow', options.slow, least.slowMs)}),
    ...(options.threshold === undefined
      ? {}
      : {
          failureThreshold: wholeNumber(
            '--threshold',
            options.threshold,
            ranges.failureThreshold,
            '--threshold 3',
          ),
        }),
    ...(options.retries === undefined
      ? {}
      : {retries: wholeNumber('--retries', options.retries, ranges.retries, '--retries 2')}),
  };
}

function duration(option: string, text: string, leastMs: number): number {
  const ms = durationFrom(text, leastMs);
  if (ms !== undefined) return ms;
  throw new UsageError(
    say`${option} ${quoted(text)} is no usable duration; ${durationWanted(leastMs)}, e.g. ${option} 5s`,
  );
}

export function wholeNumber(option: string, text: string, range: Range, example: string): number {
  const value = wholeNumberFrom(text, range);
  if (value !== undefined) return value;
  throw new UsageError(
    say`${option} ${quoted(text)} is not allowed; ${wholeNumberWanted(range)}, e.g. ${example}`,
  );
}

function expectations(pairs: readonly string[]): readonly FieldExpectation[] {
  return pairs.map(pair => {
    const at = pair.indexOf('=');
    if (at > 0) return {path: pair.slice(0, at), equals: pair.slice(at + 1)};
    throw new UsageError(
      say`--expect ${quoted(pair)} names no field; wanted is KEY=VALUE of the JSON body, e.g. --expect status=ok`,
    );
  });
}

function fields(expect: Readonly<Record<string, string>>): readonly FieldExpectation[] {
  return Object.entries(expect).map(([path, equals]) => ({path, equals}));
}

function quoted(text: string): string {
  return `'${sanitize(text, 80)}'`;
}
