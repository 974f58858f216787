/** `npm run screenshot`: runs the built demo in a pseudo-terminal, breaks it twice, lets it heal, and writes the screen to docs/screenshot.svg. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {importTypescript} from './import-typescript.mjs';
import {terminalToSvg} from './svg.mjs';

const HELPERS = ['cleanup', 'home', 'root', 'status', 'terminal', 'until'].map(
  name => `test/helpers/${name}.ts`,
);
const {cleanUp, makeHome, root, cli, readStatus, openTerminal, until} = await importTypescript(
  ...HELPERS,
);

try {
  const home = makeHome();
  const terminal = openTerminal({
    argv: [cli, 'demo'],
    cols: 100,
    rows: 30,
    env: home.env,
  });
  const healed = cause => screen =>
    /● OK/.test(screen) &&
    screen.split('\n').some(line => line.includes(cause) && line.includes('success'));
  const checks = count =>
    until(`${count} checks`, () => readStatus(home)?.targets[0].total_checks >= count, {
      deadlineMs: 90_000,
    });
  await terminal.waitFor('● OK');
  terminal.type('e');
  await terminal.waitFor(healed('erroring'));
  // Long enough between the two to avoid flapping, and after them for some history.
  await checks(15);
  terminal.type('c');
  await terminal.waitFor(healed('crashed'));
  await checks(35);
  mkdirSync(join(root, 'docs'), {recursive: true});
  writeFileSync(join(root, 'docs/screenshot.svg'), terminalToSvg(terminal.emulator, 'agent2 demo'));
} finally {
  await cleanUp();
}
