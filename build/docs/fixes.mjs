import {table} from '../markdown.mjs';

/** Every kind of fix, and the option that chooses it. */
export async function print({definitions}) {
  return table(
    ['kind', 'does', 'option'],
    Object.entries(await definitions('fixes')).map(([kind, {summary, option}]) => [
      `[\`${kind}\`](#${kind})`,
      summary,
      option === undefined ? '' : `\`${option}\``,
    ]),
  );
}
