import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {agent2, startAgent2} from '../helpers/program.ts';
import {startService} from '../helpers/service.ts';

afterEach(cleanUp);

const URL = 'http://127.0.0.1:9/';

describe('wrong usage ends with 64 and one line that says what to type instead:', () => {
  test.each<[readonly string[], RegExp]>([
    [['--bogus'], /unknown option '--bogus'/],
    [['--intervall', '5s'], /did you mean --interval\?/],
    [
      ['--preset', 'prd', URL],
      /--preset 'prd' is not valid; expected one of dev, test, prod, .*did you mean --preset prod\?/,
    ],
    [[URL, '--interval', '0'], /--interval '0' is not valid; allowed: .*e\.g\. --interval 5s/],
    [[URL, '--interval', '-1'], /--interval '-1' is not valid/],
    [[URL, '--interval', 'abc'], /--interval 'abc' is not valid/],
    [[URL, '--timeout', '0'], /--timeout '0' is not valid/],
    [[URL, '--threshold', '0'], /--threshold '0' is not valid; expected a whole number from 1/],
    [[URL, '--retries', '1.5'], /--retries '1.5' is not valid/],
    [[URL, '--port', '99999'], /expected a whole number from 1 to 65535/],
    [['not a url'], /'not a url' is not a url/],
    [['127.0.0.1:8080'], /e\.g\. agent2 http:\/\/127\.0\.0\.1:8080/],
    [
      ['localhost:3000/health'],
      /http:\/\/ or https:\/\/ is missing, e\.g\. agent2 http:\/\/localhost:3000\/health/,
    ],
    [
      ['ftp://127.0.0.1/x'],
      /allowed: http:, https: and unix:, e\.g\. agent2 http:\/\/127\.0\.0\.1\/x/,
    ],
    [['chek'], /neither a command nor a url; the commands are .*did you mean agent2 check\?/],
    [[URL, 'extra'], /unexpected argument 'extra'/],
    [[URL, '--restart', ''], /--restart '' contains no command; give one, e\.g\./],
    [[URL, '--restart', "a 'b"], /never closed/],
    [[URL, '--restart', 'x', '--', 'y'], /leave out --restart/],
    [[URL, '--unit', 'web*'], /--unit 'web\*' is not the name of a unit; allowed: letters/],
    [[URL, '--unit', 'user:web@'], /--unit 'web@' is a template; name one of its instances/],
    [[URL, '--unit', 'x', '--restart', 'y'], /--unit and --restart exclude each other/],
    [[URL, '--unit', 'x', '--', 'y'], /leave out --unit/],
    [[URL, '--'], /there is no command after --/],
    [[URL, '--expect', 'status'], /--expect 'status' is not valid; expected KEY=VALUE/],
    [[URL, '--theme', 'neon'], /--theme 'neon' is not valid; expected one of dark, light/],
    [[URL, '--log-level', 'loud'], /expected one of debug, info, warning, error/],
    [
      [URL, '--state-dir', '/nonexistent/a/b'],
      /its parent \/nonexistent\/a does not exist; create it: mkdir -p \/nonexistent\/a/,
    ],
    [['check', URL, '--', 'cmd'], /check does not start a command/],
    [['demo', 'x'], /unexpected argument 'x'/],
  ])('agent2 %j', async (args, message) => {
    const {stdout, stderr, code} = await agent2(args);
    expect(stderr).toMatch(message);
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .filter(line => !line.startsWith('npm ')),
    ).toHaveLength(1);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stdout).toBe('');
    expect(code).toBe(64);
  });
});

describe('what cannot be done ends with 1 and says the way out:', () => {
  test('a state directory that cannot be written', async () => {
    for (const command of [[], ['run']]) {
      const {stderr, code} = await agent2([...command, URL, '--state-dir', '/proc/agent2']);
      expect(stderr).toMatch(
        /\/proc\/agent2: it cannot be written .*choose another: --state-dir DIR/,
      );
      expect(code).toBe(1);
    }
  });

  test('a state directory that is a file', async () => {
    const home = makeHome();
    const path = join(home.path, 'file');
    writeFileSync(path, '');
    const {stderr, code} = await agent2([URL, '--state-dir', path], {env: home.env});
    expect(stderr).toMatch(/it is not a directory/);
    expect(code).toBe(1);
  });

  test('a second monitor for the same state directory, which names the first', async () => {
    const home = makeHome();
    const service = await startService(home);
    const first = startAgent2(['run', service.url], {env: home.env});
    await first.waitForLine('healthy at first sight');
    const {stderr, code} = await agent2(['run', service.url], {env: home.env});
    expect(stderr).toContain(`another agent2, pid ${first.pid} (watching 127.0.0.1:`);
    expect(stderr).toContain('--state-dir DIR');
    expect(code).toBe(1);
    expect((await first.stop()).code).toBe(0);
  });

  test('a command behind -- that does not exist', async () => {
    const home = makeHome();
    const {stderr, code} = await agent2([URL, '--', 'agent2-no-such-command'], {env: home.env});
    expect(stderr).toMatch(/command not found: agent2-no-such-command/);
    expect(code).toBe(1);
    const again = await agent2([URL, '--', 'agent2-no-such-command'], {env: home.env});
    expect(again.stderr).toBe(stderr);
  });
});

test('a lock left by a monitor that was killed is taken over', async () => {
  const home = makeHome();
  const service = await startService(home);
  const first = startAgent2(['run', service.url], {env: home.env});
  await first.waitForLine('healthy at first sight');
  process.kill(first.pid, 'SIGKILL');
  await first.end();
  const second = startAgent2(['run', service.url], {env: home.env});
  await second.waitForLine('healthy at first sight');
  expect((await second.stop()).code).toBe(0);
});

test('--help and the help of commands go to stdout', async () => {
  const {stdout, code} = await agent2(['--help']);
  expect(code).toBe(0);
  for (const word of [
    'Usage: agent2 [url]',
    'demo',
    'check',
    'run',
    '--restart',
    'Examples:',
    'agent2 demo',
  ])
    expect(stdout).toContain(word);
  for (const command of ['demo', 'check', 'run'])
    expect((await agent2([command, '--help'])).stdout).toContain(`Usage: agent2 ${command}`);
});
