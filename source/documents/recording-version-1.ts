import {isRecord} from '../format/json.ts';
import {traitsByWord} from './fix-traits.ts';

/** Converts the names in recordings of version 1. Their texts are plain sentences, which a `Text` may be. */

type Line = Readonly<Record<string, unknown>>;

export function headerOfVersion1(header: Line): Line {
  const {state} = header;
  if (!isRecord(state)) return header;
  const {troubles, targets, ...rest} = state;
  const lifted = Array.isArray(targets) ? targets.map(targetOfVersion1) : targets;
  return {...header, state: {...rest, problems: troubles, targets: lifted}};
}

/** Converts any event, since an event does not name its version. */
export function eventOfVersion1(event: Line): Line {
  if (event.type === 'trouble') return {...event, type: 'problem'};
  return event.type === 'reconfigured' && Array.isArray(event.targets)
    ? {...event, targets: event.targets.map(withTraits)}
    : event;
}

/** Adds the traits, which version 1 did not record. */
function withTraits(target: unknown): unknown {
  if (!isRecord(target) || !isRecord(target.settings)) return target;
  const {settings} = target;
  return settings.traits === undefined && typeof settings.fix === 'string'
    ? {...target, settings: {...settings, traits: traitsByWord(settings.fix)}}
    : target;
}

function targetOfVersion1(target: unknown): unknown {
  const lifted = withTraits(target);
  if (!isRecord(lifted)) return lifted;
  const {deference, ...rest} = lifted;
  return deference === undefined ? lifted : {...rest, blockedBy: deference};
}
