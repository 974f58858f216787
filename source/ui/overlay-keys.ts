import type {Binding, KeyContext} from './binding.ts';

/** In the box that asks whether to restart: only `y`, or Enter on the other button, does it. */
export const confirmKeys: readonly Binding[] = [
  {keys: ['y'], shown: 'y', label: () => 'restart', weight: 90, press: restart},
  {keys: ['n', 'escape'], shown: 'n', label: () => 'cancel', weight: 95, press: close},
  {keys: ['left', 'right', 'tab', 'h', 'l'], shown: '< >', label: () => 'move', weight: 50, press: moveFocus},
  {
    keys: ['return'],
    shown: 'Enter',
    label: () => 'choose',
    weight: 60,
    press(context) {
      const {overlay} = context.ui.get();
      if (overlay.kind === 'confirm' && overlay.focus === 'restart') restart(context);
      else close(context);
    },
  },
];

/** On a page of text. */
export const readingKeys: readonly Binding[] = [
  {keys: ['escape', 'return', 'w', '?'], shown: 'Esc', label: () => 'back', weight: 95, press: close},
  {keys: ['j', 'k', 'down', 'up'], shown: 'j k', label: () => 'scroll', weight: 60, press: scroll},
];

export function requestRestart({monitor, target}: KeyContext): void {
  monitor.request({type: 'restart-requested', target: target.settings.name, by: 'user'});
}

function restart(context: KeyContext): void {
  close(context);
  requestRestart(context);
}

function close({ui}: KeyContext): void {
  ui.set({overlay: {kind: 'none'}});
}

function moveFocus({ui}: KeyContext): void {
  const {overlay} = ui.get();
  if (overlay.kind === 'confirm') ui.set({overlay: {kind: 'confirm', focus: overlay.focus === 'cancel' ? 'restart' : 'cancel'}});
}

function scroll({ui, maxScroll}: KeyContext, key: string): void {
  const {overlay} = ui.get();
  if (overlay.kind !== 'why' && overlay.kind !== 'help') return;
  // Before the page is drawn nobody knows its end, so the next key finds its way back from beyond it.
  const from = Math.min(maxScroll(), overlay.scroll);
  ui.set({overlay: {...overlay, scroll: Math.max(0, from + (key === 'j' || key === 'down' ? 1 : -1))}});
}
