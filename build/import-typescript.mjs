import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {esbuildVirtualModules} from './virtual-modules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
let imports = 0;

/** The combined exports of the given TypeScript files (paths from the root) and virtual modules (`agent2:NAME`): for tools, on a Node that cannot read types. */
export async function importTypescript(...paths) {
  const outfile = join(root, 'node_modules/.cache/agent2', `${process.pid}-${(imports += 1)}.mjs`);
  await build({
    stdin: {contents: paths.map(exported).join('\n'), resolveDir: root},
    absWorkingDir: root,
    outfile,
    bundle: true,
    external: ['@lydell/node-pty'],
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    plugins: [esbuildVirtualModules],
    logLevel: 'warning',
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile);
  }
}

function exported(path) {
  return `export * from '${path.startsWith('agent2:') ? path : `./${path}`}';`;
}
