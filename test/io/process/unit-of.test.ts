import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {unitOf} from '../../../source/io/process/unit-of.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';

afterEach(cleanUp);

test.each([
  ['0::/system.slice/agent2.service\n', '', 'agent2.service'],
  ['12:pids:/x\n1:name=systemd:/system.slice/agent2@web.service\n', '', 'agent2@web.service'],
  ['0::/system.slice/watch.service\n', 'A=1\0SYSTEMD_EXEC_PID=7\0', 'watch.service'],
  [
    '0::/user.slice/user-1000.slice/user@1000.service/app.slice/agent2.service\n',
    '',
    'user:agent2.service',
  ],
  ['0::/system.slice/cron.service\n', 'SYSTEMD_EXEC_PID=3\0', undefined],
  ['0::/system.slice/cron.service\n', '', undefined],
  ['0::/user.slice/user-1000.slice/session-2.scope\n', '', undefined],
  ['0::/user.slice/user-1000.slice/user@1000.service/init.scope\n', '', undefined],
  ['0::/\n', '', undefined],
])('a process in %j with the environment %j is run by %s', (cgroup, environ, wanted) => {
  const proc = temporaryDirectory();
  mkdirSync(join(proc, '7'));
  writeFileSync(join(proc, '7', 'cgroup'), cgroup);
  writeFileSync(join(proc, '7', 'environ'), environ);
  expect(unitOf(7, proc)).toBe(wanted);
});

test('a process that is gone is run by nobody', () => {
  expect(unitOf(7, temporaryDirectory())).toBeUndefined();
});
