import type {Text} from '../../core/model/text.ts';
import {isAlias, isMap, isScalar, isSeq, visit, type Document, type Node, type YAMLMap} from 'yaml';
import {message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';
import {MOST_TOLD} from '../problem.ts';
import type {Wrong} from './parse.ts';

/** The most uses of all anchors: finding what each of them means takes quadratic time. */
const MAX_USES = 5_000;

type Anchors = ReadonlyMap<string, Node>;

/** Features of YAML that a config file does not need. In one pass, in the order of the file. */
export function refusals(document: Document): readonly Wrong[] {
  const found: Wrong[] = [];
  const anchors = new Map<string, Node>();
  let uses = 0;
  const refuse = (offset: number, text: () => Text) =>
    found.push({offset, text: found.length < MOST_TOLD ? text() : ''});
  visit(document, {
    Node(_key, node) {
      if ('anchor' in node && node.anchor !== undefined) anchors.set(node.anchor, node);
      const {tag} = node;
      if (tag !== undefined && tag !== 'tag:yaml.org,2002:str' && node.range)
        refuse(
          node.range[0],
          () =>
            message`the tag ${tag} is not allowed; a config file has only texts, numbers, lists and mappings: remove it`,
        );
      if (isMap(node)) for (const {offset, text} of wrongKeys(node, anchors)) refuse(offset, text);
    },
    Alias(_key, alias) {
      const anchor = anchors.get(alias.source);
      const offset = alias.range?.[0] ?? 0;
      if (++uses === MAX_USES)
        refuse(
          offset,
          () => message`anchors are used more than ${MAX_USES} times; write the values out`,
        );
      if (!anchor)
        refuse(
          offset,
          () =>
            message`there is no anchor &${alias.source} before *${alias.source}; write &${alias.source} where the value is first given, or '*${alias.source}' in quotes for the text`,
        );
      else if (anchor.range && offset >= anchor.range[0] && offset < anchor.range[2])
        refuse(
          offset,
          () =>
            message`*${alias.source} is inside its own anchor, &${alias.source}; write the value out`,
        );
    },
  });
  return found;
}

interface WrongKey {
  readonly offset: number;
  text(): Text;
}

function* wrongKeys(map: YAMLMap, anchors: Anchors): Generator<WrongKey> {
  const seen = new Set<unknown>();
  for (const {key, value: merged} of map.items) {
    if (!isScalar(key)) continue;
    const {value} = key;
    if (typeof value === 'symbol' && !isMergeable(merged, anchors))
      yield {
        offset: key.range?.[0] ?? 0,
        text: () =>
          message`<< merges mappings: expected the name of an anchor of one, e.g. <<: *defaults`,
      };
    // The key of a merge is a symbol of its own each time.
    if (seen.has(value))
      yield {
        offset: key.range?.[0] ?? 0,
        text: () =>
          message`the key ${sanitize(String(value), 60)} is here twice; remove one of them`,
      };
    seen.add(value);
  }
}

/** A mapping or a list of them, by name or not. */
function isMergeable(value: unknown, anchors: Anchors): boolean {
  const known = (node: unknown) => (isAlias(node) ? anchors.get(node.source) : node);
  const found = known(value);
  return isMap(found) || (isSeq(found) && found.items.every(item => isMap(known(item))));
}
