import {spawnSync} from 'node:child_process';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {cli} from '../helpers/root.ts';

afterEach(cleanUp);

const NAMESPACE = ['--pid', '--fork', '--mount-proc', '--kill-child'];

test('agent2 as process 1 puts itself below an init or warns that zombies stay, and ends at SIGTERM', ({
  skip,
}) => {
  if (spawnSync('unshare', [...NAMESPACE, 'true']).status !== 0)
    skip('only a privileged user can make a process 1');
  const {env} = makeHome();
  const {stdout, status} = spawnSync(
    'unshare',
    // Another process of the namespace ends it, once it has come up.
    [
      ...NAMESPACE,
      'sh',
      '-c',
      '(until test -S "$AGENT2_STATE_DIR/run/agent2.sock"; do sleep 0.1; done; kill 1) & exec "$0" "$1" run --port 1',
      process.execPath,
      cli,
    ],
    {env, encoding: 'utf8', timeout: 30_000},
  );
  // Node 22.15 and later can replace itself by another program.
  const own = /agent2 \S+ starts as process ([2-9]|\d\d+):/;
  const warning = /WARNING - agent2: agent2 is process 1 here.*docker run --init/;
  expect(stdout).toMatch('execve' in process ? own : warning);
  expect(status).toBe(0);
});
