import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {userInfo} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {cleanUp} from '../../helpers/cleanup.ts';
import {runHere} from '../../helpers/command.ts';
import {makeHome, type Home} from '../../helpers/home.ts';
import {agent2} from '../../helpers/program.ts';
import {cli} from '../../helpers/root.ts';

const URL = 'http://127.0.0.1:3000/';
const UNIT = 'agent2-127.0.0.1-3000.service';
let home: Home;

beforeAll(() => {
  home = makeHome();
  // Answers like a systemctl that takes everything, and notes what it was asked.
  const bin = join(home.path, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'systemctl'),
    `#!/bin/sh\necho "systemctl $*" >>'${home.path}/calls'\n[ -e '${home.path}/denied' ] && { echo 'Failed to enable unit: Access denied' >&2; exit 4; }\nexit 0\n`,
  );
  chmodSync(join(bin, 'systemctl'), 0o755);
  for (const [name, value] of Object.entries({
    ...home.env,
    AGENT2_STATE_DIR: undefined,
    PATH: `${bin}:${home.env['PATH']}`,
  }))
    vi.stubEnv(name, value);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await cleanUp();
});

const run = (...words: readonly string[]) => runHere('service', ...words);

function calls(): readonly string[] {
  const path = join(home.path, 'calls');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  rmSync(path, {force: true});
  return lines;
}

describe('print', () => {
  test('writes a unit with the paths of this installation and the words of run', async () => {
    const {stdout, stderr, code} = await agent2(
      [
        'service',
        'print',
        'systemd',
        URL,
        '--unit',
        'web',
        '--preset',
        'prod',
        '--pid-file',
        'run/web.pid',
      ],
      {env: home.env, cwd: home.path},
    );
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(
      `ExecStart=${process.execPath} ${cli} run ${URL} --lang=en --pid-file=${home.path}/run/web.pid --preset=prod --unit=web --state-dir=${home.stateDir}\n`,
    );
    expect(stdout).toContain(`User=${userInfo().username}\n`);
    expect(stdout).toContain('After=network.target web.service\n');
    expect(stderr).toContain(`it belongs in /etc/systemd/system/${UNIT}`);
  });

  test('names the config file and the files of its targets', async () => {
    const config = join(home.path, 'agent2.yaml');
    writeFileSync(
      config,
      `name: shop\ntargets:\n  - name: web\n    url: "${URL}\${env:KEY}"\n    pidFile: /tmp/web.pid\n    fix: {use: command, restart: sudo -n systemctl restart web}\n`,
    );
    const {stdout, stderr, code} = await agent2(
      ['service', 'print', 'systemd', '--config', config],
      {env: {...home.env, KEY: 'secret'}},
    );
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(` run --lang=en --config=${config} --state-dir=${home.stateDir}\n`);
    expect(stdout).toContain('EnvironmentFile=-/etc/default/agent2-shop\n');
    expect(stdout).not.toMatch(/^(NoNewPrivileges|PrivateTmp)=/m);
    expect(stdout).not.toContain('secret');
    expect(stderr).toContain('NOPASSWD');
    expect(stderr).toContain(
      'agent2: it belongs in /etc/systemd/system/agent2-shop.service; agent2 service install systemd … writes it there',
    );
  });

  test('owns no limits where agent2 starts the service, and says why', async () => {
    const {stdout} = await run('print', 'systemd', URL, '--', 'node', 'my server.js');
    expect(stdout).toContain(` run ${URL} --lang=en -- node "my server.js"\n`);
    expect(stdout).not.toMatch(/^(MemoryMax|CPUQuota|NoNewPrivileges|PrivateTmp)=/m);
    expect(stdout).toContain('# No MemoryMax, no CPUQuota: agent2 starts the service itself');
  });

  test('keeps the language that is spoken now, needs its directory only for commands, and has no password in it', async () => {
    const words = ['print', 'systemd', 'http://bob:hunter22@127.0.0.1:3000/', '--unit', 'web'];
    const chinese = await agent2(['service', ...words], {
      env: {...home.env, LC_ALL: 'zh_CN.UTF-8'},
    });
    const open = await run(...words);
    const english = await run('print', 'systemd', URL, '--restart', 'systemctl --user restart web');
    expect(chinese.stdout).toContain(' --lang=zh');
    expect(english.stdout).toContain(' --lang=en');
    expect(open.stdout).toContain(`WorkingDirectory=${home.env['HOME']}\n`);
    expect(english.stdout).toContain(`WorkingDirectory=${process.cwd()}\n`);
    expect(open.stderr).toContain('the password or token is not in the file');
    expect(open.stdout + open.stderr).not.toContain('hunter22');
    expect(open.stdout).toContain(' run "http://bob:$${env:AGENT2_SECRET_1}@127.0.0.1:3000/" ');
    expect(open.stdout).toContain(
      `EnvironmentFile=/etc/agent2/${UNIT.replace('.service', '')}.secrets.env\n`,
    );
    expect(english.stderr).not.toContain('password');
    expect(english.stderr).toContain('use --unit user:NAME');
  });

  test.each([
    [['print'], 'service print needs one of launchd, logrotate, newsyslog, systemd'],
    [['prnt', 'systemd'], 'did you mean agent2 service print?'],
    [['print', 'systmd'], 'did you mean agent2 service print systemd?'],
    [['print', 'systemd', URL, '--preset', 'porduction'], "--preset 'porduction' is not valid"],
    [['print', 'systemd', 'ftp://x'], 'ftp'],
    [['print', 'systemd', URL, '--log-level', 'loud'], "--log-level 'loud' is not valid"],
    [['print', 'systemd', URL, '--', 'a\nb'], 'control character'],
    [['print', 'systemd', URL, '--user', '--system'], 'exclude each other'],
    [['print', 'logrotate', URL, '--user'], '--run-as NAME'],
    [['print', 'systemd', URL, '--now'], '--now is only for install'],
    [['install', 'systemd', URL, '--now', '--root', 'x'], '--root and --now exclude each other'],
  ])('refuses %j with 64', async (words, told) => {
    const {code, stderr, stdout} = await run(...words);
    expect(stderr).toContain(told);
    expect([code, stdout]).toEqual([64, '']);
  });
});

