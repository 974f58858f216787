import {presets} from '../config/presets.ts';
import {secretsOfEnvironment} from '../config/secrets-in.ts';
import type {Watched} from '../config/state-dir.ts';
import {initialState} from '../core/initial.ts';
import {createCleaner} from '../format/cleaner.ts';
import {systemClock} from '../io/clock.ts';
import {createMonitor} from '../runtime/monitor.ts';
import {createPerform} from '../runtime/perform.ts';
import {endOrphans, startAll} from './children.ts';
import {claimStateDir} from './claim-state-dir.ts';
import {createMonitorControl} from './control.ts';
import {createFixWait} from './fix-wait.ts';
import {forgetHandover, takenFrom} from './hand-over-file.ts';
import {handlersOf} from './handlers.ts';
import {keepRegistered} from './keep-registered.ts';
import {keepStateDir} from './keep-state-dir.ts';
import {openMonitorLog} from './log.ts';
import {openMemories} from './memory.ts';
import {createNotices} from './notices.ts';
import {createProblems} from './problems.ts';
import {recorderFor} from './recording.ts';
import {createReload} from './reload.ts';
import {createSignalWatch} from './restart-signal.ts';
import type {MonitorSetup} from './setup.ts';
import {createShutdown, type Ownership} from './shutdown.ts';
import {createStateFiles, statusPath} from './state-files.ts';
import {openTarget, startOf} from './target.ts';
import {createTargets} from './targets.ts';
import {type Teardown} from './teardown.ts';
import {createTargetWatch} from './watch-targets.ts';

/** First step of opening: claims the directory, and opens the targets, the recording and the log. */
export async function openBase(setup: MonitorSetup, make: Makers, teardown: Teardown) {
  const {config, handover} = setup;
  const claim = make.claimStateDir(
    {option: setup.stateDirOption, watched: watchedOf(setup), asked: setup.asked},
    setup.targets,
  );
  teardown.add(claim.release);
  const {stateDir} = claim;
  const clock = systemClock();
  const problems = createProblems(clock);
  const names = setup.targets.map(({name}) => name);
  const memories = make.openMemories(stateDir, statusPath(stateDir), names, clock.now());
  const home = {stateDir, separate: config !== undefined, now: clock.now, problems};
  const targets = createTargets(
    await Promise.all(setup.targets.map(spec => make.openTarget(spec, home))),
    secretsOfEnvironment(process.env),
  );
  const starts = setup.targets.map(spec => startOf(spec, memories.of(spec.name)));
  const taken = handover && make.takenFrom(handover, starts);
  const cleaner = createCleaner(targets.secrets);
  const report = problems.about('recording');
  const recorder = make.recorderFor(setup.record, stateDir, targets.secrets(), report);
  teardown.add(() => recorder?.close());
  const log = make.openMonitorLog(stateDir, setup, cleaner, problems.about('log'), clock);
  teardown.add(log.close);
  return {claim, clock, problems, memories, home, targets, starts, taken, cleaner, recorder, log};
}

type Base = Awaited<ReturnType<typeof openBase>>;

/** What names the state directory: the config file, else the first target. */
function watchedOf({config, targets: [first]}: Pick<MonitorSetup, 'config' | 'targets'>): Watched {
  if (config) return config.place;
  if (!first) throw new Error('nothing to watch');
  return first;
}

/** Second step of opening: creates the loop and everything that performs its effects. Nothing runs yet. */
export function createLoop(setup: MonitorSetup, base: Base, make: Makers, teardown: Teardown) {
  const {claim, clock, problems, memories, home, targets, starts, taken, log, recorder} = base;
  const config = setup.config?.path;
  const life: {ownership: Ownership; screenLostAt: number | undefined} = {
    ownership: 'unbegun',
    screenLostAt: undefined,
  };
  const control = make.createMonitorControl({
    stateDir: home.stateDir,
    config,
    actionOf: name => targets.get(name)?.action,
    report: problems.about('control'),
  });
  const notices = createNotices(clock, log, control, setup.onNotice);
  const fixWait = createFixWait();
  const facts = () => ({awaited: fixWait.awaited(), screenLostAt: life.screenLostAt});
  const files = make.createStateFiles({claim, clock, targets, problems, config, facts});
  const watch = make.createTargetWatch(clock, targets);
  const perform = createPerform(
    handlersOf({stateDir: home.stateDir, targets, watch, notices, files, problems}),
  );
  const loop = make.createMonitor(
    taken ?? initialState(starts, presets, clock.now(), setup.healBudget, setup.brake),
    clock,
    perform,
    (event, before) => recorder?.record(event, before),
    base.cleaner,
  );
  problems.connect(loop);
  const {stateDirOption} = setup;
  const reload = make.createReload(setup.config, {
    home,
    stateDirOption,
    targets,
    memories,
    loop,
    log,
    files,
    watch,
    problems,
  });
  const shutdown = createShutdown({
    ownership: () => life.ownership,
    adopted: taken !== undefined,
    loop,
    perform,
    fixWait,
    reload,
    targets,
    files,
    notices,
  });
  teardown.add(shutdown.writeLast);
  teardown.add(control.close);
  teardown.add(shutdown.endLoop);
  return {...base, life, control, notices, files, watch, loop, reload, shutdown};
}

export type Pieces = ReturnType<typeof createLoop>;

/** Create the pieces that can fail; a test replaces them one by one. */
export const makers = {
  claimStateDir,
  openMemories,
  openTarget,
  takenFrom,
  recorderFor,
  openMonitorLog,
  createMonitorControl,
  createStateFiles,
  createTargetWatch,
  createMonitor,
  createReload,
  endOrphans,
  startAll,
  keepStateDir,
  createSignalWatch,
  keepRegistered,
  forgetHandover,
};

export type Makers = typeof makers;
