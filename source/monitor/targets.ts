import type {TargetSpec} from '../config/spec.ts';
import type {OpenTarget} from './target.ts';

/** The current targets; a changed config file replaces them. */
export interface Targets {
  get(name: string): OpenTarget | undefined;
  /** In the order of the config; the same list until `replace`. */
  all(): readonly OpenTarget[];
  specs(): readonly TargetSpec[];
  /** The secrets of these targets and of all earlier ones, which work under way may still mention. */
  secrets(): readonly string[];
  replace(targets: readonly OpenTarget[]): void;
}

export function createTargets(first: readonly OpenTarget[]): Targets {
  let all: readonly OpenTarget[] = [];
  let specs: readonly TargetSpec[] = [];
  let byName: ReadonlyMap<string, OpenTarget> = new Map();
  let secrets: readonly string[] = [];
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
