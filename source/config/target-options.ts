import {basename, resolve} from 'node:path';
import {UsageError} from '../contracts/command.ts';
import type {FieldExpectation} from '../contracts/probe.ts';
import type {Policy} from '../core/policy.ts';
import {parseDuration} from '../format/duration.ts';
import {sanitize} from '../format/sanitize.ts';
import {readPidFile} from '../io/pid-file.ts';
import {splitWords} from '../io/words.ts';
import {didYouMean} from './did-you-mean.ts';
import {isPresetName, presetNames, type PresetName} from './presets.ts';
import {agentos, defaults, plainGet, type FixSpec, type TargetSpec} from './spec.ts';

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
  readonly observe?: boolean;
}

/** Turns what was typed into one target. Throws a `UsageError` that says what was given, what is allowed and what to type instead. */
export function targetFrom(url: string | undefined, options: TargetOptions, childArgv: readonly string[] | undefined, home: string): TargetSpec {
  const named = url !== undefined || options.port !== undefined || options.pidFile !== undefined || childArgv !== undefined;
  if (options.processName === '') throw new UsageError("--process-name '' would fit every process; give a part of its command line, e.g. --process-name gunicorn");
  const parsedUrl = url !== undefined ? parseUrl(url) : named ? undefined : new URL(agentos.url);
  const endpoint = endpointOf(parsedUrl, options.port);
  const pidFile = options.pidFile !== undefined ? checkedPidFile(options.pidFile) : named ? undefined : resolve(home, agentos.pidFile);
  const fix = fixOf(options.restart, childArgv, named);
  const address = parsedUrl ? shownUrl(parsedUrl) : endpoint ? `${endpoint.host}:${endpoint.port}` : (childArgv?.join(' ') ?? pidFile ?? '');
  return {
    name: nameOf(options.name, named, endpoint, childArgv, pidFile),
    address: sanitize(address, 200),
    url: parsedUrl,
    endpoint,
    local: endpoint === undefined || isLocal(endpoint.host),
    http: {...plainGet, expect: [...fields(named ? {} : agentos.expect), ...expectations(options.expect ?? [])]},
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
    secrets: [],
    fingerprint: '',
    agentos: !named,
  };
}

