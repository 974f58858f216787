import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from '../helpers/root.ts';

/** The pages that tell people what to type, from the root. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
];

/** The lines of a page's `sh` blocks, in order, without comments. */
export function shellLines(page: string): readonly string[] {
  const blocks = readFileSync(join(root, page), 'utf8').matchAll(/^```sh\n([^]*?)^```$/gm);
  return [...blocks].flatMap(([, block = '']) =>
    block
      .split('\n')
      .map(line => line.replace(/(^|\s+)# .*$/, '').trim())
      .filter(line => line !== ''),
  );
}
