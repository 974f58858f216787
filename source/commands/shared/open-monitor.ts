import {join} from 'node:path';
import {presets} from '../../config/presets.ts';
import type {TargetSpec} from '../../config/spec.ts';
import type {Watched} from '../../config/state-dir.ts';
import {EXIT, UsageError} from '../../contracts/command.ts';
import type {Notice} from '../../core/effect.ts';
import type {FixOutcome} from '../../core/event.ts';
import {initialState} from '../../core/initial.ts';
import {memoryOf} from '../../core/memory.ts';
import type {Budget, Level} from '../../core/state.ts';
import {isAtLeast, logLine} from '../../format/log-line.ts';
import {memoryText} from '../../format/memory.ts';
import {statusText} from '../../format/status.ts';
import {writeAtomically} from '../../io/atomic-file.ts';
import {systemClock} from '../../io/clock.ts';
import {errorText} from '../../io/error-code.ts';
import {openLog} from '../../io/log-file.ts';
import {createSignalLook, removeSignal, signalPath} from '../../io/restart-signal.ts';
import {continueProcess} from '../../io/terminate.ts';
import {createMonitor, type RunningMonitor} from '../../runtime/monitor.ts';
import {createPerform} from '../../runtime/perform.ts';
import {createStatusWriter} from '../../runtime/status-writer.ts';
import {startWatch, type Watch} from '../../runtime/watch.ts';
import {controlOf} from './control.ts';
import {memoryPath, recall} from './memory.ts';
import {endStrays, openTarget, sameChild, settingsOf, startTarget, type OpenTarget} from './open-target.ts';
import {recorderFor} from './recording.ts';
import {consumesSignal, restartAskedFor} from './restart-asked.ts';
import {claimStateDir} from './state-dir.ts';

/** A running monitor with all that it holds. */
export interface OpenMonitor {
  readonly monitor: RunningMonitor;
  readonly stateDir: string;
  /** As they are now: a config file may change them. */
  targets(): readonly TargetSpec[];
  /** What a restart of a target does, for people. */
  actionOf(target: string): string | undefined;
  /** Opens the log by its name again. */
  reopenLog(): void;
  /** Kills children of our own that take their time to end. */
  killChild(): void;
  /** Ends everything; children of our own too. The last status says `stopped`. */
  close(): Promise<void>;
}

export interface MonitorSetup extends Watchlist {
  readonly stateDirOption: string | undefined;
  /** Where the targets come from, when that is a file. */
  readonly config?: ConfigSource;
  readonly logLevel: Level;
  /** What `--record` was given. */
  readonly record?: string | true;
  /** Hears every notice, beside the log. */
  readonly onNotice?: (notice: Notice) => void;
}

/** What is watched. */
export interface Watchlist {
  readonly targets: readonly TargetSpec[];
  readonly healBudget?: Budget;
}

/** A config file that may change while it is used. */
export interface ConfigSource {
  readonly path: string;
  /** What decides where its monitor keeps its files. */
  readonly place: Watched;
  /** What the file says now, or what is wrong with it. */
  read(): Promise<({readonly kind: 'good'} & Watchlist) | {readonly kind: 'bad'; readonly text: string}>;
  /** Calls `onChange` when it may have changed; returns the way to stop that. */
  watch(onChange: () => void, onTrouble: (text: string) => void): Promise<() => Promise<void>>;
}

/** Takes the state directory, starts the children where there are some, and begins to watch. Throws a `UsageError` for what the user has to settle first; then nothing of ours is left. */
export async function openMonitor(setup: MonitorSetup): Promise<OpenMonitor> {
  const {stateDir, release} = claimStateDir(setup.stateDirOption, setup.targets, setup.config ? setup.config.place : placeOf(setup.targets));
  try {
    return await openIn(stateDir, setup, release);
  } catch (error) {
    release();
    throw error;
  }
}

