import type {Clock} from '../contracts/clock.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';
import {startWatch, type Watch, type Watched} from '../runtime/watch.ts';
import type {Targets} from './targets.ts';

/** Watches the processes of all targets. It exists before the loop that it serves. */
export interface TargetWatch extends Pick<Watch, 'worstLagSince' | 'inspectNow'> {
  /** Starts, also again after `stop`. Calls `everySecond` on its beat. */
  start(
    loop: Pick<RunningMonitor, 'dispatch' | 'getSnapshot' | 'caught' | 'worked'>,
    everySecond: () => void,
  ): void;
  stop(): void;
}

export function createTargetWatch(clock: Clock, targets: Pick<Targets, 'all'>): TargetWatch {
  let watch: Watch | undefined;
  let of: ReturnType<Targets['all']> | undefined;
  let list: readonly Watched[] = [];
  return {
    worstLagSince: at => watch?.worstLagSince(at) ?? 0,
    inspectNow: () => watch?.inspectNow(),
    start({dispatch, getSnapshot, caught, worked}, everySecond) {
      watch?.close();
      watch = startWatch({
        clock,
        targets: watched,
        dispatch,
        getSnapshot,
        everySecond,
        caught,
        worked,
      });
    },
    stop: () => watch?.close(),
  };

  /** Cached while the targets are the same, because every beat needs it. */
  function watched(): readonly Watched[] {
    const all = targets.all();
    if (all !== of) {
      of = all;
      list = all.flatMap(({spec, probes}) =>
        probes.process ? [{target: spec.name, ...probes.process}] : [],
      );
    }
    return list;
  }
}
