import type {TargetSpec} from '../config/spec.ts';
import {message} from '../core/text/message.ts';
import {errorText} from '../io/error-code.ts';
import {createSlices} from '../io/slices.ts';
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

/** Applies the config file whenever it changes. An invalid file changes nothing and is reported. */
export interface Reload {
  /** Begins to watch the file, also again after `stop`. */
  follow(): Promise<void>;
  /** Ignores further changes, and one that is still being read; what is being applied continues. */
  stop(): Promise<void>;
  /** Resolves when no reload is running. */
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
  readonly watch: Pick<TargetWatch, 'inspectNow'>;
  readonly problems: Problems;
}

/** Without a config file it does nothing. */
export function createReload(config: ConfigSource | undefined, setup: ReloadSetup): Reload {
  const {home, targets, memories, loop, log, files, watch, problems} = setup;
  let reloading: Promise<void> = Promise.resolve();
  let taking: Promise<void> = Promise.resolve();
  let following = false;
  let waiting = false;
  let dropped = false;
  let unwatch: (() => Promise<void>) | undefined;

  return {
    async follow() {
      if (!config) return;
      following = true;
      const report = problems.about('config watch');
      if (dropped) readSoon(config);
      dropped = false;
      try {
        unwatch = await config.watch(() => readSoon(config), report);
      } catch (error) {
        report(message`agent2 cannot follow changes of ${config.path}: ${errorText(error)}`);
      }
    },
    async stop() {
      following = false;
      const end = unwatch;
      unwatch = undefined;
      await end?.();
    },
    // Reading a large file takes seconds, and without a watch its result is dropped.
    settled: () => (following ? reloading : taking),
  };

  /** A change during the wait for another reading is part of that. */
  function readSoon(source: ConfigSource): void {
    if (waiting) return;
    waiting = true;
    reloading = reloading.then(() => {
      waiting = false;
      return reload(source);
    });
  }

  /** Never rejects: a bug here must not stop the monitor, nor later reloads. */
  async function reload(source: ConfigSource): Promise<void> {
    const report = problems.about('config');
    const read = await readAnew(source).catch(
      (error: unknown) => ({kind: 'bad', text: errorText(error)}) as const,
    );
    if (!following) {
      dropped = true;
      return;
    }
    if (read.kind === 'bad') return report(message`${read.text}; the old config stays in use`);
    report(undefined);
    problems.about('config place')(otherPlaceText(setup.stateDirOption, read.place, home.stateDir));
    taking = take(read, read.opened).catch((error: unknown) =>
      report(message`the new config is applied only in part: ${errorText(error)}`),
    );
    await taking;
  }

  async function readAnew(source: ConfigSource) {
    const read = await source.read();
    if (read.kind === 'bad') return read;
    const slices = createSlices();
    const opened: OpenTarget[] = [];
    for (const spec of read.targets) {
      opened.push(await reopened(spec));
      await slices();
    }
    return {...read, opened};
  }

  /** Opens a target anew, unless its settings are unchanged. */
  async function reopened(spec: TargetSpec): Promise<OpenTarget> {
    const old = targets.get(spec.name);
    if (old && old.spec.fingerprint === spec.fingerprint) return old;
    return openTarget(spec, home, old && sameChild(old.spec, spec) ? old.fix : undefined);
  }

  /** Applies the targets. The core gets them first, so that it does not take a child stopped here for a crash. */
  async function take(
    {targets: specs, healBudget, brake, logOfConfig}: Watchlist,
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
      brake,
    });
    files.renewCard();
    const stopped = await Promise.allSettled(
      without(before, opened).map(async ({fix}) => fix.child?.stop()),
    );
    for (const target of without(opened, before)) {
      target.fix.child?.onExit(watch.inspectNow);
      // A failed start shows in the checks of the child.
      await startTarget(target);
    }
    const failed = stopped.find(result => result.status === 'rejected');
    if (failed) throw failed.reason;
  }
}

/** The targets that share no fix, and therefore no child, with `others`. */
function without(
  targets: readonly OpenTarget[],
  others: readonly OpenTarget[],
): readonly OpenTarget[] {
  const fixes = new Set(others.map(({fix}) => fix));
  return targets.filter(({fix}) => !fixes.has(fix));
}
