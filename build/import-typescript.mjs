import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
let imports = 0;

/** What the given TypeScript files export (paths from the root), together: for tools that need the tests' helpers on a Node that cannot read types. */
export async function importTypescript(...paths) {
  const outfile = join(root, 'node_modules/.cache/agent2', `${process.pid}-${(imports += 1)}.mjs`);
  await build({
    stdin: {contents: paths.map(path => `export * from './${path}';`).join('\n'), resolveDir: root},
    absWorkingDir: root,
    outfile,
    bundle: true,
    external: ['@lydell/node-pty'],
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile);
  }
}
