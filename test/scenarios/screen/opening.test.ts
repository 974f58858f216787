import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../../helpers/cleanup.ts';
import {makeHome} from '../../helpers/home.ts';
import {startAgent2} from '../../helpers/program.ts';

afterEach(cleanUp);

test('a log that cannot be opened is told, and the service is watched all the same', async () => {
  const home = makeHome();
  mkdirSync(join(home.stateDir, 'agent2.log'), {recursive: true});
  const program = startAgent2(['run', 'http://127.0.0.1:1/'], {env: home.env});
  await program.waitForLine(
    /ERROR - agent2: log .*agent2\.log cannot be written: it is a directory/,
  );
  await program.waitForLine(/failure 1 of 2/);
  expect(await program.stop()).toMatchObject({code: 0});
});

test('a memory that cannot be read is moved away and told, and the service is watched all the same', async () => {
  const home = makeHome();
  mkdirSync(join(home.stateDir, 'run', 'memory.json'), {recursive: true});
  const program = startAgent2(['run', 'http://127.0.0.1:1/'], {env: home.env});
  await program.waitForLine(
    /WARNING - agent2: .*memory\.json cannot be read \(it is a directory, .*was moved to/,
  );
  await program.waitForLine(/failure 1 of 2/);
  expect(await program.stop()).toMatchObject({code: 0});
});
