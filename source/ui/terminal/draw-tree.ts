import type {DOMElement} from 'ink';
import {blankRow, overlay, parseCells, type MutableRow, type Row} from './cells.ts';
import type {Size} from './painter.ts';

/**
 * What ink's own renderer makes of its laid out tree, as cells. Ink splits and measures every character of the screen anew for every
 * frame, some 20 ms of CPU for 100x30; here a text that stayed the same is not looked at again. Borders and backgrounds of boxes, clipping
 * and `Static` are not drawn: our screens draw their frames as text.
 */
export function drawTree(root: DOMElement, {columns, rows}: Size): readonly Row[] {
  const grid = Array.from({length: rows}, () => blankRow(columns));
  place(root, 0, 0, grid);
  return grid;
}

/** The root of ink's tree, which any node of it leads to. */
export function rootOf(node: DOMElement): DOMElement {
  return node.parentNode ? rootOf(node.parentNode) : node;
}

function place(node: DOMElement, x: number, y: number, grid: readonly MutableRow[]): void {
  if (!node.yogaNode) return;
  const left = x + node.yogaNode.getComputedLeft();
  const top = y + node.yogaNode.getComputedTop();
  if (node.nodeName === 'ink-text') {
    cellsOf(node, grid[0]?.chars.length ?? 0).forEach((cells, line) => {
      const row = grid[top + line];
      if (row) overlay(row, left, cells);
    });
    return;
  }
  for (const child of node.childNodes)
    if (child.nodeName !== '#text') place(child, left, top, grid);
}

/** The cells of a text that was drawn before, for as long as its node lives. */
const known = new WeakMap<
  DOMElement,
  {readonly text: string; readonly limit: number; readonly lines: readonly Row[]}
>();

function cellsOf(node: DOMElement, limit: number): readonly Row[] {
  const text = squash(node);
  const before = known.get(node);
  if (before?.text === text && before.limit === limit) return before.lines;
  const lines = text
    .split('\n')
    .map((line, index) => parseCells(node.internal_transform?.(line, index) ?? line, limit));
  known.set(node, {text, limit, lines});
  return lines;
}

/** The text of a node with the colours of what is nested in it. */
function squash(node: DOMElement): string {
  return node.childNodes
    .map((child, index) => {
      if (child.nodeName === '#text') return child.nodeValue;
      const text = squash(child);
      return text === '' ? '' : (child.internal_transform?.(text, index) ?? text);
    })
    .join('');
}
