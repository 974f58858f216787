import {spawnSync} from 'node:child_process';
import {afterEach, expect, test} from 'vitest';
import {INIT} from '../../../source/io/run/below-init.ts';
import {cleanUp} from '../../helpers/cleanup.ts';

afterEach(cleanUp);

const NAMESPACE = ['--pid', '--fork', '--mount-proc', '--kill-child'];
const isPrivileged = spawnSync('unshare', [...NAMESPACE, 'true']).status === 0;
if (!isPrivileged) process.stderr.write('skipped what needs a process 1 of its own\n');

/** Runs a script below the init of agent2, which is process 1. */
function below(script: string) {
  const {stdout, status} = spawnSync(
    'unshare',
    [...NAMESPACE, 'sh', '-c', INIT, 'agent2', 'sh', '-c', script],
    {encoding: 'utf8', timeout: 20_000},
  );
  return {stdout, status};
}

test.skipIf(!isPrivileged)('the init ends with the exit code of agent2', () => {
  expect(below('exit 7')).toEqual({stdout: '', status: 7});
  expect(below('exit 0').status).toBe(0);
});

test.skipIf(!isPrivileged)(
  'the init passes signals on, waits for agent2, and keeps its exit code',
  () => {
    const script = (name: string) =>
      `trap 'echo got ${name}; exit 5' ${name}; kill -${name} 1; while :; do sleep 0.05; done`;
    for (const name of ['TERM', 'HUP', 'USR2'])
      expect(below(script(name))).toEqual({stdout: `got ${name}\n`, status: 5});
  },
);

test.skipIf(!isPrivileged)('the init reaps orphans', () => {
  // Ten orphans have ended; as long as they are zombies, /proc has them.
  const orphans = 'for i in 1 2 3 4 5 6 7 8 9 10; do (true & exit 0); done';
  const zombies = `grep -l '^State:.Z' /proc/[0-9]*/status 2>/dev/null | wc -l`;
  const script = `${orphans}; for i in $(seq 100); do left=$(${zombies}); [ "$left" -eq 0 ] && break; sleep 0.05; done; echo $left`;
  expect(below(script)).toEqual({stdout: '0\n', status: 0});
});
