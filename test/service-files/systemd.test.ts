import {spawnSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import type {Installation} from '../../source/contracts/service-file.ts';
import {definition} from '../../source/service-files/systemd.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {hasTool} from '../helpers/tool.ts';
import {facts, watched} from './facts.ts';

afterEach(cleanUp);

const lines = (changed: Partial<Installation>) =>
  definition.text({...facts, ...changed}, 'a mark').split('\n');

describe('a unit', () => {
  test('says when it is ready, is restarted and watched, and stays small', () => {
    expect(lines({})).toEqual(
      expect.arrayContaining([
        '# a mark',
        'Type=notify',
        'NotifyAccess=all',
        `ExecStart=${process.execPath} /opt/agent2/dist/cli.js run http://127.0.0.1:3000/ --unit=web`,
        'ExecReload=/bin/kill -HUP $MAINPID',
        'User=root',
        'Restart=on-failure',
        'StartLimitIntervalSec=5min',
        'StartLimitBurst=3',
        'WatchdogSec=60',
        'TimeoutStopSec=65',
        'KillMode=mixed',
        'MemoryMax=100M',
        'CPUQuota=10%',
        'NoNewPrivileges=yes',
        'PrivateTmp=yes',
        'ProtectSystem=full',
        'After=network.target web.service',
        'WantedBy=multi-user.target',
      ]),
    );
  });

  test('names commands for its own manager', () => {
    const hints = (scope: Installation['scope']) =>
      lines({scope})
        .filter(line => line.startsWith('#'))
        .join(' ')
        .replaceAll(/ # /g, ' ');
    expect(hints('system')).toMatch(
      /service install systemd"\..* systemctl edit agent2-web .* systemctl reset-failed agent2-web lets/,
    );
    expect(hints('user')).toMatch(
      /service install systemd --user"\..* systemctl --user edit agent2-web .* systemctl --user reset-failed agent2-web lets/,
    );
  });

  test('of a user has no account, no mounts, and starts with their own manager', () => {
    const unit = lines({
      scope: 'user',
      watched: {...watched, units: {system: [], user: ['web.service']}},
    });
    expect(unit).toEqual(
      expect.arrayContaining([
        'WantedBy=default.target',
        'After=web.service',
        'NoNewPrivileges=yes',
        'MemoryMax=100M',
      ]),
    );
    expect(
      unit.filter(line => /^(User|PrivateTmp|ProtectSystem|CapabilityBoundingSet)=/.test(line)),
    ).toEqual([]);
  });

  test.each(['children', 'commands'] as const)(
    'does not strangle %s that run inside of it',
    starts => {
      const unit = lines({watched: {...watched, starts}});
      expect(
        unit.filter(line =>
          /^(MemoryMax|CPUQuota|NoNewPrivileges|PrivateTmp|Protect\w+|Restrict\w+|CapabilityBoundingSet)=/.test(
            line,
          ),
        ),
      ).toEqual([]);
      expect(unit).toContain(starts === 'commands' ? 'KillMode=process' : 'KillMode=mixed');
    },
  );

  test('lets sudo be sudo', () => {
    const unit = lines({watched: {...watched, privileged: 'sudo systemctl restart web'}});
    expect(
      unit.filter(line =>
        /^(NoNewPrivileges|Restrict\w+|LockPersonality|SystemCallArchitectures|ProtectKernel\w+|CapabilityBoundingSet)=/.test(
          line,
        ),
      ),
    ).toEqual([]);
    expect(
      definition
        .notes({...facts, watched: {...watched, privileged: 'sudo systemctl restart web'}})
        .join(),
    ).toContain('NOPASSWD');
  });

  test('leaves /tmp as it is where something that is watched lies there', () => {
    const unit = lines({watched: {...watched, temporary: '/tmp/web.pid'}});
    expect(unit).toContain('# No PrivateTmp: /tmp/web.pid would not be visible.');
    expect(unit).not.toContain('PrivateTmp=yes');
  });

  test('takes its state directory from systemd where that can make it, and the secrets of the config file from a file', () => {
    const unit = lines({
      stateDir: '/var/lib/agent2/web',
      watched: {...watched, environmentNames: ['TOKEN']},
    });
    expect(unit).toEqual(
      expect.arrayContaining([
        'StateDirectory=agent2/web',
        'EnvironmentFile=-/etc/default/agent2-web',
      ]),
    );
  });
});

describe.skipIf(!hasTool('systemd-analyze', '--version'))('systemd itself', () => {
  const odd = [
    '--state-dir=/srv/a "b" \\c %h $HOME',
    "--restart=sh -c 'echo ${HOME} %n; x'",
    "it's",
    '',
  ];

  /** What systemd complains of, and the unit as it has understood it. */
  function read(changed: Partial<Installation>): {
    readonly complaints: string;
    understood(): string;
  } {
    const home = makeHome();
    const path = join(home.path, 'agent2-web.service');
    const program = join(home.path, 'cli.js');
    writeFileSync(program, '');
    const installation = {...facts, program, ...changed};
    writeFileSync(path, definition.text(installation, 'a mark'));
    const verify = (level: string) =>
      spawnSync(
        'systemd-analyze',
        ['verify', '--man=no', ...(installation.scope === 'user' ? ['--user'] : []), path],
        {
          env: {...home.env, SYSTEMD_LOG_LEVEL: level, SYSTEMD_LOG_TARGET: 'console'},
          encoding: 'utf8',
          timeout: 60_000,
        },
      );
    const complaints = verify('info');
    return {
      complaints: `${complaints.stdout}${complaints.stderr}${complaints.status === 0 ? '' : `exit code ${complaints.status}`}`,
      understood: () => verify('debug').stdout,
    };
  }

  test.each<[string, Partial<Installation>]>([
    ['of the system', {}],
    ['of a user', {scope: 'user'}],
    [
      'with sudo, a state directory of systemd and secrets',
      {
        stateDir: '/var/lib/agent2/a b',
        watched: {...watched, privileged: 'sudo x', environmentNames: ['TOKEN']},
      },
    ],
    ['whose commands start services', {watched: {...watched, starts: 'commands'}}],
  ])('finds nothing wrong with a unit %s', (_, changed) => {
    expect(read(changed).complaints).toBe('');
  });

  test('understands words, paths and values with every odd character as they are', () => {
    const home = makeHome();
    const cwd = join(home.path, 'a %n "b" $HOME');
    mkdirSync(cwd);
    const unit = read({cwd, words: odd, environment: {ODD: 'a "b" \\ %h $HOME'}});
    expect(unit.complaints).toBe('');
    const understood = unit.understood();
    const [command = ''] = /Command Line: \S+node.*/.exec(understood) ?? [];
    // As systemd writes it down again: in quotes, where a dollar sign is still two until the program is run.
    expect(command).toContain(
      `run ${odd.map(word => (/^$|[^\w]/.test(word) ? `"${word.replaceAll('$', '$$$$').replaceAll(/["\\$]/g, '\\$&')}"` : word)).join(' ')}`,
    );
    expect(understood).toContain(`WorkingDirectory: ${cwd}\n`);
    expect(understood).toContain('Environment: ODD=a "b" \\ %h $HOME\n');
  });
});
