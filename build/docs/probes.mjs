import {stringify} from 'yaml';
import {table} from '../markdown.mjs';

/** Every kind of check, and the shortest way to write it. */
export async function print({definitions}) {
  return table(
    ['kind', 'does', 'as in'],
    Object.entries(await definitions('probes')).map(([kind, {summary, examples}]) => [
      `[\`${kind}\`](#${kind})`,
      summary,
      `\`${written({[kind]: examples[0]})}\``,
    ]),
  );
}

function written(entry) {
  const text = stringify(entry, {
    collectionStyle: 'flow',
    flowCollectionPadding: false,
    lineWidth: 0,
  });
  return text.trim().slice(1, -1);
}
