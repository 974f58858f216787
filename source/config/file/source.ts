import type {Text} from '../../core/model/text.ts';
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  visit,
  type Alias,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import {message} from '../../core/text/message.ts';
import {sanitizeText} from '../../format/sanitize.ts';
import type {Slices} from '../../io/slices.ts';
import {MOST_TOLD, type Complaint, type ConfigProblem, type Path} from '../problem.ts';
import {MOST_LEVELS, parseText, type Wrong} from './parse.ts';
import {refusals} from './refusals.ts';
import {multipleDocuments, syntaxText} from './syntax-text.ts';

/** The values of a config file's text, and the position of each. */
export interface Source {
  readonly kind: 'source';
  /** As written: with `${env:…}` and `{file: …}`. */
  readonly value: unknown;
  /** Turns complaints into problems, in the order of the file. */
  locate(complaints: readonly Complaint[]): readonly ConfigProblem[];
}

export type SourceResult = Source | ({readonly kind: 'problems'} & Found);

/** The first problems, and the number of all. */
interface Found {
  readonly problems: readonly ConfigProblem[];
  readonly count: number;
  readonly andMore: boolean;
}

/** The most uses of an anchor, nested ones included: more are an attack, or an error with the same effect. */
const MAX_ALIASES = 1_000;
/** The most values with every anchor expanded: anchors let a small file stand for a large one. */
const MAX_VALUES = 200_000;

/** Reads YAML, or JSON where `json` says so, in slices. */
export async function readSource(
  bytes: Uint8Array,
  json: boolean,
  slices: Slices,
): Promise<SourceResult> {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const {line, col} = lines.linePos(Math.max(0, offset));
    return {line: Math.max(1, line), column: Math.max(1, col)};
  };
  const problems = (wrong: readonly Wrong[], cut = false): SourceResult => ({
    kind: 'problems',
    count: wrong.length,
    andMore: cut,
    problems: inOrder(wrong, at),
  });
  const decoded = decode(bytes);
  if (decoded.kind === 'unreadable')
    return {kind: 'problems', count: 1, andMore: false, problems: [decoded.problem]};
  const parsed = await parseText(decoded.text, json, lines, slices);
  await slices();
  if (parsed.kind === 'too-deep') return problems([parsed.wrong]);
  const {document, second, cut} = parsed;
  const wrong = [
    ...syntaxErrors(document, json),
    ...(second === undefined ? [] : [{offset: second, text: multipleDocuments}]),
    ...refusals(document),
  ];
  if (wrong.length > 0) return problems(wrong, cut);
  await slices();
  const value = valueOf(document);
  await slices();
  if ('bomb' in value) return problems([{offset: firstAlias(document), text: value.bomb}]);
  return {
    kind: 'source',
    value: value.value,
    locate: complaints =>
      inOrder(
        complaints.map(({path, key, text}) => ({offset: offsetOf(document, path, key), text})),
        at,
      ),
  };
}

function inOrder(
  wrong: readonly Wrong[],
  at: (offset: number) => Pick<ConfigProblem, 'line' | 'column'>,
): readonly ConfigProblem[] {
  return [...wrong]
    .sort((a, b) => a.offset - b.offset)
    .slice(0, MOST_TOLD)
    .map(({offset, text}) => ({...at(offset), text: sanitizeText(text, 1_000)}));
}

type Decoded =
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'unreadable'; readonly problem: ConfigProblem};

function decode(bytes: Uint8Array): Decoded {
  const text = new TextDecoder('utf-8', {ignoreBOM: false}).decode(bytes);
  const place = (offset: number) => {
    const before = text.slice(0, offset).split('\n');
    return {line: before.length, column: (before.at(-1)?.length ?? 0) + 1};
  };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return {
      kind: 'unreadable',
      problem: {line: 1, column: 1, text: message`the file is UTF-16; save it as UTF-8`},
    };
  }
  const nul = text.indexOf('\0');
  if (nul >= 0)
    return {
      kind: 'unreadable',
      problem: {
        ...place(nul),
        text: message`there is a NUL character here; is this the right file? If so, remove it`,
      },
    };
  const broken = text.indexOf('\ufffd');
  if (broken >= 0)
    return {
      kind: 'unreadable',
      problem: {
        ...place(broken),
        text: message`this character is not UTF-8; save the file as UTF-8`,
      },
    };
  return {kind: 'text', text};
}

