import {writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {startAgent2} from '../helpers/program.ts';
import {root} from '../helpers/root.ts';
import {startService, untilHealthy} from '../helpers/service.ts';

afterEach(cleanUp);

test('with --unit a service that crashed is restarted by systemctl, and the log says so', async () => {
  const home = makeHome();
  const service = await startService(home);
  writeFileSync(join(home.path, 'web.service'), `#!/bin/sh\n${service.restartCommand}\n`, {
    mode: 0o755,
  });
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
  service.signal('SIGKILL');
  await program.waitForLine('systemctl restarted web.service; verifying');
  await program.waitForLine(/recovered|healthy again|healed/i);
  await untilHealthy(service.url);
  expect((await program.stop()).code).toBe(0);
});
