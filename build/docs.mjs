/**
 * `npm run docs`: prints generated parts into README.md and docs/: between `<!-- printed: NAME WORDS -->` and `<!-- end -->`
 * goes the result of `print` of build/docs/NAME.mjs for the words. `-- --check` writes nothing and names stale pages.
 */
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {importTypescript} from './import-typescript.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const REGION = /(<!-- printed: ([a-z][^>]*?) -->)([^]*?)(<!-- end -->)/g;

/** The stale pages, with their right text. */
export async function stalePages() {
  const pages = ['README.md', ...readdirSync(join(root, 'docs')).map(name => `docs/${name}`)];
  const checked = await Promise.all(
    pages
      .filter(page => page.endsWith('.md'))
      .map(async page => {
        const before = readFileSync(join(root, page), 'utf8');
        const text = await printed(before);
        return text === before ? [] : [{page, text}];
      }),
  );
  return checked.flat();
}

/** Prints the stale pages; returns their names. */
export async function printPages() {
  const pages = await stalePages();
  for (const {page, text} of pages) writeFileSync(join(root, page), text);
  return pages.map(({page}) => page);
}

async function printed(text) {
  const parts = await Promise.all(
    [...text.matchAll(REGION)].map(async ([, begin, words, , end]) => {
      const [name, ...rest] = words.split(' ');
      const {print} = await import(pathToFileURL(join(root, 'build/docs', `${name}.mjs`)).href);
      const made = await print({words: rest, definitions});
      return `${begin}${made.includes('\n') ? `\n${made.trim()}\n` : made}${end}`;
    }),
  );
  return text.replace(REGION, () => parts.shift());
}

const read = new Map();

/** The definitions in a folder, by name, from the module `agent2:FOLDER`; loaded once. */
async function definitions(folder) {
  if (!read.has(folder)) read.set(folder, readDefinitions(folder));
  return read.get(folder);
}

async function readDefinitions(folder) {
  const {all, load} = await importTypescript(`agent2:${folder}`);
  if (all) return all;
  const entries = Object.entries(load).map(async ([name, definition]) => [
    name,
    await definition(),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    for (const {page} of await stalePages()) {
      console.error(`${page} is stale: npm run docs prints it anew`);
      process.exitCode = 1;
    }
  } else {
    for (const page of await printPages()) console.log(`printed ${page}`);
  }
}
