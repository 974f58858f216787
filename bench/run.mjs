/**
 * `npm run bench`: how fast, how small and how quick to heal agent2 is on this machine. Prints one JSON; progress goes to stderr.
 *   --quick                  fewer runs and ten idle seconds
 *   --only cpu|faults|start  one part of it
 */
import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {importTypescript} from '../build/import-typescript.mjs';

const PARTS = ['start', 'cpu', 'faults'];
const {values} = parseArgs({
  options: {quick: {type: 'boolean', default: false}, only: {type: 'string'}},
});
if (values.only !== undefined && !PARTS.includes(values.only)) {
  process.stderr.write(`bench: --only ${values.only}: there are ${PARTS.join(', ')}\n`);
  process.exit(64);
}

execFileSync(process.execPath, ['build/build.mjs'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: ['ignore', 2, 2],
});
const {bench} = await importTypescript('bench/bench.ts');
const report = await bench({
  quick: values.quick,
  parts: values.only === undefined ? PARTS : [values.only],
});
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
