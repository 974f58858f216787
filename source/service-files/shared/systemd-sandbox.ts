import type {Installation} from '../../contracts/service-file.ts';
import {say} from '../../core/text/say.ts';
import type {Part} from './commented.ts';
import {quoted} from './systemd-words.ts';

/**
 * The sandbox of agent2. It must see, signal and restart other processes, so that none is hidden; its children inherit
 * all of it. docs/service.md names the lines left out on purpose, with their reasons.
 */
export function sandbox(facts: Installation): readonly Part[] {
  const {scope, watched} = facts;
  if (watched.starts !== 'nothing')
    return [{why: say`No sandbox: a service started from here would inherit it.`, lines: []}];
  return [
    ...(watched.privileged === undefined ? [unprivileged()] : [sudoing(watched.privileged)]),
    ...(scope === 'system' ? mounts(facts) : [userNote()]),
    ...(scope === 'system' && watched.privileged === undefined ? [capabilities()] : []),
  ];
}

/** For all but root these lines imply NoNewPrivileges. */
function unprivileged(): Part {
  return {
    why: say`Nothing it runs gains privileges: sudo in a restart command would fail.`,
    lines: [
      'NoNewPrivileges=yes',
      'RestrictSUIDSGID=yes',
      'RestrictRealtime=yes',
      'RestrictNamespaces=yes',
      'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
      'LockPersonality=yes',
      'SystemCallArchitectures=native',
      'SystemCallFilter=~@clock @cpu-emulation @module @mount @obsolete @raw-io @reboot @swap',
      'SystemCallErrorNumber=EPERM',
    ],
  };
}

function sudoing(command: string): Part {
  return {
    why: say`No NoNewPrivileges, nor what implies it: "${command}" must change the user.`,
    lines: [],
  };
}

function mounts({watched, stateDir}: Installation): readonly Part[] {
  const protectedHere = /^\/(usr|etc|boot|efi)\//.test(stateDir)
    ? [`ReadWritePaths=-${quoted(stateDir)}`]
    : [];
  return [
    watched.temporary === undefined
      ? {lines: ['PrivateTmp=yes']}
      : {why: say`No PrivateTmp: ${watched.temporary} would not be visible.`, lines: []},
    {
      why: say`Programs, settings and the kernel are read-only; /proc, /home and the state directory stay accessible.`,
      lines: [
        'ProtectSystem=full',
        ...protectedHere,
        ...(watched.privileged === undefined
          ? [
              'ProtectKernelTunables=yes',
              'ProtectKernelModules=yes',
              'ProtectKernelLogs=yes',
              'ProtectHostname=yes',
            ]
          : []),
        'ProtectControlGroups=yes',
      ],
    },
  ];
}

function userNote(): Part {
  return {
    why: say`Lines that need mounts (PrivateTmp, ProtectSystem) would need a user namespace here, in which agent2 cannot read other users' processes.`,
    lines: [],
  };
}

/** For root: the rights to read processes and files of others and to signal them; ping as a check needs the raw socket. */
function capabilities(): Part {
  return {
    why: say`Of root's capabilities it keeps those to read and signal other users' processes.`,
    lines: [
      'CapabilityBoundingSet=CAP_KILL CAP_SYS_PTRACE CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_NET_RAW',
    ],
  };
}
