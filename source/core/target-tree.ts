import {digestOf, digestOfAll} from './digest.ts';
import type {Digest, TargetNode, TargetTree} from './model/state.ts';
import type {TargetState} from './model/target.ts';

/** A list of targets as a tree, in which replacing one copies only the nodes above it. */

const WIDTH = 8;

export function treeOf(targets: readonly TargetState[]): TargetTree {
  let nodes: readonly TargetNode[] = targets.map(leaf);
  let span = 1;
  while (nodes.length > WIDTH) {
    nodes = Array.from({length: Math.ceil(nodes.length / WIDTH)}, (_, index) =>
      branch(nodes.slice(index * WIDTH, (index + 1) * WIDTH)),
    );
    span *= WIDTH;
  }
  return {size: targets.length, span, root: branch(nodes)};
}

export function targetAt({root, span}: TargetTree, index: number): TargetState | undefined {
  let node: TargetNode | undefined = root;
  let left = index;
  for (let each = span; node && 'nodes' in node; each /= WIDTH) {
    node = node.nodes[Math.floor(left / each)];
    left %= each;
  }
  return node?.target;
}

export function replacedAt(tree: TargetTree, index: number, target: TargetState): TargetTree {
  return {...tree, root: replacedIn(tree.root, tree.span, index, target)};
}

export function listOf({root}: TargetTree): readonly TargetState[] {
  const targets: TargetState[] = [];
  const visit = (node: TargetNode): void => {
    if ('nodes' in node) node.nodes.forEach(visit);
    else targets.push(node.target);
  };
  visit(root);
  return targets;
}

/** The places of the targets that satisfy `holds`, in order. A digest must satisfy it whenever one of its targets does. */
export function placesWhere(
  {root, span}: TargetTree,
  holds: (digest: Digest) => boolean,
): readonly number[] {
  const places: number[] = [];
  const visit = (node: TargetNode, first: number, each: number): void => {
    if (!holds(node.digest)) return;
    if ('nodes' in node)
      node.nodes.forEach((next, at) => visit(next, first + at * each, each / WIDTH));
    else places.push(first);
  };
  visit(root, 0, span);
  return places;
}

/** The places where two trees of one size differ, in order. */
export function placesChanged(before: TargetTree, after: TargetTree): readonly number[] {
  const places: number[] = [];
  const visit = (old: TargetNode | undefined, node: TargetNode, first: number, each: number) => {
    if (node === old) return;
    if (!('nodes' in node)) places.push(first);
    else
      node.nodes.forEach((next, at) =>
        visit(
          old && 'nodes' in old ? old.nodes[at] : undefined,
          next,
          first + at * each,
          each / WIDTH,
        ),
      );
  };
  visit(before.root, after.root, 0, after.span);
  return places;
}

function replacedIn(
  node: TargetNode | undefined,
  span: number,
  index: number,
  target: TargetState,
): TargetNode {
  if (!node || !('nodes' in node)) return leaf(target);
  const at = Math.floor(index / span);
  const nodes = node.nodes.slice();
  nodes[at] = replacedIn(nodes[at], span / WIDTH, index % span, target);
  return branch(nodes);
}

function leaf(target: TargetState): TargetNode {
  return {digest: digestOf(target), target};
}

function branch(nodes: readonly TargetNode[]): TargetNode {
  return {digest: digestOfAll(nodes), nodes};
}
