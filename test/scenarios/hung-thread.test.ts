import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {agent2, startAgent2} from '../helpers/program.ts';

afterEach(cleanUp);

/** A home in which a thread of agent2 waits for ever, as behind a hung disk: it opens a fifo that nobody writes. */
function hungHome() {
  const {path, env} = makeHome();
  const [fifo, preload] = [join(path, 'fifo'), join(path, 'preload.cjs')];
  execFileSync('mkfifo', [fifo]);
  writeFileSync(
    preload,
    `if (process.argv[1].endsWith('cli.js')) require('node:fs').open(${JSON.stringify(fifo)}, () => {});`,
  );
  return {...env, NODE_OPTIONS: `--require ${preload}`};
}

test('a monitor ends within seconds of SIGTERM while a disk does not answer', async () => {
  const program = startAgent2(['run', 'http://127.0.0.1:9/', '--observe'], {env: hungHome()});
  await program.waitForLine(/starts as process/);
  const begunAt = performance.now();
  const {stdout, signal} = await program.stop();
  expect(signal).toBe('SIGTERM');
  expect(stdout).toMatch('stops watching');
  expect(performance.now() - begunAt).toBeLessThan(10_000);
});

test('a command prints its results and ends while a disk does not answer', async () => {
  const {stdout, signal} = await agent2(['--version'], {env: hungHome()});
  expect(stdout).toMatch(/^agent2 \d/);
  expect(signal).toBe('SIGTERM');
});