describe('a password or token in the words', () => {
  const secret = ['http://bob:hunter22@127.0.0.1:3000/', '--user'];
  const restart = ['--restart', `./restart.sh --token 'it'"'"'s a token' --fast`];

  test('goes to a file of its own that only its owner may read, and comes back from it', async () => {
    const {code, stdout, stderr} = await run('install', 'systemd', ...secret, ...restart);
    expect(code, stderr).toBe(0);
    const unit = readFileSync(join(home.path, '.config/systemd/user', UNIT), 'utf8');
    expect(unit + stdout + stderr).not.toMatch(/hunter22|s a token/);
    expect(unit).toContain('"--restart=./restart.sh --token ');
    const path = join(home.path, '.config/agent2', UNIT.replace('.service', '.secrets.env'));
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect(unit).toContain(`EnvironmentFile=${path.replace(home.path, '%h')}\n`);
    const lines = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .filter(line => !line.startsWith('#'));
    expect(lines.sort()).toEqual(["AGENT2_SECRET_1='hunter22'", 'AGENT2_SECRET_2="it\'s a token"']);

    const removed = await run('uninstall', 'systemd', ...secret);
    expect(removed.code, removed.stderr).toBe(0);
    expect(existsSync(path)).toBe(false);
    calls();
  });

  test('is refused for launchd, which has no such file', async () => {
    for (const action of ['print', 'install']) {
      const {code, stdout, stderr} = await run(action, 'launchd', ...secret);
      expect([code, stdout]).toEqual([64, '']);
      expect(stderr).toContain('put it into a config file');
      expect(stderr).not.toContain('hunter22');
    }
  });
});

