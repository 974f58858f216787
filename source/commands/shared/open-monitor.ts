import {join} from 'node:path';
import {load as fixes} from 'agent2:fixes';
import {presets} from '../../config/presets.ts';
import type {TargetSpec} from '../../config/spec.ts';
import {EXIT, UsageError} from '../../contracts/command.ts';
import type {Fix} from '../../contracts/fix.ts';
import type {Notice} from '../../core/effect.ts';
import type {FixOutcome} from '../../core/event.ts';
import {initialState} from '../../core/initial.ts';
import {emptyMemory} from '../../core/memory.ts';
import type {Level, TargetSettings} from '../../core/state.ts';
import {isAtLeast, logLine} from '../../format/log-line.ts';
import {statusText} from '../../format/status.ts';
import {writeAtomically} from '../../io/atomic-file.ts';
import {systemClock} from '../../io/clock.ts';
import {errorText} from '../../io/error-code.ts';
import {openLog} from '../../io/log-file.ts';
import {createSignalLook, removeSignal, signalPath} from '../../io/restart-signal.ts';
import {continueProcess} from '../../io/terminate.ts';
import type {TargetProbes} from '../../runtime/check.ts';
import {createMonitor, type RunningMonitor} from '../../runtime/monitor.ts';
import {createPerform} from '../../runtime/perform.ts';
import {createStatusWriter} from '../../runtime/status-writer.ts';
import {startWatch, type Watch} from '../../runtime/watch.ts';
import {createProbes} from './probes.ts';
import {recorderFor} from './recording.ts';
import {claimStateDir, remembered} from './state-dir.ts';

/** How long a process may take to end after SIGTERM. */
const STOP_TIMEOUT_MS = 10_000;

/** A running monitor with all that it holds. */
export interface OpenMonitor {
  readonly monitor: RunningMonitor;
  readonly stateDir: string;
  readonly target: TargetSpec;
  /** What a restart of a target does, for people. */
  actionOf(target: string): string | undefined;
  /** Opens the log by its name again. */
  reopenLog(): void;
  /** Kills a child of our own that takes its time to end. */
  killChild(): void;
  /** Ends everything; a child of our own too. The last status says `stopped`. */
  close(): Promise<void>;
}

export interface MonitorSetup {
  readonly target: TargetSpec;
  readonly stateDirOption: string | undefined;
  readonly logLevel: Level;
  /** What `--record` was given. */
  readonly record?: string | true;
  /** Hears every notice, beside the log. */
  readonly onNotice?: (notice: Notice) => void;
}

/** Takes the state directory, starts the child where there is one, and begins to watch. Throws a `UsageError` for what the user has to settle first. */
export async function openMonitor({target, stateDirOption, logLevel, record, onNotice}: MonitorSetup): Promise<OpenMonitor> {
  const clock = systemClock();
  const {name, preset, observing} = target;
  const {stateDir, release} = claimStateDir(stateDirOption, target);
  const statusPath = join(stateDir, 'agent2_status.json');
  const earlier = remembered(statusPath, name);
  const definition = await fixes[target.fix.use]?.();
  if (!definition) throw new Error(`no fix ${target.fix.use}`);
  const fix = definition.create(target.fix.options, {target: name, stateDir, stopTimeoutMs: target.fix.stopTimeoutMs, now: clock.now, onTrouble: (text: string) => trouble('fix')(text)});

  const initial = initialState([{settings: settingsOf(target), preset, observing, memory: {...emptyMemory, ...earlier, attempts: earlier.attemptTimes.length}}], presets, clock.now());
  const trouble = (about: string) => (text: string | undefined) => monitor.dispatch({type: 'trouble', at: clock.now(), about, text});
  const status = createStatusWriter(clock, state => writeAtomically(statusPath, statusText(state, clock.now(), process.pid)), trouble('status file'));
  const probes = createProbes(target, fix.child);
  const perform = createPerform({
    probes: {[name]: probes},
    fixes: {[name]: fix},
    continueProcess: request => continued(request.process && continueProcess(request.process)),
    worstLagSince: at => watch.worstLagSince(at),
    tell(notice) {
      if (isAtLeast(notice.level, logLevel)) log.write(logLine(notice));
      onNotice?.(notice);
    },
    writeStatus: state => status.write(state),
    consumeSignal: () => removeSignal(signalPath(stateDir)),
  });
  const monitor = createMonitor(initial, clock, perform, (event, before) => recorder?.record(event, before));
  const recorder = recorderOf();
  const log = openLog(join(stateDir, 'agent2.log'), trouble('log'));
  try {
    await startChild(fix, probes);
  } catch (error) {
    log.close();
    release();
    throw error;
  }
  const watched = probes.process ? [{target: name, ...probes.process}] : [];
  const restartAsked = () => monitor.dispatch({type: 'restart-requested', at: clock.now(), target: name, by: 'signal-file'});
  const lookForSignal = consumesSignal(target) ? createSignalLook(signalPath(stateDir), restartAsked, trouble('restart_signal')) : undefined;
  const watch: Watch = startWatch({clock, targets: watched, getSnapshot: monitor.getSnapshot, dispatch: monitor.dispatch, everySecond: lookForSignal});
  fix.child?.onExit(watch.lookNow);
  monitor.dispatch({type: 'started', at: clock.now()});
  lookForSignal?.();

  return {
    monitor,
    stateDir,
    target,
    actionOf: () => definition.describe(target.fix.options),
    reopenLog() {
      log.reopen();
      recorder?.reopen();
    },
    killChild: () => fix.child?.kill(),
    async close() {
      watch.close();
      try {
        await Promise.all([monitor.close(), fix.child?.stop()]);
      } finally {
        status.flush();
        log.close();
        await recorder?.close();
        release();
      }
    },
  };

  function recorderOf(): ReturnType<typeof recorderFor> {
    try {
      return recorderFor(record, stateDir, target.secrets, trouble('recording'));
    } catch (error) {
      release();
      throw error;
    }
  }
}

function settingsOf({name, address, fix, local, overrides, dependsOn, drill, fingerprint}: TargetSpec): TargetSettings {
  return {name, address, fix: fix.use, local, overrides, dependsOn, notFor: fix.notFor, drill: Object.keys(drill).filter(fault => fault !== 'mend'), fingerprint};
}

/** Throws a `UsageError` when it does not start. */
async function startChild({child}: Fix, {owner}: TargetProbes): Promise<void> {
  if (!child) return;
  await owner?.noteStranger(AbortSignal.timeout(STOP_TIMEOUT_MS));
  const started = await child.start().catch((error: unknown): FixOutcome => ({kind: 'failed', detail: `cannot start it: ${errorText(error)}`}));
  if (started.kind === 'failed') throw new UsageError(`${started.detail}; what stands behind -- is run as it is, without a shell`, EXIT.failed);
}

function continued(result: ReturnType<typeof continueProcess> | undefined): FixOutcome {
  if (!result) return {kind: 'failed', detail: 'no process is known to continue'};
  return {kind: result.kind === 'done' ? 'done' : 'failed', detail: result.text};
}

/** With `signal` somebody else consumes it; with `none` nobody could act on it. */
function consumesSignal({fix: {use}}: TargetSpec): boolean {
  return use !== 'signal' && use !== 'none';
}
