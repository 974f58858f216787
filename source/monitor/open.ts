import {join} from 'node:path';
import {version} from 'agent2:version';
import {presets} from '../config/presets.ts';
import type {TargetSpec} from '../config/spec.ts';
import type {Watched} from '../config/state-dir.ts';
import type {FixOutcome} from '../core/model/event.ts';
import {initialState} from '../core/initial.ts';
import {memoryOf} from '../core/memory.ts';
import {say} from '../core/text/say.ts';
import {createCleaner} from '../format/cleaner.ts';
import {memoryText} from '../documents/memory.ts';
import {statusText} from '../documents/status.ts';
import {writeAtomically} from '../io/files/atomic-file.ts';
import {systemClock} from '../io/clock.ts';
import {errorText} from '../io/error-code.ts';
import type {TakenLock} from '../io/state-dir/lock.ts';
import {createSignalLook, removeSignal, signalPath} from '../io/state-dir/restart-signal.ts';
import {prepareStateDir} from '../io/state-dir/prepare.ts';
import {continueProcess} from '../io/process/terminate.ts';
import {createMonitor} from '../runtime/monitor.ts';
import {createPerform} from '../runtime/perform.ts';
import {createStatusWriter} from '../runtime/status-writer.ts';
import {startWatch, type Watch} from '../runtime/watch.ts';
import {archiveRunning} from './archive.ts';
import {controlOf} from './control.ts';
import {createEnding, endMsOf} from './shutdown.ts';
import {handOver, type HandedOver, type HandOverWait} from './hand-over.ts';
import {forgetHandover, takenFrom} from './hand-over-file.ts';
import {keepPlace} from './keep-state-dir.ts';
import {keepPointer} from './keep-registered.ts';
import {memoryPath, recall} from './memory.ts';
import {openMonitorLog} from './log.ts';
import type {ConfigSource, MonitorSetup, OpenMonitor, Watchlist} from './setup.ts';
import {
  endStrays,
  openTarget,
  sameChild,
  settingsOf,
  startAll,
  startTarget,
  type OpenTarget,
} from './target.ts';
import {recorderFor} from './recording.ts';
import {consumesSignal, restartAskedFor} from './restart-signal.ts';
import {claimStateDir, otherPlaceText} from './claim-state-dir.ts';

