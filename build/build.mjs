/** `npm run build`: everything that ships, into dist/. Third-party code is bundled into chunks; a command loads only the chunks it needs. */
import {chmodSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {esbuildVirtualModules} from './virtual-modules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
/** A small chunk, and the part of the entries that have to share it. More would make every command load what few need: measured with `--version` and `status`. */
const SMALL_BYTES = 4_096;
const MANY = 0.25;
rmSync(dist, {recursive: true, force: true});

const options = {
  absWorkingDir: root,
  entryPoints: {'cli': 'cli.tsx', 'demo-service': 'source/demo/service.ts'},
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  keepNames: false,
  metafile: true,
  jsx: 'automatic',
  define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
  // CommonJS in an ES module bundle needs a require of its own.
  banner: {
    js: "import {createRequire as __createRequire} from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
};
const plugins = [esbuildVirtualModules, trimmed()];
const apart = await build({...options, plugins, write: false});
const {metafile} = await build({
  ...options,
  plugins: [sharedChunk(apart.metafile.outputs), ...plugins],
});

chmodSync(join(dist, 'cli.js'), 0o755);
writeFileSync(join(dist, 'meta.json'), JSON.stringify(metafile));
writeFileSync(join(dist, 'THIRD-PARTY-LICENCES.txt'), licences(Object.keys(metafile.inputs)));

/**
 * Puts the small modules that many entries share into one chunk: every entry imports all of them. esbuild makes a chunk for each set of entries that reach the same
 * modules; that is dozens of chunks of some hundred bytes, and node takes about half a millisecond to load one.
 */
function sharedChunk(outputs) {
  const entries = Object.entries(outputs).filter(([, {entryPoint}]) =>
    /^(cli|source\/(?!demo\/))/.test(entryPoint ?? ''),
  );
  const reached = new Map();
  for (const [path] of entries)
    for (const chunk of chunksFrom(path, outputs))
      reached.set(chunk, (reached.get(chunk) ?? 0) + 1);
  const shared = Object.entries(outputs)
    .filter(
      ([path, {entryPoint, bytes}]) =>
        !entryPoint && bytes < SMALL_BYTES && (reached.get(path) ?? 0) >= entries.length * MANY,
    )
    .flatMap(([, {inputs}]) => Object.keys(inputs))
    .filter(input => input.startsWith('source/'));
  const importing = new Set(entries.map(([, {entryPoint}]) => join(root, entryPoint)));
  return {
    name: 'shared-chunk',
    setup(build) {
      build.onResolve({filter: /^agent2:shared$/}, () => ({path: 'shared', namespace: 'shared'}));
      build.onLoad({filter: /.*/, namespace: 'shared'}, () => ({
        contents: shared.map(input => `import ${JSON.stringify(join(root, input))};`).join('\n'),
        resolveDir: root,
      }));
      build.onLoad({filter: /\.tsx?$/}, ({path}) =>
        importing.has(path)
          ? {
              contents: `${readFileSync(path, 'utf8')}\nimport 'agent2:shared';`,
              loader: path.endsWith('x') ? 'tsx' : 'ts',
            }
          : undefined,
      );
    },
  };
}

/** The output and all that it imports at once. */
function chunksFrom(path, outputs, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const {path: next, kind, external} of outputs[path]?.imports ?? [])
    if (kind === 'import-statement' && !external) chunksFrom(next, outputs, seen);
  return seen;
}

/** Leaves out unused parts of third-party code that cost time and memory at every start. */
function trimmed() {
  return {
    name: 'trimmed',
    setup(build) {
      // Ink's bridge to the React developer tools, which are not installed.
      build.onLoad({filter: /ink\/build\/devtools\.js$/}, () => ({contents: ''}));
      // Yoga decodes its embedded WebAssembly with fetch if it exists, which would load all of node's own undici for it.
      // Segmenters and the emoji pattern take 30 ms to make, and most text needs neither.
      build.onLoad({filter: /(string-width|slice-ansi|ansi-tokenize)\/.*\.js$/}, ({path}) => ({
        contents: onDemand(readFileSync(path, 'utf8')),
      }));
      build.onLoad({filter: /yoga-layout\/dist\/binaries\/.*\.js$/}, ({path}) => ({
        contents: `const fetch = undefined;\n${readFileSync(path, 'utf8')}`,
      }));
    },
  };
}

/** The same module, with its top-level objects made at first use. */
function onDemand(source) {
  return source
    .replace(
      /^const (\w+) = (new Intl\.Segmenter\(.*\));$/gm,
      'let $1Made; const $1 = {segment: text => ($1Made ??= $2).segment(text)};',
    )
    .replace(
      /^const (\w+) = (\/\^\\p\{RGI_Emoji\}\$\/v);$/gm,
      'let $1Made; const $1 = {test: text => ($1Made ??= $2).test(text)};',
    );
}

/** The licence of every package in a chunk: bundling copies their code, so their terms travel with it. */
function licences(inputs) {
  const folders = new Set(
    inputs.map(input => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]).filter(Boolean),
  );
  folders.add('node_modules/ink-table');
  return [...folders]
    .sort()
    .map(folder => {
      const {name, version, license} = JSON.parse(
        readFileSync(join(root, folder, 'package.json'), 'utf8'),
      );
      return `${name} ${version} (${license})\n\n${licenceText(join(root, folder))}`;
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`);
}

function licenceText(folder) {
  const name = readdirSync(folder).find(name => /^licen[cs]e/i.test(name));
  if (name) return readFileSync(join(folder, name), 'utf8').trim();
  const {license, author} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (license !== 'MIT')
    throw new Error(`${folder} names the licence ${license} and has no text of it`);
  return readFileSync(join(root, 'LICENSE'), 'utf8')
    .trim()
    .replace(
      /^Copyright.*$/m,
      `Copyright (c) ${typeof author === 'object' ? author.name : (author ?? 'the authors')}`,
    );
}
