import {version} from 'agent2:version';
import {presets} from '../config/presets.ts';
import type {Watched} from '../config/state-dir.ts';
import {initialState} from '../core/initial.ts';
import {message, joined} from '../core/text/message.ts';
import {createCleaner} from '../format/cleaner.ts';
import {systemClock} from '../io/clock.ts';
import {createMonitor} from '../runtime/monitor.ts';
import {createPerform} from '../runtime/perform.ts';
import {endStrays, startAll} from './children.ts';
import {claimStateDir} from './claim-state-dir.ts';
import {createMonitorControl} from './control.ts';
import {createFixWait} from './fix-wait.ts';
import {createGiving} from './hand-over.ts';
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
import type {MonitorSetup, OpenMonitor} from './setup.ts';
import {createShutdown, type Ownership} from './shutdown.ts';
import {createStateFiles, statusPath} from './state-files.ts';
import {openTarget, startOf} from './target.ts';
import {createTargets} from './targets.ts';
import {createTeardown, endAll, type Teardown} from './teardown.ts';
import {createTargetWatch} from './watch-targets.ts';

/** Claims the state directory, starts the children and begins to watch. Throws a `UsageError` for what the user has to settle first; a failure leaves nothing behind. */
export async function openMonitor(setup: MonitorSetup, make = makers): Promise<OpenMonitor> {
  const teardown = createTeardown();
  try {
    const base = await openBase(setup, make, teardown);
    return await begin(setup, createLoop(setup, base, make, teardown), make, teardown);
  } catch (error) {
    const failures = await teardown.run();
    // The user needs the reason first; what could not be undone is its cause.
    if (failures.length > 0 && error instanceof Error) error.cause ??= new AggregateError(failures);
    throw error;
  }
}

/** Makes the pieces that can fail; a test replaces them one by one. */
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
  endStrays,
  startAll,
  keepStateDir,
  createSignalWatch,
  keepRegistered,
  forgetHandover,
};

type Makers = typeof makers;

/** Opens what a loop needs: the directory, the targets, the log. */
async function openBase(setup: MonitorSetup, make: Makers, teardown: Teardown) {
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
  );
  const starts = setup.targets.map(spec => startOf(spec, memories.of(spec.name)));
  const taken = handover && make.takenFrom(handover, starts);
  const cleaner = createCleaner(targets.secrets);
  const report = problems.about('recording');
  const recorder = make.recorderFor(setup.record, stateDir, targets.secrets(), report);
  teardown.add(() => recorder?.close());
  const log = make.openMonitorLog(stateDir, setup, cleaner, problems.about('log'));
  teardown.add(log.close);
  return {claim, clock, problems, memories, home, targets, starts, taken, cleaner, recorder, log};
}

type Base = Awaited<ReturnType<typeof openBase>>;

/** Creates the loop and everything it acts by; nothing runs yet. */
function createLoop(setup: MonitorSetup, base: Base, make: Makers, teardown: Teardown) {
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
    taken ?? initialState(starts, presets, clock.now(), setup.healBudget),
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

type Pieces = ReturnType<typeof createLoop>;

/** Starts the children and the loop. */
async function begin(
  setup: MonitorSetup,
  pieces: Pieces,
  make: Makers,
  teardown: Teardown,
): Promise<OpenMonitor> {
  const {claim, problems, home, targets, taken, recorder, log} = pieces;
  const {life, control, notices, files, watch, loop, reload, shutdown} = pieces;
  const {stateDir} = home;
  for (const {fix} of targets.all()) fix.child?.onExit(watch.lookNow);
  for (const text of await make.endStrays(stateDir, targets.all())) notices.log(text);
  if (taken) for (const {fix} of targets.all()) fix.child?.adopt();
  else await make.startAll(targets.all());

  const reopenLog = () => {
    log.reopen();
    recorder?.reopen();
  };
  const renew = () => {
    files.renew(loop.getSnapshot());
    reopenLog();
  };
  const kept = make.keepStateDir(claim, renew, problems.about('state directory'));
  const lookForSignal = make.createSignalWatch(
    stateDir,
    targets,
    loop,
    problems.about('restart_signal'),
  );
  const registration = setup.temporary ? undefined : make.keepRegistered(stateDir, notices.log);
  const startWatch = () =>
    watch.start(loop, () => {
      kept.everySecond();
      registration?.everySecond();
      files.everySecond(loop.getSnapshot());
      lookForSignal();
      setup.everySecond?.(loop);
    });
  startWatch();
  teardown.add(watch.stop);
  loop.dispatch({type: taken ? 'taken-over' : 'started', at: loop.now()});
  // The process that gave the loop away may take it back until `forgetHandover` below.
  if (!taken) life.ownership = 'ours';
  control.open(loop);
  notices.log(
    taken
      ? message`continues in the background as process ${process.pid}, taken over from process ${setup.handover?.givenBy ?? 0}`
      : message`agent2 ${version} starts as process ${process.pid}: watches ${joined(
          targets.specs().map(({name}) => name),
          message`, `,
        )}`,
  );
  for (const text of pieces.memories.notes) notices.log(text, 'warning');
  lookForSignal();
  await reload.follow();
  teardown.add(reload.stop);

  const giving = createGiving(
    {
      monitor: loop,
      stateDir,
      async holdConfig() {
        await reload.stop();
        await reload.settled();
      },
      async stopLooking() {
        watch.stop();
        await control.close();
      },
      async lookAgain() {
        startWatch();
        control.open(loop);
        await reload.follow();
      },
      flush() {
        files.flush();
        // The other process knows a child only by its record, which a full disk may have prevented.
        for (const {fix} of targets.all()) fix.child?.renew();
      },
      release: claim.release,
      retake: () => claim.retake(targets.specs()),
    },
    async () => {
      life.ownership = 'given';
      await endAll(teardown);
    },
  );
  if (setup.handover) make.forgetHandover(setup.handover);
  life.ownership = 'ours';

  return {
    monitor: loop,
    stateDir,
    targets: targets.specs,
    actionOf: name => targets.get(name)?.action,
    reopenLog,
    continueWithoutScreen() {
      life.screenLostAt = loop.now();
      notices.log(
        message`the terminal is gone: continues without a screen, as process ${process.pid}`,
      );
      files.writeStatus(loop.getSnapshot());
    },
    hurry: shutdown.hurry,
    lost: kept.lost,
    handOver: giving.give,
    async close() {
      await giving.abort();
      await endAll(teardown);
    },
  };
}

/** What the state directory is chosen by. */
function watchedOf({config, targets: [first]}: Pick<MonitorSetup, 'config' | 'targets'>): Watched {
  if (config) return config.place;
  if (!first) throw new Error('nothing to watch');
  return first;
}
