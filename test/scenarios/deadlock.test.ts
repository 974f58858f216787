import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {startAgent2} from '../helpers/program.ts';
import {startService} from '../helpers/service.ts';
import {watchArguments} from '../helpers/watch.ts';

afterEach(cleanUp);

test.runIf(process.platform === 'linux')(
  'a deadlocked service is restarted after one time limit, and the log says why',
  async () => {
    const home = makeHome();
    const service = await startService(home);
    const program = startAgent2(['run', ...watchArguments(service, 'dev'), '--timeout', '2s'], {
      env: home.env,
    });
    await program.waitForLine('healthy at first sight');
    await service.fault('deadlock');
    await program.waitForLine(/down: hung: idle: GET \/api\/health: no response within 2\.0 s/);
    await program.waitForLine('recovered');
    const {stdout} = await program.stop();
    expect(stdout).not.toContain('failure 1 of 2');
    expect(stdout).toMatch(/fix: restart because hung: idle \(.*: a deadlock\)/);
  },
);
