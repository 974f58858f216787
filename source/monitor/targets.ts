import type {TargetSpec} from '../config/spec.ts';
import type {OpenTarget} from './target.ts';

/** The current targets; a changed config file replaces them. */
export interface Targets {
  get(name: string): OpenTarget | undefined;
  /** In the order of the config; the same list until `replace`. */
  all(): readonly OpenTarget[];
  specs(): readonly TargetSpec[];
  /** The secrets of these targets, of all earlier ones, which work under way may still mention, and of the environment. */
  secrets(): readonly string[];
  replace(targets: readonly OpenTarget[]): void;
}

/** `more` are secrets that no target names, like those of the environment. */
export function createTargets(first: readonly OpenTarget[], more: readonly string[] = []): Targets {
  let all: readonly OpenTarget[] = [];
  let specs: readonly TargetSpec[] = [];
  let byName: ReadonlyMap<string, OpenTarget> = new Map();
  let secrets = more;
  replace(first);
  return {
    get: name => byName.get(name),
    all: () => all,
    specs: () => specs,
    secrets: () => secrets,
    replace,
  };

  function replace(targets: readonly OpenTarget[]): void {
    all = targets;
    specs = targets.map(({spec}) => spec);
    byName = new Map(targets.map(target => [target.spec.name, target]));
    secrets = [...new Set([...secrets, ...specs.flatMap(spec => spec.secrets)])];
  }
}
