import type {Clock} from '../contracts/clock.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';
import {startWatch, type Watch, type WatchSetup} from '../runtime/watch.ts';
import type {Targets} from './targets.ts';

/** The watch over the processes of all targets. It is there before the loop that it serves. */
export interface TargetWatch extends Pick<Watch, 'worstLagSince' | 'lookNow'> {
  /** Also again, after it was stopped. `everySecond` is called on its beat. */
  start(loop: Pick<RunningMonitor, 'dispatch' | 'getSnapshot'>, everySecond: () => void): void;
  stop(): void;
}

export function createTargetWatch(clock: Clock, targets: Pick<Targets, 'all'>): TargetWatch {
  let watch: Watch | undefined;
  return {
    worstLagSince: at => watch?.worstLagSince(at) ?? 0,
    lookNow: () => watch?.lookNow(),
    start({dispatch, getSnapshot}, everySecond) {
      watch?.close();
      watch = startWatch({clock, targets: watched, dispatch, getSnapshot, everySecond});
    },
    stop: () => watch?.close(),
  };

  function watched(): ReturnType<WatchSetup['targets']> {
    return targets
      .all()
      .flatMap(({spec, probes}) =>
        probes.process ? [{target: spec.name, ...probes.process}] : [],
      );
  }
}
