import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {startAgent2} from '../helpers/program.ts';
import {quickest} from '../helpers/quickest.ts';
import {startService} from '../helpers/service.ts';
import {watchArguments} from '../helpers/watch.ts';

afterEach(cleanUp);

const CONTROL = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/;

test('over a pipe agent2 prints one line per change and no escape codes', async () => {
  const home = makeHome();
  const service = await startService(home);
  const program = startAgent2(watchArguments(service, 'dev'), {env: home.env});
  await program.waitForLine('healthy at first sight');
  service.signal('SIGKILL');
  await program.waitForLine(/crashed/);
  await program.waitForLine(/recovered|healthy again|healed/i);
  const {stdout, code} = await program.stop();
  expect(code).toBe(0);
  expect(stdout).not.toMatch(CONTROL);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(12);
  expect(new Set(lines).size).toBe(lines.length);
});

test("run logs in AgentOS's format and is gone within a second of SIGTERM and of SIGINT", async () => {
  for (const [name, wanted] of [
    ['SIGTERM', 0],
    ['SIGINT', 130],
  ] as const) {
    const tookMs = await quickest(1_000, async () => {
      const home = makeHome();
      const service = await startService(home);
      const program = startAgent2(['run', ...watchArguments(service, 'dev')], {env: home.env});
      await program.waitForLine('healthy at first sight');
      const at = performance.now();
      const {code, stdout} = await program.stop(name);
      const tookMs = performance.now() - at;
      expect(code).toBe(wanted);
      for (const line of stdout.trimEnd().split('\n'))
        expect(line).toMatch(
          /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - Agent2 - (INFO|WARNING|ERROR) - /,
        );
      return tookMs;
    });
    expect(tookMs).toBeLessThan(1_000);
  }
});
