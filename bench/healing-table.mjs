/** `npm run healing-table`: breaks a real service in every way, at dev, test and prod, and prints the table for docs/healing.md. Takes a few minutes; progress goes to stderr. */
import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {importTypescript} from '../build/import-typescript.mjs';

execFileSync(process.execPath, ['build/build.mjs'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: ['ignore', 2, 2],
});
const {healingTable} = await importTypescript('bench/healing-table.ts');
process.stdout.write(await healingTable());
