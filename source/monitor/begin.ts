import {whenDiskAnswers} from '../io/files/when-disk-answers.ts';
import {TextError} from '../core/text/text-error.ts';
import {version} from 'agent2:version';
import {message, joined} from '../core/text/message.ts';
import {fixOutputIn} from '../fixes/shared/steps.ts';
import {boundOutput} from '../io/run/output-file.ts';
import {createHandOverRunner} from './hand-over.ts';
import type {Makers, Pieces} from './pieces.ts';
import type {MonitorSetup, OpenMonitor} from './setup.ts';
import {endAll, type Teardown} from './teardown.ts';

/** Third step of opening: starts the children and the loop, and returns the open monitor. */
export async function begin(
  setup: MonitorSetup,
  pieces: Pieces,
  make: Makers,
  teardown: Teardown,
): Promise<OpenMonitor> {
  const {claim, problems, home, targets, taken, recorder, log} = pieces;
  const {life, control, notices, files, watch, loop, reload, shutdown} = pieces;
  const {stateDir} = home;
  const hide = (text: string) => pieces.cleaner.text(text);
  for (const {fix, outputDir} of targets.all()) {
    fix.child?.onExit(watch.inspectNow);
    // A service that was restarted for an earlier monitor may still write there.
    boundOutput(fixOutputIn(outputDir), hide);
  }
  for (const text of await make.endOrphans(stateDir, targets.all())) notices.log(text);
  if (taken) for (const {fix} of targets.all()) fix.child?.adopt();
  else {
    // A typo on the command line is refused at once; a config file may be started at boot, where nobody would see that.
    const needed = setup.config === undefined;
    for (const text of await make.startAll(targets.all(), {needed})) notices.log(text, 'error');
  }

  const reopenLog = () => {
    log.reopen();
    recorder?.reopen();
  };
  const renew = () => {
    files.renew(loop.getSnapshot());
    reopenLog();
  };
  const kept = make.keepStateDir(claim, renew, problems.about('state directory'));
  const checkSignal = make.createSignalWatch(
    stateDir,
    targets,
    loop,
    problems.about('restart_signal'),
  );
  const registration = setup.temporary ? undefined : make.keepRegistered(stateDir, notices.log);
  /** What one of them throws must not keep the others from their turn. */
  const attempt = (works: ReadonlyArray<() => void>) => {
    for (const work of works) {
      try {
        work();
      } catch (error) {
        loop.caught('timers', error);
      }
    }
  };
  const disk = whenDiskAnswers(stateDir, problems.about('disk'));
  let isWatching = false;
  const startWatch = () => {
    isWatching = true;
    watch.start(loop, () => {
      attempt([() => setup.everySecond?.(loop)]);
      disk(() => {
        if (isWatching)
          attempt([
            kept.everySecond,
            () => registration?.everySecond(),
            () => files.everySecond(loop.getSnapshot()),
            checkSignal,
          ]);
      });
    });
  };
  const stopWatch = () => {
    isWatching = false;
    watch.stop();
  };
  startWatch();
  teardown.add(stopWatch);
  loop.dispatch({type: taken ? 'taken-over' : 'started', at: loop.now()});
  // The other process may take the loop back until `forgetHandover` below.
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
  if (process.pid === 1)
    notices.log(
      message`agent2 is process 1 here, to which the system gives every orphan to reap, and node reaps none: zombies stay; start it below an init: docker run --init, or init: true in compose`,
      'warning',
    );
  if (pieces.claim.movedTo !== undefined)
    notices.log(
      message`what lay in the place of ${'agent2.pid'} was no lock and was moved to ${pieces.claim.movedTo}`,
      'warning',
    );
  for (const text of pieces.memories.notes) notices.log(text, 'warning');
  checkSignal();
  await reload.follow();
  teardown.add(reload.stop);

  const runner = createHandOverRunner(
    {
      monitor: loop,
      stateDir,
      async holdConfig() {
        await reload.stop();
        await reload.settled();
      },
      async stopWatching() {
        stopWatch();
        await control.close();
      },
      async resumeWatching() {
        startWatch();
        control.open(loop);
        await reload.follow();
      },
      async flush() {
        // A text that waited could replace what the other process writes.
        if (!(await files.flush()))
          throw new TextError(message`the disk of ${stateDir} does not answer`);
        // The other process finds a child only by its record, which a full disk may have prevented.
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
    handOver: runner.run,
    async close() {
      await runner.abort();
      await endAll(teardown);
    },
  };
}