function parseUrl(text: string): URL {
  const shown = sanitize(text.replace(/\/\/[^@/]*@/, '//').replace(/[?#].*$/s, ''), 100);
  if (!URL.canParse(text)) {
    const guess = /^[\w.-]+(:\d+)?(\/\S*)?$/.test(text) ? `http://${shown}` : 'http://127.0.0.1:8080/api/health';
    throw new UsageError(`'${shown}' is no url; wanted is one with http:// or https://, e.g. agent2 ${guess}`);
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    if (/^[\w.-]+:\d+(\/|$)/.test(text)) throw new UsageError(`'${shown}' is no url: http:// or https:// is missing; wanted is e.g. agent2 http://${shown}`);
    const guess = url.host ? `http://${url.host}${url.pathname}` : `http://${shown}`;
    throw new UsageError(`'${shown}' has the protocol ${sanitize(url.protocol, 20)} which cannot be probed; allowed are http: and https:, e.g. agent2 ${guess}`);
  }
  return url;
}

/** Without credentials, query and fragment: they may be secrets. */
function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

function endpointOf(url: URL | undefined, port: string | undefined): TargetSpec['endpoint'] {
  const given = port === undefined ? undefined : wholeNumber('--port', port, 1, 65_535, '--port 8080');
  if (url) return {host: url.hostname.replace(/^\[|\]$/g, ''), port: given ?? Number(url.port || (url.protocol === 'https:' ? 443 : 80))};
  return given === undefined ? undefined : {host: '127.0.0.1', port: given};
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || host === '0.0.0.0' || /^127\./.test(host);
}

function checkedPidFile(path: string): string {
  if (path === '') throw new UsageError("--pid-file '' names no file; give its path, e.g. --pid-file /run/web.pid");
  const full = resolve(path);
  const reading = readPidFile(full);
  if (reading.kind === 'invalid') throw new UsageError(`--pid-file: ${reading.reason}; correct the file, or leave --pid-file away to find the process by its port`);
  return full;
}

function fixOf(restart: string | undefined, childArgv: readonly string[] | undefined, named: boolean): FixSpec {
  const common = {notFor: [], stopTimeoutMs: defaults.stopTimeoutMs};
  if (restart !== undefined && childArgv !== undefined) {
    throw new UsageError("--restart and -- CMD were both given; with -- CMD agent2 owns the process and restarts it itself, so leave --restart away");
  }
  if (childArgv !== undefined) {
    if (childArgv.length === 0) throw new UsageError('nothing stands behind --; give the command to start, e.g. agent2 http://127.0.0.1:3000/ -- node server.js');
    return {use: 'child', options: {command: childArgv}, ...common};
  }
  if (restart === undefined) return {use: named ? 'none' : 'signal', options: {}, ...common};
  const words = splitWords(restart);
  if (words.kind === 'invalid') throw new UsageError(`--restart ${quoted(restart)}: ${words.reason}; quote it as in a shell, e.g. --restart 'systemctl --user restart web'`);
  if (words.words.length === 0) throw new UsageError(`--restart ${quoted(restart)} holds no command; give one, e.g. --restart 'systemctl --user restart web'`);
  return {use: 'command', options: {restart: words.words}, ...common};
}

function nameOf(given: string | undefined, named: boolean, endpoint: TargetSpec['endpoint'], childArgv: readonly string[] | undefined, pidFile: string | undefined): string {
  if (given !== undefined) {
    if (/^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,62}$/u.test(given)) return given;
    throw new UsageError(`--name ${quoted(given)} cannot be a name; allowed are up to 63 letters, digits, dots, dashes, colons and underscores, e.g. --name web`);
  }
  if (!named) return agentos.name;
  const name = endpoint ? `${endpoint.host}:${endpoint.port}` : basename(childArgv?.[0] ?? pidFile ?? 'target');
  return sanitize(name, 63);
}

export function presetOf(name: string | undefined): PresetName {
  if (name === undefined) return 'test';
  if (isPresetName(name)) return name;
  throw new UsageError(`there is no preset ${quoted(name)}; allowed are ${presetNames.join(', ')}${didYouMean(name, presetNames, '--preset ')}`);
}

export function overridesOf(options: Pick<TargetOptions, 'interval' | 'timeout' | 'slow' | 'threshold' | 'retries'>): Partial<Policy> {
  return {
    ...(options.interval === undefined ? {} : {intervalMs: duration('--interval', options.interval, 100)}),
    ...(options.timeout === undefined ? {} : {timeoutMs: duration('--timeout', options.timeout, 10)}),
    ...(options.slow === undefined ? {} : {slowMs: duration('--slow', options.slow, 1)}),
    ...(options.threshold === undefined ? {} : {failureThreshold: wholeNumber('--threshold', options.threshold, 1, 1_000, '--threshold 3')}),
    ...(options.retries === undefined ? {} : {retries: wholeNumber('--retries', options.retries, 0, 100, '--retries 2')}),
  };
}

const DAY_MS = 86_400_000;

function duration(option: string, text: string, leastMs: number): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms >= leastMs && ms <= DAY_MS) return ms;
  throw new UsageError(`${option} ${quoted(text)} is no usable duration; allowed is ${leastMs}ms to 24h, written 500ms, 5s, 2m, 1h or a bare number of seconds, e.g. ${option} 5s`);
}

export function wholeNumber(option: string, text: string, least: number, most: number, example: string): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`${option} ${quoted(text)} is not allowed; wanted is a whole number from ${least} to ${most}, e.g. ${example}`);
}

function expectations(pairs: readonly string[]): readonly FieldExpectation[] {
  return pairs.map(pair => {
    const at = pair.indexOf('=');
    if (at > 0) return {path: pair.slice(0, at), equals: pair.slice(at + 1)};
    throw new UsageError(`--expect ${quoted(pair)} names no field; wanted is KEY=VALUE of the JSON body, e.g. --expect status=ok`);
  });
}

function fields(expect: Readonly<Record<string, string>>): readonly FieldExpectation[] {
  return Object.entries(expect).map(([path, equals]) => ({path, equals}));
}

function quoted(text: string): string {
  return `'${sanitize(text, 80)}'`;
}
