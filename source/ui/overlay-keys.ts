import type {Binding, KeyContext} from './binding.ts';

/** In the box that asks whether to restart: only `y`, or Enter on the other button, does it. */
export const confirmKeys: readonly Binding[] = [
  {keys: ['y'], shown: 'y', label: () => 'restart', help: 'do it', weight: 90, press: restart},
  {keys: ['n', 'escape'], shown: 'n', label: () => 'cancel', help: 'leave it', weight: 95, press: close},
  {keys: ['left', 'right', 'tab', 'h', 'l'], shown: '< >', label: () => 'move', help: 'to the other button', weight: 50, press: moveFocus},
  {
    keys: ['return'],
    shown: 'Enter',
    label: () => 'choose',
    help: 'press the marked button',
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
  {keys: ['escape', 'return', 'w', '?'], shown: 'Esc', label: () => 'back', help: 'back', weight: 95, press: close},
  {keys: ['j', 'k', 'down', 'up'], shown: 'j k', label: () => 'scroll', help: 'scroll', weight: 60, press: scroll},
];

/** Whether there is anything that would be run: without it the box only says so. */
export function canRestart({target}: Pick<KeyContext, 'target'>): boolean {
  return target.settings.fix !== 'none';
}

function restart(context: KeyContext): void {
  if (!canRestart(context)) return;
  close(context);
  context.monitor.request({type: 'restart-requested', target: context.target.settings.name, by: 'user'});
}

function close({ui}: KeyContext): void {
  ui.set({overlay: {kind: 'none'}});
}

function moveFocus(context: KeyContext): void {
  const {overlay} = context.ui.get();
  if (overlay.kind !== 'confirm' || !canRestart(context)) return;
  context.ui.set({overlay: {kind: 'confirm', focus: overlay.focus === 'cancel' ? 'restart' : 'cancel'}});
}

function scroll({ui, maxScroll}: KeyContext, key: string): void {
  const {overlay} = ui.get();
  if (overlay.kind !== 'why' && overlay.kind !== 'help') return;
  ui.set({overlay: {...overlay, scroll: Math.min(maxScroll(), Math.max(0, overlay.scroll + (key === 'j' || key === 'down' ? 1 : -1)))}});
}