/** The texts of all of them would cost more than the rest. */
function syntaxErrors(document: Document, json: boolean): readonly Wrong[] {
  return [...document.errors, ...document.warnings]
    .filter(({code}) => code !== 'TAG_RESOLVE_FAILED' || json)
    .sort((a, b) => a.pos[0] - b.pos[0])
    .map((error, index) => ({
      offset: error.pos[0],
      text: index < MOST_TOLD ? syntaxText(error, json) : '',
    }));
}

function valueOf(document: Document): {readonly value: unknown} | {readonly bomb: Text} {
  try {
    const value = document.toJS({maxAliasCount: MAX_ALIASES}) as unknown;
    const size = sizeOf(value, MAX_VALUES);
    return size === 'too-deep'
      ? {
          bomb: message`with its anchors expanded the file is nested deeper than ${MOST_LEVELS} levels; write the values out`,
        }
      : size < MAX_VALUES
        ? {value}
        : {
            bomb: message`with its anchors expanded the file has more than ${MAX_VALUES} values; write fewer`,
          };
  } catch (error) {
    // The only remaining error that it throws.
    if (error instanceof ReferenceError)
      return {
        bomb: message`anchors are nested more than ${MAX_ALIASES} times; write the values out`,
      };
    throw error;
  }
}

/** The number of values in one, itself included; counts no more than `most`. */
export function sizeOf(value: unknown, most: number, levels = MOST_LEVELS): number | 'too-deep' {
  if (typeof value !== 'object' || value === null) return 1;
  if (levels === 0) return 'too-deep';
  let count = 1;
  for (const each of Object.values(value)) {
    if (count >= most) break;
    const size = sizeOf(each, most - count, levels - 1);
    if (size === 'too-deep') return size;
    count += size;
  }
  return count;
}

function firstAlias(document: Document): number {
  let first: Alias | undefined;
  visit(document, {Alias: (_key, alias) => void (first ??= alias)});
  return first?.range?.[0] ?? 0;
}

/** The position of a path, or of its nearest existing ancestor. */
function offsetOf(document: Document, path: Path, key: string | undefined): number {
  let node: Node | null = document.contents;
  let offset = startOf(node);
  for (const [index, part] of path.entries()) {
    const pair = pairOf(document, node, part);
    const next = pair ? (isNode(pair.value) ? pair.value : null) : itemOf(document, node, part);
    if (!pair && !next) return offset;
    // An empty value has no useful position of its own.
    const lacksValue =
      pair && (!next || (isScalar(next) && next.value === null && next.source === ''));
    offset = lacksValue && index === path.length - 1 ? startOf(pair.key as Node) : startOf(next);
    node = next;
  }
  const pair = key === undefined ? undefined : pairOf(document, node, key);
  return pair ? startOf(pair.key as Node) : offset;
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function resolved(document: Document, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

/** A pair of the mapping itself, or of a merged one. */
function pairOf(document: Document, node: Node | null, key: PropertyKey): Pair | undefined {
  const map = resolved(document, node);
  if (!isMap(map)) return undefined;
  const own = map.items.find(
    pair => (isScalar(pair.key) ? String(pair.key.value) : '') === String(key),
  );
  if (own) return own;
  const merged = map.items
    .filter(pair => isScalar(pair.key) && pair.key.source === '<<')
    .flatMap(pair => mergedMaps(document, pair.value as Node | null));
  return merged.map(each => pairOf(document, each, key)).find(pair => pair !== undefined);
}

function mergedMaps(document: Document, node: Node | null): ReadonlyArray<Node | null> {
  const value = resolved(document, node);
  return isSeq(value) ? (value.items as Node[]) : [value];
}

function itemOf(document: Document, node: Node | null, index: PropertyKey): Node | null {
  const list = resolved(document, node);
  const item = isSeq(list) && typeof index === 'number' ? list.items[index] : undefined;
  return isNode(item) ? item : null;
}
