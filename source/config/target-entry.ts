import {resolve} from 'node:path';
import {definedOnly} from '../format/defined-only.ts';
import {redact} from '../format/redact.ts';
import {sanitize} from '../format/sanitize.ts';
import {endpointOf, isLocal, shownUrl} from './address.ts';
import {checkNamer} from './cross-checks.ts';
import {fingerprintOf} from './fingerprint.ts';
import type {CheckEntry} from './kind-schema.ts';
import type {Kinds} from './kinds.ts';
import {overridesFrom, policyPart, type PolicyEntry} from './policy-entry.ts';
import {presets, type PresetName} from './presets.ts';
import type {TargetEntry} from './schema.ts';
import {defaults, httpWords, noFix, plainGet, type CheckSpec, type TargetSpec} from './spec.ts';
import {outsideOf} from '../core/text/message.ts';

/** The top-level settings of a file for all of its targets. */
export interface Surroundings {
  readonly preset: PresetName;
  readonly defaults: PolicyEntry;
  readonly directory: string;
  readonly secrets: readonly string[];
  readonly kinds: Kinds;
}

/** A target as the file describes it, with all defaults filled in. */
export function targetOf(
  entry: TargetEntry,
  {directory, secrets, kinds, ...top}: Surroundings,
): TargetSpec {
  const {
    name,
    url,
    port,
    processName,
    checks = [],
    fix,
    evidence = {},
    dependsOn = [],
    drill = {},
    preset = top.preset,
  } = entry;
  const endpoint = endpointOf(url, port);
  const pidFile = entry.pidFile === undefined ? undefined : resolve(directory, entry.pidFile);
  const spec: Omit<TargetSpec, 'fingerprint'> = {
    name,
    address: sanitize(redact(addressOf(entry, endpoint, pidFile, kinds), secrets), 200),
    url,
    http: {
      ...plainGet,
      ...definedOnly(Object.fromEntries(httpWords.map(word => [word, entry[word]]))),
    },
    endpoint,
    local: endpoint === undefined || isLocal(endpoint.host),
    checks: namedChecks(checks),
    pidFile,
    processName,
    fix: fix
      ? {
          use: fix.use,
          options: fix.options,
          notFor: fix.notFor,
          ...(fix.healFor ? {healFor: fix.healFor} : {}),
          stopTimeoutMs: fix.stopTimeout ?? noFix.stopTimeoutMs,
        }
      : noFix,
    evidence: {
      ...(evidence.command ? {command: evidence.command} : {}),
      timeoutMs: evidence.timeout ?? defaults.evidenceTimeoutMs,
      ...(evidence.log === undefined ? {} : {log: resolve(directory, evidence.log)}),
    },
    dependsOn,
    preset,
    overrides: overridesFrom({...top.defaults, ...policyPart(entry)}, presets[preset]),
    observing: entry.observe ?? false,
    drill: definedOnly(drill),
    secrets,
    agentos: false,
  };
  return {...spec, fingerprint: fingerprintOf(spec)};
}

function addressOf(
  {name, url, fix, checks}: TargetEntry,
  endpoint: TargetSpec['endpoint'],
  pidFile: string | undefined,
  {fixes}: Kinds,
): string {
  if (url) return shownUrl(url);
  if (endpoint) return `${endpoint.host}:${endpoint.port}`;
  const definition = fix && fixes[fix.use];
  const command = definition?.traits.ownsProcess ? definition.describe(fix?.options) : undefined;
  return (
    (command && outsideOf(command)) ??
    pidFile ??
    checks?.map(({name, kind}) => name ?? kind).join(', ') ??
    name
  );
}

function namedChecks(entries: readonly CheckEntry[]): readonly CheckSpec[] {
  const nameOf = checkNamer(entries.flatMap(({name}) => (name === undefined ? [] : [name])));
  return entries.map(({name, kind, advisory, options}) => ({
    name: name ?? nameOf(kind),
    kind,
    advisory,
    options,
  }));
}