/** Takes the state directory, starts the children where there are some, and begins to watch. Throws a `UsageError` for what the user has to settle first; then nothing of ours is left. */
export async function openMonitor(setup: MonitorSetup): Promise<OpenMonitor> {
  const {stateDir, lock} = claimStateDir(
    setup.stateDirOption,
    setup.targets,
    placeOf(setup),
    setup.asked,
  );
  try {
    return await openIn(stateDir, setup, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openIn(
  stateDir: string,
  setup: MonitorSetup,
  firstLock: TakenLock,
): Promise<OpenMonitor> {
  const {config, record, onNotice, handover} = setup;
  let lock = firstLock;
  const clock = systemClock();
  const statusPath = join(stateDir, 'agent2_status.json');
  const trouble = (about: string) => (text: string | undefined) => {
    // Most of what could go wrong is asked for every second, and goes well.
    if (text !== undefined || monitor.getSnapshot().troubles[about] !== undefined)
      monitor.dispatch({type: 'trouble', at: clock.now(), about, text});
  };
  const place = (spec: TargetSpec) => ({
    stateDir,
    outputDir: config ? join(stateDir, 'targets', spec.name) : stateDir,
    now: clock.now,
    onTrouble: trouble(spec.name),
  });
  const startOf = (spec: TargetSpec) => ({
    settings: settingsOf(spec),
    preset: spec.preset,
    observing: spec.observing,
    memory: earlier.get(spec.name),
  });

  let secrets = secretsOf(setup.targets);
  const cleaner = createCleaner(() => secrets);
  const earlier = new Map(
    recall(
      stateDir,
      statusPath,
      setup.targets.map(({name}) => name),
    ),
  );
  let screenLostAt: number | undefined;
  const keep = (path: string, text: () => string) => {
    if (!kept.isLost()) writeAtomically(path, text());
  };
  const status = createStatusWriter(
    clock,
    state =>
      keep(statusPath, () =>
        statusText(state, clock.now(), {
          pid: process.pid,
          version,
          config: config?.path,
          awaited: ending.awaited(),
          screenLostAt,
        }),
      ),
    trouble('status file'),
  );
  let open: readonly OpenTarget[] = await Promise.all(
    setup.targets.map(spec => openTarget(spec, place(spec))),
  );
  const find = (name: string) => open.find(({spec}) => spec.name === name);
  const perform = createPerform({
    probesOf: name => find(name)?.probes,
    fixOf: name => find(name)?.fix,
    gathererOf: name => find(name)?.gatherer,
    continueProcess: request => continued(request.process && continueProcess(request.process)),
    worstLagSince: at => watch.worstLagSince(at),
    tell(notice) {
      const told = log.tell(notice);
      onNotice?.(told.notice, told);
      control.tell(told.notice);
    },
    writeStatus: state => status.write(state),
    remember: state => keep(memoryPath(stateDir), () => memoryText(state)),
    consumeSignal: () => removeSignal(signalPath(stateDir)),
  });
  const starts = setup.targets.map(startOf);
  const taken = handover && takenFrom(handover, starts);
  const monitor = createMonitor(
    taken ?? initialState(starts, presets, clock.now(), setup.healBudget),
    clock,
    perform,
    (event, before) => recorder?.record(event, before),
    cleaner,
  );
  const control = controlOf({
    monitor,
    stateDir,
    config: config?.path,
    actionOf: name => find(name)?.action,
    archiveHistory: () => archiveRunning(stateDir, monitor),
    onTrouble: trouble('control'),
  });
  const recorder = recorderFor(record, stateDir, secrets, trouble('recording'));
  const log = openMonitorLog(stateDir, setup, cleaner, trouble('log'));
  try {
    for (const text of await endStrays(join(stateDir, 'targets'), open)) tell(text);
    if (taken) open.forEach(({fix}) => fix.child?.adopt());
    else await startAll(open);
  } catch (error) {
    log.close();
    await recorder?.close();
    throw error;
  }
  const ending = createEnding(perform);
  const kept = keepPlace(
    {keep: () => lock.keep()},
    stateDir,
    renewFiles,
    trouble('state directory'),
  );
  const lookForSignal = createSignalLook(
    signalPath(stateDir),
    restartAsked,
    trouble('restart_signal'),
  );
  const startLooking = () =>
    startWatch({
      clock,
      targets: () =>
        open.flatMap(({spec, probes}) =>
          probes.process ? [{target: spec.name, ...probes.process}] : [],
        ),
      getSnapshot: monitor.getSnapshot,
      dispatch: monitor.dispatch,
      everySecond() {
        kept.look();
        pointer?.look();
        // What others read of us is said again once it can be.
        if (monitor.getSnapshot().troubles.card !== undefined) renewCard();
        status.refresh(monitor.getSnapshot());
        // What could not be kept is tried again: until then a sudden end would lose it.
        if (monitor.getSnapshot().troubles.memory !== undefined)
          void perform({type: 'remember'}, monitor);
        if (open.some(({spec}) => consumesSignal(spec))) lookForSignal();
        setup.everySecond?.(monitor);
      },
    });
  let watch: Watch = startLooking();
  for (const {fix} of open) fix.child?.onExit(() => watch.lookNow());
  monitor.dispatch({type: taken ? 'taken-over' : 'started', at: clock.now()});
  control.open();
  const pointer = setup.passing ? undefined : keepPointer(stateDir, tell);
  tell(
    taken
      ? say`goes on in the background as process ${process.pid}, taken over from process ${handover?.givenBy ?? 0}`
      : say`agent2 ${version} starts as process ${process.pid}: watches ${open.map(({spec}) => spec.name).join(say`, `)}`,
  );
  if (open.some(({spec}) => consumesSignal(spec))) lookForSignal();
  let reloading: Promise<unknown> = Promise.resolve();
  const watchConfig = () =>
    config
      ?.watch(() => void (reloading = reloading.then(reload)), trouble('config watch'))
      .catch((error: unknown) =>
        trouble('config watch')(say`changes of ${config.path} go unseen: ${errorText(error)}`),
      );
  let unwatch = await watchConfig();
  let handing: Promise<HandedOver> | undefined;
  let isOurs = true;
  const closing = new AbortController();
  if (handover) forgetHandover(handover);

  return {
    monitor,
    stateDir,
    targets: () => open.map(({spec}) => spec),
    actionOf: name => find(name)?.action,
    reopenLog() {
      log.reopen();
      recorder?.reopen();
    },
    goOnWithoutScreen() {
      screenLostAt = clock.now();
      tell(say`the terminal went away: goes on without a screen, as process ${process.pid}`);
      if (!handing) status.write(monitor.getSnapshot());
    },
    hurry() {
      open.forEach(({fix}) => fix.child?.kill());
      ending.hurry();
    },
    lost: kept.lost,
    handOver: (words, onWait) =>
      (handing ??= giveAway(words, onWait).finally(() => (handing = undefined))),
    async close() {
      closing.abort();
      await handing;
      if (!isOurs) return;
      await unwatch?.();
      watch.close();
      try {
        const fixes = ending.fixes(
          text =>
            void perform(
              {
                type: 'tell',
                notice: {at: clock.now(), target: 'agent2', level: 'warning', kind: 'change', text},
              },
              monitor,
            ),
        );
        await reloading;
        await Promise.all([monitor.close(fixes), ...open.map(({fix}) => fix.child?.stop())]);
      } finally {
        await control.close();
        status.write(monitor.getSnapshot());
        status.flush();
        log.close();
        await recorder?.close();
        lock.release();
      }
    },
  };

  async function giveAway(
    words: readonly string[],
    onWait: (wait: HandOverWait) => void,
  ): Promise<HandedOver> {
    const result = await handOver(
      {
        monitor,
        stateDir,
        async holdConfig() {
          await unwatch?.();
          await reloading;
        },
        async stopLooking() {
          watch.close();
          await control.close();
        },
        async lookAgain() {
          watch.close();
          watch = startLooking();
          control.open();
          unwatch = await watchConfig();
        },
        flush() {
          status.flush();
          // Whoever takes it over knows a child by its record alone, which a full disk may have prevented.
          for (const {fix} of open) fix.child?.renew();
        },
        release: () => lock.release(),
        retake: () =>
          ({lock} = claimStateDir(
            setup.stateDirOption,
            open.map(({spec}) => spec),
            placeOf(setup),
            setup.asked,
          )),
      },
      words,
      onWait,
      closing.signal,
    );
    isOurs = result.kind === 'kept';
    if (isOurs) return result;
    log.close();
    await recorder?.close();
    return result;
  }

  function tell(text: string): void {
    void perform(
      {
        type: 'tell',
        notice: {at: clock.now(), target: 'agent2', level: 'info', kind: 'change', text},
      },
      monitor,
    );
  }

  /** All that is written anew by itself needs nothing. */
  function renewFiles(): void {
    for (const {spec, fix} of open) {
      prepareStateDir(place(spec).outputDir, true);
      fix.child?.renew();
    }
    log.reopen();
    recorder?.reopen();
    void perform({type: 'remember'}, monitor);
    status.write(monitor.getSnapshot());
  }

  function restartAsked(text: string): void {
    const target = restartAskedFor(
      text,
      open.map(({spec}) => spec),
    );
    if (target)
      monitor.dispatch({
        type: 'restart-requested',
        at: clock.now(),
        target: target.name,
        by: 'signal-file',
      });
  }

  /** A file that is wrong, or that cannot be followed, changes nothing, and the screen says so. */
  async function reload(): Promise<void> {
    const read = await readAnew().catch(
      (error: unknown) => ({kind: 'bad', text: errorText(error)}) as const,
    );
    trouble('config')(
      read.kind === 'bad'
        ? say`config not taken over, the old one goes on: ${read.text}`
        : undefined,
    );
    if (read.kind === 'good')
      trouble('config place')(otherPlaceText(setup.stateDirOption, read.place, stateDir));
    // A slip here must not be the end of us, nor of the reloads to come.
    if (read.kind === 'good')
      await take(read).catch((error: unknown) =>
        trouble('config')(say`config taken over in part: ${errorText(error)}`),
      );
  }

  async function readAnew(): Promise<
    | ({
        readonly kind: 'good';
        readonly place: Watched;
        readonly opened: readonly OpenTarget[];
      } & Watchlist)
    | {readonly kind: 'bad'; readonly text: string}
  > {
    const read = await (config as ConfigSource).read();
    return read.kind === 'bad'
      ? read
      : {...read, opened: await Promise.all(read.targets.map(reopened))};
  }

  /** The core is told first: from then on nobody misses the child that is stopped here. */
  async function take({
    targets,
    healBudget,
    logOfConfig,
    opened,
  }: Watchlist & {readonly opened: readonly OpenTarget[]}): Promise<void> {
    const before = open;
    // Who leaves and comes back is still the one with these fixes and that budget.
    for (const target of monitor.getSnapshot().targets)
      earlier.set(target.settings.name, memoryOf(target));
    // What is under way may still tell of the old ones.
    secrets = [...new Set([...secrets, ...secretsOf(targets)])];
    log.configure(logOfConfig);
    open = opened;
    monitor.dispatch({
      type: 'reconfigured',
      at: clock.now(),
      targets: targets.map(startOf),
      healBudget,
    });
    renewCard();
    const kept = new Set(open.map(({fix}) => fix));
    await Promise.all(
      before.filter(({fix}) => !kept.has(fix)).map(async ({fix}) => fix.child?.stop()),
    );
    const known = new Set(before.map(({fix}) => fix));
    for (const target of open.filter(({fix}) => !known.has(fix))) {
      target.fix.child?.onExit(() => watch.lookNow());
      await startTarget(target);
    }
  }

  function renewCard(): void {
    if (kept.isLost()) return;
    const specs = open.map(({spec}) => spec);
    try {
      lock.renew(
        specs.map(({name}) => name),
        {endMs: endMsOf(specs)},
      );
      trouble('card')(undefined);
    } catch (error) {
      trouble('card')(say`what others read of this agent2 is out of date: ${errorText(error)}`);
    }
  }

  async function reopened(spec: TargetSpec): Promise<OpenTarget> {
    const old = find(spec.name);
    if (old && old.spec.fingerprint === spec.fingerprint) return old;
    return openTarget(spec, place(spec), old && sameChild(old.spec, spec) ? old.fix : undefined);
  }
}

function secretsOf(targets: readonly TargetSpec[]): readonly string[] {
  return [...new Set(targets.flatMap(({secrets}) => secrets))];
}

function placeOf({config, targets: [first]}: Pick<MonitorSetup, 'config' | 'targets'>): Watched {
  if (config) return config.place;
  if (!first) throw new Error('nothing to watch');
  return first;
}

function continued(result: ReturnType<typeof continueProcess> | undefined): FixOutcome {
  if (!result) return {kind: 'failed', detail: say`no process is known to continue`};
  return {kind: result.kind === 'done' ? 'done' : 'failed', detail: result.text};
}
