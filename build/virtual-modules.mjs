/**
 * Modules that are made at build time, the same for esbuild and for vitest:
 *   agent2:themes, agent2:fixes, agent2:probes, agent2:service-files, agent2:doctor, agent2:commands   what a folder holds, so that adding a thing is adding a file
 *   agent2:ink-table                               ink-table, whose `require('ink')` cannot work: ink has top-level await
 *   agent2:version                                 the version in package.json
 */
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = {
  'themes': 'themes',
  'fixes': 'source/fixes',
  'probes': 'source/probes',
  'service-files': 'source/service-files',
  'doctor': 'source/doctor',
  'commands': 'source/commands',
};

/** The source text of the virtual module `name` (without the prefix `agent2:`). */
export function virtualModule(name) {
  if (name in folders) return folderModule(join(root, folders[name]), name === 'themes');
  if (name === 'ink-table') return inkTableModule();
  if (name === 'version')
    return `export const version = ${JSON.stringify(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)};`;
  throw new Error(`no virtual module agent2:${name}`);
}

/** `load` maps a thing's name to the import of what its file exports as `definition`; `eager` where all are needed anyway and one file is read sooner than many. */
function folderModule(folder, eager) {
  const things = readdirSync(folder, {withFileTypes: true}).flatMap(entry =>
    thingOf(folder, entry),
  );
  const imports = things.map(({path}, index) =>
    eager ? `import {definition as definition${index}} from ${JSON.stringify(path)};` : '',
  );
  const entries = things.map(({name, path}, index) => {
    const value = eager
      ? `async () => definition${index}`
      : `() => import(${JSON.stringify(path)}).then(module => module.definition)`;
    return `  ${JSON.stringify(name)}: ${value},`;
  });
  return `${imports.join('\n')}\nexport const load = {\n${entries.join('\n')}\n};`;
}

/** NAME.ts, or NAME/command.ts where more belongs to it alone. */
function thingOf(folder, entry) {
  if (entry.isFile() && /\.tsx?$/.test(entry.name))
    return [{name: basename(entry.name).replace(/\.tsx?$/, ''), path: join(folder, entry.name)}];
  const path = join(folder, entry.name, 'command.ts');
  return entry.isDirectory() && existsSync(path) ? [{name: entry.name, path}] : [];
}

/** ink-table's own file, given the ink and react that the program already imported. */
function inkTableModule() {
  const require = createRequire(import.meta.url);
  return [
    `import * as ink from 'ink';`,
    `import * as React from 'react';`,
    // It hashes rows for their keys alone, and object-hash would load node:crypto for it at every start.
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
