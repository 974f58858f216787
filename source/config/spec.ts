import type {HttpSpec} from '../contracts/probe.ts';
import type {Cause} from '../core/model/cause.ts';
import type {Policy} from '../core/model/policy.ts';
import type {PresetName} from './presets.ts';

/** One target, parsed and checked from its options or its part of the config file, with all defaults applied. */
export interface TargetSpec {
  readonly name: string;
  readonly address: string;
  readonly url?: URL;
  /** How to request `url`, and the expected answer. */
  readonly http: HttpSpec;
  /** The address at which the target listens, if known. */
  readonly endpoint?: {readonly host: string; readonly port: number};
  /** On this machine. */
  readonly local: boolean;
  /** The target's own checks, in the order of the config file. */
  readonly checks: readonly CheckSpec[];
  readonly pidFile?: string;
  readonly processName?: string;
  readonly fix: FixSpec;
  readonly evidence: EvidenceSpec;
  /** Names of other targets. */
  readonly dependsOn: readonly string[];
  readonly preset: PresetName;
  readonly overrides: Partial<Policy>;
  readonly observing: boolean;
  /** How a drill may break it; no other way is allowed. */
  readonly drill: DrillSpec;
  /** Texts to redact: the values of `${env:…}` and `{file: …}`, and literal passwords and tokens. */
  readonly secrets: readonly string[];
  /** Its part of the config file as one text; empty for a target of the command line. */
  readonly fingerprint: string;
  /** No target was named: these are AgentOS's defaults. */
  readonly agentos: boolean;
}

/** `options` is the output of the kind's own schema. */
export interface CheckSpec {
  readonly name: string;
  readonly kind: string;
  /** An advisory check warns and never leads to a fix. */
  readonly advisory: boolean;
  readonly options: unknown;
}

/** `options` is the output of the kind's own schema. */
export interface FixSpec {
  /** The word of its kind: the name of a file in `fixes/`. */
  readonly use: string;
  readonly options: unknown;
  /** Components and checks that a restart does not repair. */
  readonly notFor: readonly string[];
  /** Causes that it heals only on this request. */
  readonly healFor?: readonly Cause[];
  /** The time that a process has to end after SIGTERM. */
  readonly stopTimeoutMs: number;
}

interface EvidenceSpec {
  /** Runs before a restart, e.g. for a stack dump; its output is kept. */
  readonly command?: readonly string[];
  readonly timeoutMs: number;
  /** The service's log, whose last lines become evidence. */
  readonly log?: string;
}

type DrillFault = 'crash' | 'hang' | 'error' | 'slow';

/**
 * `true` allows agent2's own signal (SIGKILL, SIGSTOP); a command runs instead of it. `mend` is the command that ends the fault when a
 * restart does not.
 */
export type DrillSpec = Readonly<Partial<Record<DrillFault, true | readonly string[]>>> & {
  readonly mend?: readonly string[];
};

/** The words of an http check that a target with a url may use too. */
export const httpWords = [
  'method',
  'headers',
  'body',
  'status',
  'expect',
  'expectText',
  'ca',
  'allowSelfSigned',
  'servername',
  'cert',
  'key',
] as const satisfies ReadonlyArray<keyof HttpSpec>;

/** The expectation of a plain GET. */
export const plainGet: HttpSpec = {method: 'GET', headers: {}, status: [[200, 399]], expect: []};

/** The fix of a target of which nothing else is said. */
export const noFix: FixSpec = {use: 'none', options: {}, notFor: [], stopTimeoutMs: 10_000};

export const defaults = {evidenceTimeoutMs: 5_000} as const;

/** AgentOS's WebUI, the default target. */
export const agentos = {
  name: 'webui',
  url: 'http://127.0.0.1:8080/api/health',
  expect: {status: 'ok'},
  pidFile: '.agentos/webui.pid',
  processName: 'python',
  fix: 'signal',
  stateDir: '.agentos/multi_agent',
} as const;
