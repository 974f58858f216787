import type {TargetSpec} from '../config/spec.ts';
import {say} from '../core/text/say.ts';
import {errorText} from '../io/error-code.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';
import {sameChild, startTarget} from './children.ts';
import {otherPlaceText} from './claim-state-dir.ts';
import type {MonitorLog} from './log.ts';
import type {Memories} from './memory.ts';
import type {Problems} from './problems.ts';
import type {ConfigSource, Watchlist} from './setup.ts';
import type {StateFiles} from './state-files.ts';
import {openTarget, startOf, type OpenTarget, type TargetHome} from './target.ts';
import type {Targets} from './targets.ts';
import type {TargetWatch} from './watch-targets.ts';

/** Takes the config file over whenever it changes. One that is wrong, or that cannot be followed, changes nothing, and is reported. */
export interface Reload {
  /** Also again, after it was stopped. */
  follow(): Promise<void>;
  /** Takes no change over any more; one that is being taken over goes on. */
  stop(): Promise<void>;
  /** Resolves when none is being taken over. */
  settled(): Promise<void>;
}

export interface ReloadSetup {
  readonly home: TargetHome;
  readonly stateDirOption: string | undefined;
  readonly targets: Targets;
  readonly memories: Pick<Memories, 'of' | 'keep'>;
  readonly loop: Pick<RunningMonitor, 'dispatch' | 'getSnapshot' | 'now'>;
  readonly log: Pick<MonitorLog, 'configure'>;
  readonly files: Pick<StateFiles, 'renewCard'>;
  readonly watch: Pick<TargetWatch, 'lookNow'>;
  readonly problems: Problems;
}

/** Without a config file there is nothing to follow. */
export function createReload(config: ConfigSource | undefined, setup: ReloadSetup): Reload {
  const {home, targets, memories, loop, log, files, watch, problems} = setup;
  let reloading: Promise<void> = Promise.resolve();
  let unwatch: (() => Promise<void>) | undefined;

  return {
    async follow() {
      if (!config) return;
      const report = problems.about('config watch');
      try {
        unwatch = await config.watch(
          () => void (reloading = reloading.then(() => reload(config))),
          report,
        );
      } catch (error) {
        report(say`changes of ${config.path} go unseen: ${errorText(error)}`);
      }
    },
    async stop() {
      const end = unwatch;
      unwatch = undefined;
      await end?.();
    },
    settled: () => reloading,
  };

  /** Never rejects: a slip here must not be the end of us, nor of the reloads to come. */
  async function reload(source: ConfigSource): Promise<void> {
    const report = problems.about('config');
    const read = await readAnew(source).catch(
      (error: unknown) => ({kind: 'bad', text: errorText(error)}) as const,
    );
    if (read.kind === 'bad')
      return report(say`config not taken over, the old one goes on: ${read.text}`);
    report(undefined);
    problems.about('config place')(otherPlaceText(setup.stateDirOption, read.place, home.stateDir));
    await take(read, read.opened).catch((error: unknown) =>
      report(say`config taken over in part: ${errorText(error)}`),
    );
  }

  async function readAnew(source: ConfigSource) {
    const read = await source.read();
    return read.kind === 'bad'
      ? read
      : {...read, opened: await Promise.all(read.targets.map(reopened))};
  }

  /** What did not change goes on as it is. */
  async function reopened(spec: TargetSpec): Promise<OpenTarget> {
    const old = targets.get(spec.name);
    if (old && old.spec.fingerprint === spec.fingerprint) return old;
    return openTarget(spec, home, old && sameChild(old.spec, spec) ? old.fix : undefined);
  }

  /** The core is told first: from then on nobody misses the child that is stopped here. */
  async function take(
    {targets: specs, healBudget, logOfConfig}: Watchlist,
    opened: readonly OpenTarget[],
  ): Promise<void> {
    const before = targets.all();
    memories.keep(loop.getSnapshot());
    log.configure(logOfConfig);
    targets.replace(opened);
    loop.dispatch({
      type: 'reconfigured',
      at: loop.now(),
      targets: specs.map(spec => startOf(spec, memories.of(spec.name))),
      healBudget,
    });
    files.renewCard();
    const stopped = await Promise.allSettled(
      without(before, opened).map(async ({fix}) => fix.child?.stop()),
    );
    for (const target of without(opened, before)) {
      target.fix.child?.onExit(watch.lookNow);
      // A child that does not start is what its own checks find.
      await startTarget(target);
    }
    const failed = stopped.find(result => result.status === 'rejected');
    if (failed) throw failed.reason;
  }
}

/** Those whose fix, and so whose child, is none of the others'. */
function without(
  targets: readonly OpenTarget[],
  others: readonly OpenTarget[],
): readonly OpenTarget[] {
  const fixes = new Set(others.map(({fix}) => fix));
  return targets.filter(({fix}) => !fixes.has(fix));
}
