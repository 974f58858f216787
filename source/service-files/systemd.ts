import {posix} from 'node:path';
import type {Installation, ServiceFileDefinition} from '../contracts/service-file.ts';
import {say} from '../core/text/say.ts';
import {typed} from '../format/shell-words.ts';
import {comment, commented, type Part} from './shared/commented.ts';
import {notesOn} from './shared/notes.ts';
import {sandbox} from './shared/systemd-sandbox.ts';
import {commandWord, plain, quoted} from './shared/systemd-words.ts';

/** A unit of systemd, of the machine or of the user's own manager. docs/service.md explains its lines. */
export const definition: ServiceFileDefinition = {
  summary: () =>
    say`a unit that starts agent2 at boot, restarts it, watches it by its watchdog, and confines it`,
  scope: 'system',
  path: ({scope, account, name}) =>
    posix.join(
      scope === 'system' ? '/etc/systemd/system' : posix.join(account.home, '.config/systemd/user'),
      unitOf(name),
    ),
  text: (facts, mark) =>
    [
      `# ${mark}`,
      ...comment(madeBy(facts)),
      section('Unit', unit(facts)),
      section('Service', service(facts)),
      section('Install', install(facts)),
    ].join('\n'),
  secretFile: facts =>
    hasSecrets(facts)
      ? {
          path: secretsPath(facts).replace('%h', facts.account.home),
          text: `${[
            ...comment(
              say`Passwords and tokens of ${unitOf(facts.name)}, made by "agent2 service install systemd"; nobody else may read them.`,
            ),
            ...Object.entries(facts.secrets).map(([name, secret]) => `${name}=${value(secret)}`),
          ].join('\n')}\n`,
        }
      : undefined,
  notes(facts) {
    const names = facts.watched.environmentNames;
    const secrets =
      names.length === 0
        ? []
        : [
            say`the config file takes ${names.join(', ')} from the environment; write NAME=value lines to ${fileOfEnvironment(facts.scope, facts.name).replace('%h', facts.account.home)}, readable only for its owner`,
          ];
    const linger =
      facts.scope === 'user'
        ? [
            say`a unit of your own runs only while you are logged in; to run it always: loginctl enable-linger ${facts.account.name}`,
          ]
        : [];
    const root =
      facts.scope === 'system' && facts.account.uid === 0
        ? [
            say`agent2 will run as root, which may restart every unit; to use another account: --run-as NAME`,
          ]
        : [];
    const hidden = hasSecrets(facts)
      ? [
          say`the password or token is not in the file, which others may read: install writes it to ${secretsPath(facts).replace('%h', facts.account.home)}, readable only for its owner`,
        ]
      : [];
    return [...notesOn(facts), ...hidden, ...secrets, ...root, ...linger];
  },
  enable: (facts, anew) => [
    systemctl(facts, 'daemon-reload'),
    ...(anew
      ? [
          systemctl(facts, 'enable', unitOf(facts.name)),
          systemctl(facts, 'restart', unitOf(facts.name)),
        ]
      : [systemctl(facts, 'enable', '--now', unitOf(facts.name))]),
  ],
  disable: facts => [systemctl(facts, 'disable', '--now', unitOf(facts.name))],
  removed: facts => [systemctl(facts, 'daemon-reload')],
};

function unitOf(name: string): string {
  return `${name}.service`;
}

function systemctl(
  {scope}: Installation,
  ...words: readonly string[]
): readonly [string, ...string[]] {
  return ['systemctl', ...(scope === 'user' ? ['--user'] : []), ...words];
}

function section(name: string, parts: readonly Part[]): string {
  return `\n[${name}]\n${commented(parts)}${name === 'Install' ? '\n' : ''}`;
}

function madeBy(facts: Installation): string {
  const {name, scope} = facts;
  const maker = `agent2 service install systemd${scope === 'user' ? ' --user' : ''}`;
  return say`Unit ${name} of agent2, made by "${maker}". Put changes into a drop-in: ${typed(systemctl(facts, 'edit', name))}`;
}

function unit(facts: Installation): readonly Part[] {
  const {scope, name, watched} = facts;
  const after =
    scope === 'system' ? ['network.target', ...watched.units.system] : watched.units.user;
  return [
    {lines: [`Description=${say`agent2, which keeps services alive`}`]},
    ...(after.length === 0
      ? []
      : [
          {
            why: say`Starts after the services it watches and stops before them, so that a shutdown is not a failure to heal.`,
            lines: [`After=${after.map(quoted).join(' ')}`],
          },
        ]),
    {
      why: say`Three failed starts in five minutes end it; then ${typed(systemctl(facts, 'reset-failed', name))} lets it start again.`,
      lines: ['StartLimitIntervalSec=5min', 'StartLimitBurst=3'],
    },
  ];
}

