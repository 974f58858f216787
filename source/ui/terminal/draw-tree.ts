import type {DOMElement} from 'ink';
import {blankRow, overlay, parseCells, type MutableRow, type Row} from './cells.ts';
import type {Size} from './painter.ts';

/**
 * Draws ink's laid out tree as cells, in place of ink's own renderer, which splits and measures every character again for every frame (some 20 ms of
 * CPU for 100x30). This one reuses the cells of an unchanged text. It does not draw borders and backgrounds of boxes, clipping and `Static`: our
 * screens draw their frames as text.
 */
export function drawTree(root: DOMElement, {columns, rows}: Size): readonly Row[] {
  const grid = Array.from({length: rows}, () => blankRow(columns));
  place(root, 0, 0, grid);
  return grid;
}

/** The root of ink's tree, from any of its nodes. */
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

/** The cells of texts drawn before, while their nodes live. */
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

/** The text of a node, with the colours of its nested nodes. */
function squash(node: DOMElement): string {
  return node.childNodes
    .map((child, index) => {
      if (child.nodeName === '#text') return child.nodeValue;
      const text = squash(child);
      return text === '' ? '' : (child.internal_transform?.(text, index) ?? text);
    })
    .join('');
}
