import {say} from '../../core/text/say.ts';
import {ask} from './acting.ts';
import type {Binding, KeyContext} from './binding.ts';
import {filterKeys} from './filter-keys.ts';
import {incidentsOf} from '../state/incidents.ts';
import {openOverlay} from '../state/selection.ts';
import type {Overlay} from '../state/ui-store.ts';

/** The keys that mean something in what is open over the panels. */
export function overlayKeys(kind: Exclude<Overlay['kind'], 'none'>): readonly Binding[] {
  switch (kind) {
    case 'filter':
      return filterKeys;
    case 'confirm':
      return confirmKeys;
    case 'incidents':
      return listKeys;
    case 'incident':
      return incidentKeys;
    case 'why':
    case 'help':
      return readingKeys;
  }
}

/** In the box that asks whether to restart: only `y`, or Enter on the other button, does it. */
const confirmKeys: readonly Binding[] = [
  {keys: ['y'], shown: 'y', label: () => say`restart`, weight: 90, press: restart},
  {keys: ['n', 'escape'], shown: 'n', label: () => say`cancel`, weight: 95, press: close},
  {
    keys: ['left', 'right', 'tab', 'h', 'l'],
    shown: '< >',
    label: () => say`move`,
    weight: 50,
    press: moveFocus,
  },
  {
    keys: ['return'],
    shown: 'Enter',
    label: () => say`choose`,
    weight: 60,
    press(context) {
      const overlay = overlayOf(context);
      if (overlay.kind === 'confirm' && overlay.focus === 'restart') restart(context);
      else close(context);
    },
  },
];

const SCROLL: Binding = {
  keys: ['j', 'k', 'down', 'up'],
  shown: 'j k',
  label: () => say`scroll`,
  weight: 60,
  press: scroll,
};

/** On a page of text. */
const readingKeys: readonly Binding[] = [
  {
    keys: ['escape', 'return', 'w', '?'],
    shown: 'Esc',
    label: () => say`back`,
    weight: 95,
    press: close,
  },
  SCROLL,
];

/** On the page of one incident. */
const incidentKeys: readonly Binding[] = [
  {
    keys: ['escape', 'return'],
    shown: 'Esc',
    label: () => say`back`,
    weight: 95,
    press: leaveIncident,
  },
  SCROLL,
  {keys: ['i'], shown: 'i', label: () => say`incidents`, weight: 55, press: listIncidents},
];

/** In the list of incidents. */
const listKeys: readonly Binding[] = [
  {
    keys: ['return'],
    shown: 'Enter',
    label: () => say`open`,
    weight: 90,
    when: hasIncidents,
    press: openListed,
  },
  {keys: ['escape', 'i'], shown: 'Esc', label: () => say`back`, weight: 95, press: close},
  {
    keys: ['j', 'k', 'down', 'up'],
    shown: 'j k',
    label: () => say`select`,
    weight: 60,
    when: hasIncidents,
    press: moveInList,
  },
];

export function requestRestart(context: KeyContext): void {
  ask(context, {type: 'restart-requested', target: context.target.settings.name, by: 'user'}, 'r');
}

/** One step older or newer, or down or up, for the keys that move. */
export function stepOf(key: string): 1 | -1 {
  return key === 'j' || key === 'down' ? 1 : -1;
}

function restart(context: KeyContext): void {
  close(context);
  requestRestart(context);
}

function close({ui}: KeyContext): void {
  ui.set({overlay: {kind: 'none'}});
}

function moveFocus(context: KeyContext): void {
  const overlay = overlayOf(context);
  if (overlay.kind === 'confirm')
    context.ui.set({
      overlay: {...overlay, focus: overlay.focus === 'cancel' ? 'restart' : 'cancel'},
    });
}

function scroll(context: KeyContext, key: string): void {
  const overlay = overlayOf(context);
  if (!('scroll' in overlay)) return;
  // Before the page is drawn nobody knows its end, so the next key finds its way back from beyond it.
  const from = Math.min(context.maxScroll(), overlay.scroll);
  context.ui.set({overlay: {...overlay, scroll: Math.max(0, from + stepOf(key))}});
}

function leaveIncident(context: KeyContext): void {
  const overlay = overlayOf(context);
  if (overlay.kind === 'incident' && overlay.fromList) listIncidents(context);
  else close(context);
}

/** The one that was open is the selected one. */
export function listIncidents(context: KeyContext): void {
  const overlay = overlayOf(context);
  const target = context.target.settings.name;
  context.ui.set({
    overlay:
      overlay.kind === 'incident'
        ? {kind: 'incidents', target, number: overlay.number}
        : {kind: 'incidents', target},
  });
}

function openListed(context: KeyContext): void {
  const {number} = listed(context);
  if (number !== undefined)
    context.ui.set({
      overlay: {
        kind: 'incident',
        target: context.target.settings.name,
        number,
        scroll: 0,
        fromList: true,
      },
    });
}

function moveInList(context: KeyContext, key: string): void {
  const {numbers, index} = listed(context);
  const number = numbers[Math.min(numbers.length - 1, Math.max(0, index + stepOf(key)))];
  if (number !== undefined)
    context.ui.set({overlay: {kind: 'incidents', target: context.target.settings.name, number}});
}

function listed(context: KeyContext) {
  const overlay = overlayOf(context);
  const numbers = incidentsOf(context.target).map(({number}) => number);
  const index = Math.max(
    0,
    overlay.kind === 'incidents' && overlay.number !== undefined
      ? numbers.indexOf(overlay.number)
      : 0,
  );
  return {numbers, index, number: numbers[index]};
}

function hasIncidents({target}: KeyContext): boolean {
  return target.incident !== undefined || target.incidents.length > 0;
}

function overlayOf({ui, target}: KeyContext): Overlay {
  return openOverlay(ui.get(), target);
}
