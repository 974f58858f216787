import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {startAgent2} from '../helpers/program.ts';
import {signal} from '../helpers/processes.ts';
import {readStatus} from '../helpers/status.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

test('a file with twenty thousand mistakes, saved while it runs, delays neither a fix nor the end', async () => {
  const home = makeHome();
  const path = join(home.path, 'agent2.yaml');
  writeFileSync(
    path,
    'preset: dev\ntargets:\n  - name: web\n    fix: {use: child, command: [sleep, "1000"]}\n',
  );
  const program = startAgent2(['run', '--config', path, '--state-dir', home.stateDir], {
    env: home.env,
  });
  const pid = () => readStatus(home)?.targets[0]?.process?.pid ?? undefined;
  const first = await until('the child runs', pid);
  writeFileSync(path, `targets:\n${'  - {nme: web}\n'.repeat(20_000)}`);
  signal(first, 'SIGKILL');
  await until('another child runs', () => pid() !== undefined && pid() !== first);
  await program.waitForLine(
    /agent2\.yaml:2:5: .*more than 999 more; .*the old config stays in use/,
  );
  writeFileSync(path, `targets:\n${'  - {nme: web}\n'.repeat(20_001)}`);
  expect(await program.stop()).toMatchObject({code: 0});
});
