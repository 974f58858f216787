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

/** All facts that screens draw. */
export interface Scene extends Given {
  /** The target that the keys act on, and its index in the list. */
  readonly target: TargetState;
  readonly selected: number;
  readonly phase: Phase;
  /** The panel in which keys move; undefined with a single panel. */
  readonly focused: PanelName | undefined;
  /** The pid of the monitor in another process; undefined for one of this process, or a lost one. */
  readonly attachedTo: number | undefined;
  /** The text that the monitor is gone, and shorter versions for narrow terminals. */
  readonly gone: string | undefined;
  readonly goneShort: readonly string[] | undefined;
  /** Answers to the last key and to the last request. */
  readonly notes: readonly string[];
}

interface Given {
  readonly context: KeyContext;
  /** All targets, in the order of the config. */
  readonly rows: readonly TargetRow[];
  /** The listed targets: those that the filter selects. */
  readonly listed: readonly TargetRow[];
  readonly problems: State['problems'];
  /** The action of a restart, as a text; undefined when unknown. */
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
    // The time stops with a lost monitor: nobody knows whether its countdowns continue.
    now: lost ? Math.min(now, lost.since) : now,
  };
}

function notesOf(note: Note | undefined, link: Link | undefined): readonly string[] {
  return [
    ...(note && (!note.whileLost || link?.state === 'lost') ? [note.text] : []),
    ...(link?.state === 'up' && link.problem !== undefined ? [link.problem] : []),
  ];
}