describe('install', () => {
  const words = ['systemd', URL, '--unit', 'user:web', '--user'];
  const path = () => join(home.path, '.config/systemd/user', UNIT);

  test('writes the file, says how to start it, does so when asked, and takes it back', async () => {
    const first = await run('install', ...words);
    expect(first, first.stderr).toMatchObject({code: 0});
    expect(first.stdout).toContain(`${path()} written\n`);
    expect(first.stdout).toContain(
      'to undo: agent2 service uninstall systemd --name agent2-127.0.0.1-3000 --user\n',
    );
    expect(first.stdout).toContain(
      `next: systemctl --user daemon-reload && systemctl --user enable --now ${UNIT}\n`,
    );
    expect(calls()).toEqual([]);
    const text = readFileSync(path(), 'utf8');

    const again = await run('install', ...words, '--now');
    expect(again.stdout).toContain(`${path()} is up to date\n`);
    expect(calls()).toEqual([
      'systemctl --user daemon-reload',
      `systemctl --user enable --now ${UNIT}`,
    ]);
    expect(readFileSync(path(), 'utf8')).toBe(text);

    const other = await run('install', ...words, '--preset', 'prod', '--now');
    expect(other.code).toBe(0);
    expect(calls()).toEqual([
      'systemctl --user daemon-reload',
      `systemctl --user enable ${UNIT}`,
      `systemctl --user restart ${UNIT}`,
    ]);

    const removed = await run('uninstall', 'systemd', '--user', '--name', '127.0.0.1:3000');
    expect(removed.stdout).toContain(`${path()} removed\n`);
    expect(calls()).toEqual([
      `systemctl --user disable --now ${UNIT}`,
      'systemctl --user daemon-reload',
    ]);
    expect(existsSync(path())).toBe(false);
    expect(await run('uninstall', 'systemd', '--user', '--name', '127.0.0.1:3000')).toMatchObject({
      code: 0,
      stdout: `${path()} does not exist; there is nothing to remove\n`,
    });
  });

  test('below another root starts nothing, and leaves what is not its own', async () => {
    const root = join(home.path, 'image');
    const place = join(root, 'etc/systemd/system', UNIT);
    const into = ['systemd', URL, '--root', root];
    expect(await run('install', ...into)).toMatchObject({code: 0});
    writeFileSync(place, readFileSync(place, 'utf8').replace('RestartSec=5', 'RestartSec=50'));

    const edited = await run('install', ...into);
    expect(edited.code).toBe(1);
    expect(edited.stderr).toContain('was changed by hand and stays unchanged');
    expect(edited.stderr).toContain('- RestartSec=50\n+ RestartSec=5');

    writeFileSync(place, '[Service]\nExecStart=/bin/true\n');
    const foreign = await run('install', ...into);
    expect(foreign.code).toBe(1);
    expect(foreign.stderr).toContain('was not written by agent2');
    expect(await run('uninstall', ...into)).toMatchObject({code: 1});
    expect(readFileSync(place, 'utf8')).toContain('/bin/true');

    rmSync(place);
    symlinkSync('/dev/null', place);
    expect((await run('install', ...into)).stderr).toContain('a masked unit?');
    expect(await run('install', ...into, '--force')).toMatchObject({code: 0});
    expect(readFileSync(place, 'utf8')).toContain('RestartSec=5\n');
    expect((await run('uninstall', 'systemd', '--name', 'other', '--root', root)).stdout).toContain(
      `There is agent2-127.0.0.1-3000: agent2 service uninstall systemd --name agent2-127.0.0.1-3000 --root ${root}\n`,
    );
    expect(await run('uninstall', ...into)).toMatchObject({code: 0});
    expect(calls()).toEqual([]);
  });

  test('takes back what has the default name without a name, unless that came from elsewhere', async () => {
    const root = join(home.path, 'unnamed');
    const undo = async (...more: readonly string[]) =>
      /^to undo: (.*)$/m.exec(
        (await run('install', 'systemd', ...more, '--root', root)).stdout,
      )?.[1];
    expect(await undo()).toBe(`agent2 service uninstall systemd --root ${root}`);
    const config = join(home.path, 'unnamed.yaml');
    writeFileSync(config, 'targets: [{name: web, port: 3000}]\n');
    expect(await undo('--config', config)).toBe(
      `agent2 service uninstall systemd --name agent2 --root ${root}`,
    );
  });

  test('says what to do where it may not', async () => {
    writeFileSync(join(home.path, 'denied'), '');
    const {code, stderr} = await run('install', ...words, '--now');
    rmSync(join(home.path, 'denied'));
    calls();
    expect(code).toBe(1);
    expect(stderr).toContain(
      'systemctl --user daemon-reload: exit code 4: Failed to enable unit: Access denied',
    );
  });
});
