import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {freePort} from '../helpers/port.ts';
import {agent2, startAgent2} from '../helpers/program.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

const CONFIG = (port: number, log: string) => `log: ${log}
targets:
  - name: web
    port: ${port}
    interval: 200ms
    confirm: 100ms
    threshold: 1
    grace: 200ms
    backoff: {base: 100ms, cap: 100ms}
    budget: 2 in 1m
    fix: {use: command, restart: [sh, -c, 'exit 1']}
`;

test('the log of a running monitor is rotated, shown, followed, compressed, and its history archived by the monitor itself', async () => {
  const home = makeHome();
  const config = join(home.path, 'agent2.yaml');
  // All of it is kept, however long the commands below take to look at it.
  writeFileSync(
    config,
    CONFIG(await freePort(), '{level: debug, format: json, maxSize: 2KiB, keep: 100}'),
  );
  const run = (...args: readonly string[]) => agent2(args, {env: home.env});
  const followed = startAgent2(['logs', '-f', '--target', 'web'], {env: home.env});
  const monitor = startAgent2(['run', '--config', config], {env: home.env, cwd: home.path});
  const files = () =>
    existsSync(home.stateDir)
      ? readdirSync(home.stateDir)
          .filter(name => name.startsWith('agent2.log'))
          .sort()
      : [];
  await until('rotated', () => files().length >= 3);
  await followed.waitForLine(/- Agent2 - ERROR - web: .*held/);
  const [errors, json, archive, compress, wrong] = await Promise.all([
    run('logs', '--level', 'error'),
    run('logs', '-n', '1', '--json', '--since', '1m'),
    run('maintain', 'archive'),
    run('maintain', 'compress'),
    run('logs', '--since', 'soon'),
  ]);
  expect(errors).toMatchObject({code: 0, stderr: ''});
  expect(errors.stdout).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - Agent2 - ERROR - web: /);
  expect(JSON.parse(json.stdout)).toMatchObject({
    logger: 'agent2',
    target: 'web',
    kind: expect.any(String) as unknown,
  });
  expect(archive).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^archive: the history \(fixes: 2, incidents: 0; open incidents stay\) was archived in .*archive\/fixes-\d{8}-\d{6}\.json\.gz \(\d+ B\) and starts empty\n.*0 B freed\n$/,
    ) as unknown,
  });
  expect(compress).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/compress: compressed agent2\.log\.\d \(.* to .*\)/) as unknown,
  });
  expect(wrong).toMatchObject({
    code: 64,
    stderr: expect.stringContaining(
      "--since 'soon' is not valid; expected how long ago (30m, 1h, 7d), a time (10:30) or a date",
    ) as unknown,
  });
  // The config says text from now on: the running monitor takes it over.
  writeFileSync(config, readFileSync(config, 'utf8').replace('format: json', 'format: text'));
  await monitor.waitForLine(/^\d{4}-.* - Agent2 - INFO - agent2: config reloaded/);
  await monitor.stop();
  expect(await followed.stop('SIGINT')).toMatchObject({code: 130, stderr: ''});
  const past = await run('logs', '-n', 'all');
  expect(
    past.stdout
      .split('\n')
      .filter(
        line => !/^\d{4}-\d\d-\d\d .* - Agent2 - (DEBUG|INFO|WARNING|ERROR) - \S+: |^$/.test(line),
      ),
  ).toEqual([]);
  const again = await run('maintain', 'all', '--dry-run');
  expect(again).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^prune: nothing old enough to be pruned\ncompress: (would compress agent2\.log\.\d|no rotated log)[^]*archive: there is no history to archive\n.*nothing was changed/,
    ) as unknown,
  });
});

test('a word that is none for the format or the level is refused, with what was meant', async () => {
  const home = makeHome();
  expect(
    await agent2(['run', 'http://127.0.0.1:1/', '--log-format', 'jsno'], {env: home.env}),
  ).toMatchObject({
    code: 64,
    stdout: '',
    stderr:
      "agent2: --log-format 'jsno' is not valid; expected one of text, json, e.g. --log-format json; did you mean --log-format json?\n",
  });
  const config = join(home.path, 'agent2.yaml');
  writeFileSync(config, CONFIG(80, '{format: yaml, maxSize: 5, keep: 0}'));
  const {code, stderr} = await agent2(['config', 'check', config], {env: home.env});
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /log\.format is 'yaml'; allowed: text, json\n.*log\.maxSize is 5; allowed: 1 KiB to 1 TiB.*e\.g\. 10MiB\n.*log\.keep is 0; expected a whole number from 1 to 100/,
  );
});
