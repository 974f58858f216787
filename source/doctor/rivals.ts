import type {Remark} from '../contracts/examination.ts';
import {rivalry} from '../config/same-service.ts';
import {say} from '../core/text/say.ts';
import {typed} from '../format/shell-words.ts';
import type {MonitoredTarget} from '../documents/monitor-status.ts';
import type {Examination, Place} from './shared/scene.ts';

/** Do several monitors heal the same service? Each would take the other's restart for a crash. */
export const definition: Examination = {
  order: 6,
  about: 'machine',
  what: () => say`other monitors`,
  finds: 'two of them heal the same service',
  async examine({places, neighbours}) {
    const watched = [...places, ...neighbours].flatMap(place =>
      place.monitor && place.status.kind === 'read'
        ? place.status.targets.map(target => ({place, target}))
        : [],
    );
    return watched.flatMap((one, index) =>
      watched.slice(index + 1).flatMap(other => judged(one, other)),
    );
  },
};

interface Watched {
  readonly place: Place;
  readonly target: MonitoredTarget;
}

function judged(one: Watched, other: Watched): readonly Remark[] {
  const samePlace = one.place.stateDir === other.place.stateDir;
  const found = samePlace ? 'none' : rivalry(one.target, other.target);
  if (found === 'none') return [];
  const seen = say`${one.target.name} (${one.place.stateDir}) and ${other.target.name} (${other.place.stateDir}) are the same service`;
  if (found === 'harmless')
    return [
      {
        id: 'watched_twice',
        level: 'ok',
        seen: say`${seen}; one of them only watches, which is harmless`,
      },
    ];
  return [
    {
      id: 'healed_twice',
      level: 'fail',
      seen: say`${seen}, and both heal it; stop one of them`,
      next: `agent2 stop --state-dir ${typed([other.place.stateDir])}`,
    },
  ];
}
