import type {HttpSpec} from '../contracts/probe.ts';
import type {Policy} from '../core/model/policy.ts';
import type {PresetName} from './presets.ts';

/** One target as its options or its part of the config file describe it: parsed, checked, with nothing left to guess. */
export interface TargetSpec {
  readonly name: string;
  readonly address: string;
  readonly url?: URL;
  /** How `url` is asked, and what a good answer is. */
  readonly http: HttpSpec;
  /** Where the target listens, if it is known. */
  readonly endpoint?: {readonly host: string; readonly port: number};
  /** On this machine. */
  readonly local: boolean;
  /** What else is looked at, in the order of the config file. */
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
  /** How a drill may break it; only what is here may be drilled. */
  readonly drill: DrillSpec;
  /** Texts that must never be shown: what `${env:…}` and `{file: …}` stood for, and passwords and tokens that stand in the values as they are. */
  readonly secrets: readonly string[];
  /** What the config file says of it, in one text; empty for a target of the command line. */
  readonly fingerprint: string;
  /** Nothing was named: these are AgentOS's defaults. */
  readonly agentos: boolean;
}

/** `options` is what the kind's own schema made of it. */
export interface CheckSpec {
  readonly name: string;
  readonly kind: string;
  /** An advisory check warns and never leads to a fix. */
  readonly advisory: boolean;
  readonly options: unknown;
}

/** `options` is what the kind's own schema made of it. */
export interface FixSpec {
  /** The word of its kind: the name of a file in `fixes/`. */
  readonly use: string;
  readonly options: unknown;
  /** Components and checks that a restart does not mend. */
  readonly notFor: readonly string[];
  /** How long a process may take to end after SIGTERM. */
  readonly stopTimeoutMs: number;
}

interface EvidenceSpec {
  /** Run before a restart, e.g. for a stack dump; what it prints is kept. */
  readonly command?: readonly string[];
  readonly timeoutMs: number;
  /** The service's log, whose last lines are kept. */
  readonly log?: string;
}

type DrillFault = 'crash' | 'hang' | 'error' | 'slow';

/** `true` is agent2's own way (SIGKILL, SIGSTOP); a command is run instead. `mend` ends what the others began, where the restart does not. */
export type DrillSpec = Readonly<Partial<Record<DrillFault, true | readonly string[]>>> & {
  readonly mend?: readonly string[];
};

/** What a plain GET takes for good. */
export const plainGet: HttpSpec = {method: 'GET', headers: {}, status: [[200, 399]], expect: []};

export const defaults = {stopTimeoutMs: 10_000, evidenceTimeoutMs: 5_000} as const;

/** AgentOS's WebUI, watched when nothing else is named. */
export const agentos = {
  name: 'webui',
  url: 'http://127.0.0.1:8080/api/health',
  expect: {status: 'ok'},
  pidFile: '.agentos/webui.pid',
  processName: 'python',
  stateDir: '.agentos/multi_agent',
} as const;
