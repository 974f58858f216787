/** `npm run screenshot`: runs the built demo in a pseudo-terminal, crashes it, lets it heal, and writes what the screen shows to docs/screenshot.svg. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {importTypescript} from './import-typescript.mjs';
import {terminalToSvg} from './svg.mjs';

const HELPERS = ['cleanup', 'home', 'root', 'terminal', 'until'].map(name => `test/helpers/${name}.ts`);
const {cleanUp, makeHome, root, cli, openTerminal, until} = await importTypescript(...HELPERS);

try {
  const terminal = openTerminal({argv: [cli, 'demo'], cols: 100, rows: 30, env: makeHome().env});
  await terminal.waitFor('● OK');
  mkdirSync(join(root, 'docs'), {recursive: true});
  writeFileSync(join(root, 'docs/screenshot.svg'), terminalToSvg(terminal.emulator, 'agent2 demo'));
} finally {
  await cleanUp();
}