function service(facts: Installation): readonly Part[] {
  const {node, program, scope, account, cwd, path, environment, words, watched} = facts;
  const stopSeconds = Math.ceil(watched.endingMs / 1_000) + SPARE_SECONDS;
  return [
    {
      why: say`agent2 reports readiness, status and watchdog through the program systemd-notify, which needs "all".`,
      lines: ['Type=notify', 'NotifyAccess=all'],
    },
    {
      lines: [
        `ExecStart=${[quoted(node), ...[program, 'run', ...words].map(commandWord)].join(' ')}`,
      ],
    },
    {why: say`SIGHUP reopens the log.`, lines: ['ExecReload=/bin/kill -HUP $MAINPID']},
    ...(scope === 'system' ? [{lines: [`User=${account.name}`]}] : []),
    {
      lines: [
        `WorkingDirectory=${plain(cwd)}`,
        ...Object.entries({PATH: path, ...environment}).map(
          ([name, value]) => `Environment=${quoted(`${name}=${value}`)}`,
        ),
        ...stateDirectory(facts),
      ],
    },
    ...environmentFile(facts),
    {
      why: say`systemd restarts it unless it ended in order; wrong usage (64) would fail again.`,
      lines: ['Restart=on-failure', 'RestartSec=5', 'RestartPreventExitStatus=64'],
    },
    {why: say`Ready after the first checks, or after 20 s.`, lines: ['TimeoutStartSec=90']},
    {
      why: say`The loop reports every 20 s; if it is stuck for a minute, systemd restarts it.`,
      lines: ['WatchdogSec=60'],
    },
    {
      why: say`Longer than a running restart and the stop of services that agent2 started.`,
      lines: [`TimeoutStopSec=${stopSeconds}`],
    },
    killMode(facts),
    ...limits(facts),
    ...sandbox(facts),
  ];
}

const SPARE_SECONDS = 15;

/** A directory made by systemd also belongs to the right user. */
function stateDirectory({scope, stateDir}: Installation): readonly string[] {
  return scope === 'system' && stateDir.startsWith('/var/lib/')
    ? [`StateDirectory=${quoted(stateDir.slice('/var/lib/'.length))}`]
    : [];
}

/** A unit is readable by everybody, so it must not contain secrets. */
function environmentFile(facts: Installation): readonly Part[] {
  const {scope, name, watched} = facts;
  const own: readonly Part[] = hasSecrets(facts)
    ? [
        {
          why: say`Passwords and tokens of the command above, readable only for the owner of the file.`,
          lines: [`EnvironmentFile=${secretsPath(facts)}`],
        },
      ]
    : [];
  if (watched.environmentNames.length === 0) return own;
  return [
    ...own,
    {
      why: say`For what the config file takes from the environment: ${watched.environmentNames.join(', ')}.`,
      lines: [`EnvironmentFile=-${fileOfEnvironment(scope, name)}`],
    },
  ];
}

function fileOfEnvironment(scope: Installation['scope'], name: string): string {
  return scope === 'system' ? `/etc/default/${name}` : `%h/.config/agent2/${name}.env`;
}

function hasSecrets({secrets}: Installation): boolean {
  return Object.keys(secrets).length > 0;
}

/** systemd itself reads it, as root for a system unit. */
function secretsPath({scope, name}: Installation): string {
  return scope === 'system'
    ? `/etc/agent2/${name}.secrets.env`
    : `%h/.config/agent2/${name}.secrets.env`;
}

/** A value as systemd reads it from a file of variables. */
function value(text: string): string {
  return text.includes("'") ? `"${text.replace(/["\\$`]/g, String.raw`\$&`)}"` : `'${text}'`;
}

function killMode({watched}: Installation): Part {
  if (watched.starts !== 'commands')
    return {
      why: say`SIGTERM goes only to agent2, which ends in order; what remains is killed.`,
      lines: ['KillMode=mixed'],
    };
  return {
    why: say`Only agent2 itself is stopped: a service that a restart command started here keeps running.`,
    lines: ['KillMode=process'],
  };
}

function limits({watched}: Installation): readonly Part[] {
  if (watched.starts === 'nothing') {
    return [
      {
        why: say`agent2 needs about 60 MB and 1 % of a CPU; these limits keep it small whatever goes wrong. Its checks and restart commands count too.`,
        lines: ['MemoryMax=100M', 'CPUQuota=10%', 'OOMPolicy=continue'],
      },
    ];
  }
  const whose =
    watched.starts === 'children'
      ? say`agent2 starts the service itself`
      : say`A process that a restart command starts stays in this unit`;
  return [
    {
      why: say`No MemoryMax, no CPUQuota: ${whose}, and they would limit it too.`,
      lines: ['OOMPolicy=continue'],
    },
  ];
}

function install({scope}: Installation): readonly Part[] {
  return [{lines: [`WantedBy=${scope === 'system' ? 'multi-user.target' : 'default.target'}`]}];
}
