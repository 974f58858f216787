import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {load} from 'agent2:doctor';
import {version} from 'agent2:version';
import {fixKind} from '../../source/monitor/kinds.ts';
import {createProbes} from '../../source/monitor/target-probes.ts';
import {placeAt} from '../../source/commands/doctor/places.ts';
import type {TargetSpec} from '../../source/config/spec.ts';
import type {TargetOptions} from '../../source/config/options/table.ts';
import {targetFrom} from '../../source/config/options/target.ts';
import type {Finding} from '../../source/contracts/examination.ts';
import {examine} from '../../source/doctor/shared/examine.ts';
import type {Machine, Place, Scene, Subject} from '../../source/doctor/shared/scene.ts';
import {askProgram} from '../../source/io/run/ask-program.ts';
import {readDiskFacts} from '../../source/io/files/file-facts.ts';
import {controlGroups, openFileLimit} from '../../source/io/process/process-surroundings.ts';
import {check} from '../../source/runtime/check.ts';

/** What to examine, and what of the machine is not as it really is. */
export interface Patient {
  readonly url?: string;
  readonly options?: TargetOptions;
  readonly spec?: Partial<TargetSpec>;
  readonly stateDir?: string;
  readonly neighbours?: readonly string[];
  readonly config?: string;
  readonly wrongConfig?: Scene['wrongConfig'];
  readonly nothingHere?: boolean;
  readonly machine?: Partial<Machine>;
  /** Where programs are looked for first. */
  readonly bin?: string;
  readonly action?: string;
  readonly limitMs?: number;
}

/** The findings of the whole walk, by their id. */
export async function examined(patient: Patient): Promise<Readonly<Record<string, Finding>>> {
  const place = patient.stateDir === undefined ? undefined : placeAt(patient.stateDir);
  const subjects =
    patient.url === undefined && patient.spec === undefined ? [] : [subjectOf(patient, place)];
  const observation =
    subjects[0] &&
    createProbes(subjects[0].spec, undefined).then(probes =>
      check(probes, {signal: AbortSignal.timeout(20_000), timeoutMs: 10_000, slowMs: 60_000}),
    );
  // One that fails is told to whoever looks at it, and nobody may.
  observation?.catch(() => undefined);
  const scene: Scene = {
    places: place ? [place] : [],
    subjects,
    neighbours: (patient.neighbours ?? []).map(stateDir => placeAt(stateDir)),
    config: patient.config,
    wrongConfig: patient.wrongConfig,
    nothingHere: patient.nothingHere ?? false,
    machine: machineOf(patient),
    observe: () => observation ?? Promise.reject(new Error('nothing to observe')),
  };
  const chapters = await examine(
    await Promise.all(Object.values(load).map(definition => definition())),
    scene,
    patient.limitMs ?? 20_000,
  );
  return Object.fromEntries(
    chapters.flatMap(({findings}) => findings).map(finding => [finding.id, finding]),
  );
}

/** What is not well in it. */
export function troubles(findings: Readonly<Record<string, Finding>>): readonly string[] {
  return Object.values(findings)
    .filter(({level}) => level === 'fail' || level === 'warn')
    .map(({id}) => id);
}

function subjectOf(
  {url, options = {}, spec = {}, action}: Patient,
  place: Place | undefined,
): Subject {
  const whole = {...targetFrom(url, options, undefined, '/nonexistent'), ...spec};
  return {spec: whole, fixKind: fixKind(whole.fix.use), place, action};
}

function machineOf({machine = {}, bin}: Patient): Machine {
  const env = {PATH: [...(bin === undefined ? [] : [bin]), process.env.PATH].join(':')};
  return {
    version,
    nodeVersion: process.version,
    env,
    uid: process.getuid?.(),
    cwd: process.cwd(),
    now: Date.now,
    disk: (path, signal) => readDiskFacts(path, {timeoutMs: 10_000, signal}),
    cgroups: controlGroups,
    openFileLimit,
    // Without programs of its own a test needs none of this machine's.
    ask: async (argv, signal) =>
      bin === undefined ? {kind: 'missing'} : askProgram(argv, {timeoutMs: 10_000, signal, env}),
    ...machine,
  };
}

/** A program of that name that says `output` and ends with `code`. */
export function fakeProgram(bin: string, name: string, output: string, code = 0): void {
  mkdirSync(bin, {recursive: true});
  writeFileSync(join(bin, name), `#!/bin/sh\ncat <<'END'\n${output}\nEND\nexit ${code}\n`);
  chmodSync(join(bin, name), 0o755);
}