async function openIn(stateDir: string, setup: MonitorSetup, release: () => void): Promise<OpenMonitor> {
  const {config, logLevel, record, onNotice} = setup;
  const clock = systemClock();
  const statusPath = join(stateDir, 'agent2_status.json');
  const trouble = (about: string) => (text: string | undefined) => monitor.dispatch({type: 'trouble', at: clock.now(), about, text});
  const place = (spec: TargetSpec) => ({stateDir, outputDir: config ? join(stateDir, 'targets', spec.name) : stateDir, now: clock.now, onTrouble: trouble(spec.name)});
  const startOf = (spec: TargetSpec) => ({settings: settingsOf(spec), preset: spec.preset, observing: spec.observing, memory: earlier.get(spec.name)});

  const earlier = new Map(recall(stateDir, statusPath, setup.targets.map(({name}) => name)));
  const status = createStatusWriter(clock, state => writeAtomically(statusPath, statusText(state, clock.now(), {pid: process.pid, config: config?.path})), trouble('status file'));
  let open: readonly OpenTarget[] = await Promise.all(setup.targets.map(spec => openTarget(spec, place(spec))));
  const find = (name: string) => open.find(({spec}) => spec.name === name);
  const perform = createPerform({
    probesOf: name => find(name)?.probes,
    fixOf: name => find(name)?.fix,
    gathererOf: name => find(name)?.gatherer,
    continueProcess: request => continued(request.process && continueProcess(request.process)),
    worstLagSince: at => watch.worstLagSince(at),
    tell(notice) {
      if (isAtLeast(notice.level, logLevel)) log.write(logLine(notice));
      onNotice?.(notice);
      control.tell(notice);
    },
    writeStatus: state => status.write(state),
    remember: state => writeAtomically(memoryPath(stateDir), memoryText(state)),
    consumeSignal: () => removeSignal(signalPath(stateDir)),
  });
  const monitor = createMonitor(initialState(setup.targets.map(startOf), presets, clock.now(), setup.healBudget), clock, perform, (event, before) => recorder?.record(event, before));
  const control = controlOf({monitor, stateDir, config: config?.path, actionOf: name => find(name)?.action, onTrouble: trouble('control')});
  const recorder = recorderFor(record, stateDir, setup.targets.flatMap(({secrets}) => secrets), trouble('recording'));
  const log = openLog(join(stateDir, 'agent2.log'), trouble('log'));
  try {
    for (const text of await endStrays(join(stateDir, 'targets'), open)) perform({type: 'tell', notice: {at: clock.now(), target: 'agent2', level: 'info', kind: 'change', text}}, monitor);
    await startAll(open);
  } catch (error) {
    log.close();
    await recorder?.close();
    throw error;
  }
  const lookForSignal = createSignalLook(signalPath(stateDir), restartAsked, trouble('restart_signal'));
  const watch: Watch = startWatch({
    clock,
    targets: () => open.flatMap(({spec, probes}) => (probes.process ? [{target: spec.name, ...probes.process}] : [])),
    getSnapshot: monitor.getSnapshot,
    dispatch: monitor.dispatch,
    everySecond: () => open.some(({spec}) => consumesSignal(spec)) && lookForSignal(),
  });
  for (const {fix} of open) fix.child?.onExit(watch.lookNow);
  monitor.dispatch({type: 'started', at: clock.now()});
  control.open();
  if (open.some(({spec}) => consumesSignal(spec))) lookForSignal();
  let reloading: Promise<unknown> = Promise.resolve();
  const unwatch = await config?.watch(() => (reloading = reloading.then(reload)), trouble('config watch')).catch((error: unknown) => trouble('config watch')(`changes of ${config.path} go unseen: ${errorText(error)}`));

  return {
    monitor,
    stateDir,
    targets: () => open.map(({spec}) => spec),
    actionOf: name => find(name)?.action,
    reopenLog() {
      log.reopen();
      recorder?.reopen();
    },
    killChild: () => open.forEach(({fix}) => fix.child?.kill()),
    async close() {
      await unwatch?.();
      watch.close();
      try {
        await reloading;
        await Promise.all([monitor.close(), ...open.map(({fix}) => fix.child?.stop())]);
      } finally {
        await control.close();
        status.flush();
        log.close();
        await recorder?.close();
        release();
      }
    },
  };

  function restartAsked(text: string): void {
    const target = restartAskedFor(text, open.map(({spec}) => spec));
    if (target) monitor.dispatch({type: 'restart-requested', at: clock.now(), target: target.name, by: 'signal-file'});
  }

  /** A file that is wrong, or that cannot be followed, changes nothing, and the screen says so. */
  async function reload(): Promise<void> {
    const read = await readAnew().catch((error: unknown) => ({kind: 'bad', text: errorText(error)}) as const);
    trouble('config')(read.kind === 'bad' ? `config not taken over, the old one goes on: ${read.text}` : undefined);
    if (read.kind === 'good') await take(read);
  }

  async function readAnew(): Promise<({readonly kind: 'good'; readonly opened: readonly OpenTarget[]} & Watchlist) | {readonly kind: 'bad'; readonly text: string}> {
    const read = await (config as ConfigSource).read();
    return read.kind === 'bad' ? read : {...read, opened: await Promise.all(read.targets.map(reopened))};
  }

  /** The core is told first: from then on nobody misses the child that is stopped here. */
  async function take({targets, healBudget, opened}: Watchlist & {readonly opened: readonly OpenTarget[]}): Promise<void> {
    const before = open;
    // Who leaves and comes back is still the one with these fixes and that budget.
    for (const target of monitor.getSnapshot().targets) earlier.set(target.settings.name, memoryOf(target));
    open = opened;
    monitor.dispatch({type: 'reconfigured', at: clock.now(), targets: targets.map(startOf), healBudget});
    const kept = new Set(open.map(({fix}) => fix));
    await Promise.all(before.filter(({fix}) => !kept.has(fix)).map(({fix}) => fix.child?.stop()));
    const known = new Set(before.map(({fix}) => fix));
    for (const target of open.filter(({fix}) => !known.has(fix))) {
      target.fix.child?.onExit(watch.lookNow);
      await startTarget(target);
    }
  }

  async function reopened(spec: TargetSpec): Promise<OpenTarget> {
    const old = find(spec.name);
    if (old && old.spec.fingerprint === spec.fingerprint) return old;
    return openTarget(spec, place(spec), old && sameChild(old.spec, spec) ? old.fix : undefined);
  }
}

function placeOf([first]: readonly TargetSpec[]): Watched {
  if (!first) throw new Error('nothing to watch');
  return first;
}

/** Throws a `UsageError` when one does not start; then those that did are stopped. */
async function startAll(targets: readonly OpenTarget[]): Promise<void> {
  const troubles = await Promise.all(targets.map(startTarget));
  const failed = troubles.find(text => text !== undefined);
  if (failed === undefined) return;
  await Promise.all(targets.map(({fix}) => fix.child?.stop()));
  throw new UsageError(`${failed}; what stands behind -- is run as it is, without a shell`, EXIT.failed);
}

function continued(result: ReturnType<typeof continueProcess> | undefined): FixOutcome {
  if (!result) return {kind: 'failed', detail: 'no process is known to continue'};
  return {kind: result.kind === 'done' ? 'done' : 'failed', detail: result.text};
}
