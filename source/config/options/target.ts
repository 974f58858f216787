import {basename, resolve} from 'node:path';
import {UsageError, type OptionsOf} from '../../contracts/command.ts';
import type {FieldExpectation, TlsSettings} from '../../contracts/probe.ts';
import type {Policy} from '../../core/model/policy.ts';
import {message} from '../../core/text/message.ts';
import {definedOnly} from '../../format/defined-only.ts';
import {keysOf} from '../../format/keys-of.ts';
import {unixAddressOf} from '../../format/unix-url.ts';
import {redact} from '../../format/redact.ts';
import {sanitize} from '../../format/sanitize.ts';
import {endpointOf, isLocal, readUrl, shownUrl} from '../address.ts';
import {namesProgram} from './own-values.ts';
import {policyOptions, type TargetOptions} from './table.ts';
import {secretsIn} from '../secrets-in.ts';
import {agentos, defaults, noFix, plainGet, type FixSpec, type TargetSpec} from '../spec.ts';
import {nameValue} from './values.ts';

/** Turns command-line options into one target. Throws a `UsageError` with the given value, the allowed ones and a correction. */
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
  const parsedUrl = url !== undefined ? parseUrl(url) : named ? undefined : new URL(agentos.url);
  const endpoint = endpointOf(parsedUrl, options.port);
  const pidFile =
    options.pidFile !== undefined
      ? resolve(options.pidFile)
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
    name: nameOf(options.name, named, endpoint, parsedUrl, childArgv, pidFile),
    address: sanitize(redact(address, secrets), 200),
    url: parsedUrl,
    endpoint,
    local: endpoint === undefined || isLocal(endpoint.host),
    http: {
      ...plainGet,
      expect: [...fields(named ? {} : agentos.expect), ...(options.expect ?? [])],
      ...tlsOf(options),
      ...definedOnly({expectText: options.expectText}),
    },
    checks: [],
    pidFile,
    processName: options.processName ?? (named ? undefined : agentos.processName),
    fix,
    evidence: {timeoutMs: defaults.evidenceTimeoutMs},
    dependsOn: [],
    preset: options.preset ?? 'test',
    overrides: overridesOf(options),
    observing: options.observe ?? false,
    drill: {},
    secrets,
    fingerprint: '',
    agentos: !named,
  };
}

function tlsOf({ca, allowSelfSigned, cert, key}: TargetOptions): TlsSettings {
  if (key !== undefined && cert === undefined)
    throw new UsageError(
      message`--key belongs to a certificate; give that too, e.g. --cert client.pem`,
    );
  const full = (path: string | undefined) => (path === undefined ? undefined : resolve(path));
  return definedOnly({ca: full(ca), allowSelfSigned, cert: full(cert), key: full(key)});
}

function parseUrl(text: string): URL {
  const reading = readUrl(text);
  if (reading.kind === 'url') return reading.url;
  throw new UsageError(message`${reading.reason}, e.g. agent2 ${reading.instead}`);
}

function fixOf(
  {restart, unit, restartTimeout: timeoutMs}: TargetOptions,
  childArgv: readonly string[] | undefined,
  named: boolean,
): FixSpec {
  if (restart !== undefined && childArgv !== undefined) {
    throw new UsageError(
      message`--restart and -- CMD exclude each other: agent2 restarts what it starts itself; leave out --restart`,
    );
  }
  if (unit !== undefined && childArgv !== undefined) {
    throw new UsageError(
      message`--unit and -- CMD exclude each other: agent2 restarts what it starts itself; leave out --unit, or leave out -- CMD if systemd starts the service`,
    );
  }
  if (unit !== undefined && restart !== undefined) {
    throw new UsageError(
      message`--unit and --restart exclude each other: a target has one way to restart; leave out one of them`,
    );
  }
  if (timeoutMs !== undefined && restart === undefined && unit === undefined) {
    throw new UsageError(
      message`--restart-timeout limits the command of --restart or --unit; give one of them, or leave out --restart-timeout`,
    );
  }
  if (childArgv !== undefined) {
    if (!namesProgram(childArgv))
      throw new UsageError(
        message`there is no command after --; give one, e.g. agent2 http://127.0.0.1:3000/ -- node server.js`,
      );
    return {...noFix, use: 'child', options: {command: childArgv}};
  }
  const limit = timeoutMs === undefined ? {} : {timeoutMs};
  if (unit !== undefined) return {...noFix, use: 'systemd', options: {...unit, ...limit}};
  if (restart !== undefined) return {...noFix, use: 'command', options: {restart, ...limit}};
  return named ? noFix : {...noFix, use: agentos.fix};
}

function nameOf(
  given: string | undefined,
  named: boolean,
  endpoint: TargetSpec['endpoint'],
  url: URL | undefined,
  childArgv: readonly string[] | undefined,
  pidFile: string | undefined,
): string {
  if (given !== undefined) {
    const name = nameValue('web');
    if (name.parse(given) !== undefined) return given;
    throw new UsageError(
      message`--name '${sanitize(given, 80)}' is not valid; ${name.expected()}, e.g. --name ${name.example}`,
    );
  }
  if (!named) return agentos.name;
  const socket = url && unixAddressOf(url)?.socket;
  if (socket !== undefined) return nameOfSocket(socket);
  const name = endpoint
    ? `${endpoint.host}:${endpoint.port}`
    : basename(childArgv?.[0] ?? pidFile ?? 'target');
  return sanitize(name, 63);
}

/** `web-app` for `/run/web app.sock`. */
function nameOfSocket(path: string): string {
  const name = basename(path, '.sock')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 63);
  return name === '' ? 'socket' : name;
}

/** The policy overrides of the options, for any target. */
export function overridesOf(options: OptionsOf<typeof policyOptions>): Partial<Policy> {
  const pairs = keysOf(policyOptions).flatMap(name => {
    const value = options[name];
    return value === undefined ? [] : [[policyOptions[name].policy, value] as const];
  });
  return Object.fromEntries(pairs);
}

function fields(expect: Readonly<Record<string, string>>): readonly FieldExpectation[] {
  return Object.entries(expect).map(([path, equals]) => ({path, equals}));
}
