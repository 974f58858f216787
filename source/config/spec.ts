import type {FixUse} from '../core/state.ts';
import type {Policy} from '../core/policy.ts';
import type {PresetName} from './presets.ts';

/** One target as its options describe it: parsed, checked, with nothing left to guess. */
export interface TargetSpec {
  readonly name: string;
  readonly address: string;
  readonly url?: URL;
  /** Where the target listens, if it is known. */
  readonly endpoint?: {readonly host: string; readonly port: number};
  /** On this machine. */
  readonly local: boolean;
  /** Body fields by path, and the text each has to have. */
  readonly expect: Readonly<Record<string, string>>;
  readonly pidFile?: string;
  readonly processName?: string;
  readonly fix: FixUse;
  /** What `command` and `child` run. */
  readonly argv: readonly string[];
  readonly preset: PresetName;
  readonly overrides: Partial<Policy>;
  readonly observing: boolean;
  /** Nothing was named: these are AgentOS's defaults. */
  readonly agentos: boolean;
}

/** AgentOS's WebUI, watched when nothing else is named. */
export const agentos = {
  name: 'webui',
  url: 'http://127.0.0.1:8080/api/health',
  expect: {status: 'ok'},
  pidFile: '.agentos/webui.pid',
  processName: 'python',
  stateDir: '.agentos/multi_agent',
} as const;
