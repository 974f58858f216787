/**
 * Virtual modules, made at build time for esbuild and for vitest:
 *   agent2:themes, agent2:fixes, agent2:screens    the definitions in a folder, so that a new file needs no other change: `all` maps a file's name to its `definition`
 *   agent2:probes, agent2:alerts, agent2:service-files, agent2:doctor, agent2:commands   the same on demand: `load` maps a file's name to a function that imports its `definition`
 *   agent2:ink-table                               ink-table, whose `require('ink')` cannot work: ink has top-level await
 *   agent2:version                                 the version in package.json
 */
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** `eager` for small definitions needed before the first frame or check: one file loads faster than many. `own` where each thing has a folder: NAME/NAME.ts or NAME/NAME.tsx. */
const folders = {
  'themes': {path: 'themes', eager: true},
  'fixes': {path: 'source/fixes', eager: true},
  'probes': {path: 'source/probes'},
  'alerts': {path: 'source/alerts'},
  'service-files': {path: 'source/service-files'},
  'doctor': {path: 'source/doctor'},
  'commands': {path: 'source/commands'},
  'screens': {path: 'source/ui/screens', eager: true, own: true},
};

/** The source text of the virtual module `name` (without the prefix `agent2:`). */
export function virtualModule(name) {
  if (name in folders) return folderModule(folders[name]);
  if (name === 'ink-table') return inkTableModule();
  if (name === 'version')
    return `export const version = ${JSON.stringify(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)};`;
  throw new Error(`no virtual module agent2:${name}`);
}

function folderModule({path, eager = false, own = false}) {
  const folder = join(root, path);
  // Git does not keep an empty folder.
  const entries = existsSync(folder) ? readdirSync(folder, {withFileTypes: true}) : [];
  const things = entries.flatMap(entry => (own ? folderOf(folder, entry) : thingOf(folder, entry)));
  return eager ? eagerModule(things) : lazyModule(things);
}

function eagerModule(things) {
  const imports = things.map(
    ({path}, index) => `import {definition as definition${index}} from ${JSON.stringify(path)};`,
  );
  const entries = things.map(({name}, index) => `  ${JSON.stringify(name)}: definition${index},`);
  return `${imports.join('\n')}\nexport const all = {\n${entries.join('\n')}\n};`;
}

function lazyModule(things) {
  const entries = things.map(
    ({name, path}) =>
      `  ${JSON.stringify(name)}: () => import(${JSON.stringify(path)}).then(module => module.definition),`,
  );
  return `export const load = {\n${entries.join('\n')}\n};`;
}

/** NAME.ts, or NAME/command.ts where it has further files of its own. */
function thingOf(folder, entry) {
  if (entry.isFile() && /\.tsx?$/.test(entry.name))
    return [{name: basename(entry.name).replace(/\.tsx?$/, ''), path: join(folder, entry.name)}];
  const path = join(folder, entry.name, 'command.ts');
  return entry.isDirectory() && existsSync(path) ? [{name: entry.name, path}] : [];
}

function folderOf(folder, entry) {
  if (!entry.isDirectory()) return [];
  const file = join(folder, entry.name, entry.name);
  const path = [`${file}.tsx`, `${file}.ts`].find(existsSync);
  if (!path) throw new Error(`${file}.tsx is missing, which says what the folder is`);
  return [{name: entry.name, path}];
}

/** ink-table's own file, given the program's ink and react. */
function inkTableModule() {
  const require = createRequire(import.meta.url);
  return [
    `import * as ink from 'ink';`,
    `import * as React from 'react';`,
    // It hashes rows only for their keys, and object-hash would load node:crypto for it at every start.
    `const modules = {ink, react: React, 'object-hash': {sha1: JSON.stringify}};`,
    `const exports = {};`,
    `(function (exports, require) {`,
    readFileSync(require.resolve('ink-table'), 'utf8'),
    `})(exports, name => modules[name]);`,
    `export const Table = exports.default;`,
  ].join('\n');
}

const prefix = /^agent2:/;

/** For esbuild. */
export const esbuildVirtualModules = {
  name: 'agent2-virtual-modules',
  setup(build) {
    build.onResolve({filter: prefix}, ({path}) => ({
      path: path.replace(prefix, ''),
      namespace: 'agent2',
    }));
    build.onLoad({filter: /.*/, namespace: 'agent2'}, ({path}) => ({
      contents: virtualModule(path),
      loader: 'js',
      resolveDir: root,
    }));
  },
};

/** For vite and vitest. */
export const viteVirtualModules = {
  name: 'agent2-virtual-modules',
  enforce: 'pre',
  resolveId: id => (prefix.test(id) ? `\0${id}` : undefined),
  load: id =>
    id.startsWith('\0agent2:') ? virtualModule(id.slice('\0agent2:'.length)) : undefined,
};
