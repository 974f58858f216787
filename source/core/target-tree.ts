import type {Digest, TargetNode, TargetState, TargetTree} from './model/state.ts';
import {nextDue} from './next-due.ts';

/** A list of targets in which one is replaced by a copy of the few nodes above it, however many there are. */

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
  return {digest: {dueAt: nextDue(target)}, target};
}

function branch(nodes: readonly TargetNode[]): TargetNode {
  const digest: Digest = {
    dueAt: nodes.reduce((earliest, {digest}) => Math.min(earliest, digest.dueAt), Infinity),
  };
  return {digest, nodes};
}
