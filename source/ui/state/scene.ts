import type {Link} from '../../contracts/monitor.ts';
import type {State} from '../../core/model/state.ts';
import type {Phase, TargetState} from '../../core/model/target.ts';
import {phaseOf} from '../../core/phase.ts';
import type {KeyContext} from '../keys/binding.ts';
import type {Size} from '../terminal/painter.ts';
import {goneShort, goneText} from './lost.ts';
import {focusedPanel} from './selection.ts';
import type {TargetRow} from './target-row.ts';
import type {Note, PanelName} from './ui-state.ts';

/** What every screen is drawn from. */
export interface Scene extends Given {
  /** The one that the keys act on, and its place among those that are listed. */
  readonly target: TargetState;
  readonly selected: number;
  readonly phase: Phase;
  /** The panel that keys move in, where there are several to choose from. */
  readonly focused: PanelName | undefined;
  /** The monitor of another process that this screen shows, while it is there. */
  readonly attachedTo: number | undefined;
  /** That the monitor is gone; and the same shorter and shorter, for where there is no room. */
  readonly gone: string | undefined;
  readonly goneShort: readonly string[] | undefined;
  /** Answers to the last key and to the last request. */
  readonly notes: readonly string[];
}

interface Given {
  readonly context: KeyContext;
  /** All targets, in the order of the config. */
  readonly rows: readonly TargetRow[];
  /** Those of them that are listed. */
  readonly listed: readonly TargetRow[];
  readonly problems: State['problems'];
  /** What a restart runs; undefined when that is not known. */
  readonly action: string | undefined;
  readonly size: Size;
  readonly now: number;
}

export function sceneOf(
  given: Given,
  status: State['status'],
  link: Link | undefined,
  note: Note | undefined,
): Scene {
  const {context, listed, now} = given;
  const {target, panels, choices} = context;
  const lost = link?.state === 'lost' ? link : undefined;
  return {
    ...given,
    target,
    selected: listed.findIndex(({name}) => name === target.settings.name),
    phase: phaseOf({status}, target),
    focused: panels.length > 1 ? focusedPanel(panels, choices) : undefined,
    attachedTo: link?.state === 'up' ? link.pid : undefined,
    gone: lost && goneText(lost, now),
    goneShort: lost && goneShort(lost, now),
    notes: notesOf(note, link),
    // What was seen last stands still: nobody knows whether it goes on.
    now: lost ? Math.min(now, lost.since) : now,
  };
}

function notesOf(note: Note | undefined, link: Link | undefined): readonly string[] {
  return [
    ...(note && (!note.whileLost || link?.state === 'lost') ? [note.text] : []),
    ...(link?.state === 'up' && link.problem !== undefined ? [link.problem] : []),
  ];
}
