import {isRecord} from '../format/json.ts';

/** What recordings of version 1 call otherwise. Their texts are sentences, which texts still may be. */

type Line = Readonly<Record<string, unknown>>;

export function headerOfVersion1(header: Line): Line {
  const {state} = header;
  if (!isRecord(state)) return header;
  const {troubles, targets, ...rest} = state;
  const lifted = Array.isArray(targets) ? targets.map(targetOfVersion1) : targets;
  return {...header, state: {...rest, problems: troubles, targets: lifted}};
}

/** An event does not say of which version it is. */
export function eventOfVersion1(event: Line): Line {
  return event.type === 'trouble' ? {...event, type: 'problem'} : event;
}

function targetOfVersion1(target: unknown): unknown {
  if (!isRecord(target)) return target;
  const {deference, ...rest} = target;
  return deference === undefined ? target : {...rest, blockedBy: deference};
}
