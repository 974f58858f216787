import {readFileSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../../helpers/cleanup.ts';
import {makeHome} from '../../helpers/home.ts';
import {startAgent2} from '../../helpers/program.ts';
import {root} from '../../helpers/root.ts';
import {startService} from '../../helpers/service.ts';
import {until} from '../../helpers/until.ts';

afterEach(cleanUp);

test('what systemd was told to stop stays stopped (told_to_stop), and what it restarts is waited for (being_restarted)', async () => {
  const home = makeHome();
  const service = await startService(home);
  const says = (active: string, sub: string) =>
    writeFileSync(
      join(home.path, 'web.service.state'),
      `ActiveState=${active}\nSubState=${sub}\nType=simple\nResult=success\n`,
    );
  const env = {
    ...home.env,
    FAKE_DIR: home.path,
    PATH: `${join(root, 'test/fixtures/bin')}${delimiter}${home.env['PATH']}`,
  };
  const program = startAgent2(
    ['run', service.url, '--pid-file', service.pidFile, '--preset', 'dev', '--unit', 'user:web'],
    {env},
  );
  await program.waitForLine('healthy at first sight');

  says('activating', 'auto-restart');
  service.signal('SIGKILL');
  await program.waitForLine(
    'systemd says that web.service is activating (auto-restart): waiting for it',
  );
  const second = await startService(home, {port: service.port});
  await program.waitForLine(/ok again after .*, before a fix was needed/);

  says('inactive', 'dead');
  second.signal('SIGKILL');
  await program.waitForLine(
    'down: stopped_on_purpose: systemd was told to stop web.service; it is inactive (dead); not healed',
  );
  const statusFile = join(home.stateDir, 'agent2_status.json');
  const cause = 'stopped_on_purpose';
  await until('the status names the cause', () =>
    readFileSync(statusFile, 'utf8').includes(`"cause": "${cause}"`),
  );
  await startService(home, {port: service.port});
  await program.waitForLine(/recovered by itself/);
  expect(program.stdout()).not.toContain('fix: restart');
  expect((await program.stop()).code).toBe(0);
});
