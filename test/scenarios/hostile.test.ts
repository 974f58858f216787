import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {startProgram} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {agent2, startAgent2} from '../helpers/program.ts';
import {cli} from '../helpers/root.ts';
import {healthIs} from '../helpers/status.ts';
import {openTerminal} from '../helpers/terminal.ts';

afterEach(cleanUp);

/** Anything but printable characters and line feeds; bidi and zero-width characters count as unprintable. */
const RAW =
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/;

test('what a hostile service answers reaches neither output nor log nor status file raw', async () => {
  const home = makeHome();
  const {line} = await startProgram('hostile.mjs');
  const program = startAgent2(
    [
      'run',
      `http://127.0.0.1:${line}/`,
      '--expect',
      'status=ok',
      '--preset',
      'dev',
      '--log-level',
      'debug',
    ],
    {env: home.env},
  );
  await program.waitForLine(/down: unhealthy/);
  const {stdout} = await program.stop();
  const files = ['agent2.log', 'agent2_status.json'].map(name =>
    readFileSync(join(home.stateDir, name), 'utf8'),
  );
  for (const text of [stdout, ...files]) {
    expect(text).toContain('evil');
    expect(text).not.toMatch(RAW);
    expect(text).not.toContain('\\u001b');
  }
});

test('check says what a hostile service answered in plain text', async () => {
  const {line} = await startProgram('hostile.mjs');
  for (const format of [[], ['--json']]) {
    const {stdout, code} = await agent2([
      'check',
      `http://127.0.0.1:${line}/`,
      '--expect',
      'status=ok',
      ...format,
    ]);
    expect(code).toBe(2);
    expect(stdout).toContain('unhealthy');
    expect(stdout).not.toMatch(RAW);
  }
});

test('on the screen a hostile answer neither writes the clipboard nor the title, nor clears anything', async () => {
  const home = makeHome();
  const {line} = await startProgram('hostile.mjs');
  const terminal = openTerminal({
    argv: [cli, `http://127.0.0.1:${line}/`, '--expect', 'status=ok', '--preset', 'dev'],
    cols: 100,
    rows: 30,
    env: home.env,
  });
  await terminal.waitFor(/DOWN/);
  terminal.type('w');
  await terminal.waitFor(/seen +GET/);
  await healthIs(home, 'down');
  const raw = terminal.raw();
  expect(raw).not.toContain('\u001B]52');
  expect(raw).not.toContain('\u001B]0;');
  expect(raw).not.toMatch(/[\u0000\u0080-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069]/);
});
