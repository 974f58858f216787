import {posix} from 'node:path';
import type {Argv, Installation, ServiceFileDefinition} from '../contracts/service-file.ts';
import {UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {say} from '../core/text/say.ts';
import {notesOn} from './shared/notes.ts';
import {plist, type PlistValue} from './shared/plist.ts';

/** A job of launchd: an agent of the user, or with `--system` a daemon of the machine. */
export const definition: ServiceFileDefinition = {
  summary: () =>
    say`a launchd job (macOS) that starts agent2 at login (with --system at boot) and restarts it when it fails`,
  scope: 'user',
  path: ({scope, account, name}) =>
    posix.join(
      scope === 'system'
        ? '/Library/LaunchDaemons'
        : posix.join(account.home, 'Library/LaunchAgents'),
      `${name}.plist`,
    ),
  refusal: ({secrets}) =>
    Object.keys(secrets).length === 0
      ? undefined
      : new UsageError(
          message`a launchd job is readable by everybody and has no file for secrets, and these words have a password or token; put it into a config file as {file: PATH} or \${env:NAME}, and name that: --config agent2.yaml`,
        ),
  text: (facts, mark) =>
    plist(job(facts), [
      mark,
      say`Job ${facts.name} of agent2, made by "agent2 service install launchd".`,
    ]),
  notes(facts) {
    const names = facts.watched.environmentNames;
    return [
      ...notesOn(facts),
      ...(names.length === 0
        ? []
        : [
            say`the config file takes ${names.join(', ')} from the environment, which a launchd job does not have; give the values as {file: PATH}`,
          ]),
    ];
  },
  enable: (facts, anew) => [
    ...(anew ? [bootout(facts)] : []),
    ['launchctl', 'bootstrap', domain(facts), definition.path(facts)],
  ],
  disable: facts => [bootout(facts)],
};

function bootout(facts: Installation): Argv {
  return ['launchctl', 'bootout', `${domain(facts)}/${facts.name}`];
}

function domain({scope, account}: Installation): string {
  return scope === 'system' ? 'system' : `gui/${account.uid}`;
}

function job({
  name,
  scope,
  account,
  node,
  program,
  words,
  cwd,
  path,
  environment,
  stateDir,
  watched,
}: Installation): PlistValue {
  return {
    Label: name,
    ProgramArguments: [node, program, 'run', ...words],
    ...(scope === 'system' ? {UserName: account.name} : {}),
    WorkingDirectory: cwd,
    EnvironmentVariables: {PATH: path, ...environment},
    RunAtLoad: true,
    // A clean exit is no reason for a restart.
    KeepAlive: {SuccessfulExit: false},
    ThrottleInterval: 10,
    // Longer than a running restart and the stop of agent2's own children may take.
    ExitTimeOut: Math.ceil(watched.endingMs / 1_000) + SPARE_SECONDS,
    ProcessType: 'Background',
    // A service that a restart command left running outlives agent2.
    ...(watched.starts === 'commands' ? {AbandonProcessGroup: true} : {}),
    // Log lines go to agent2.log, which can be rotated; this file only holds errors of the start.
    StandardOutPath: '/dev/null',
    StandardErrorPath: posix.join(stateDir, 'launchd.log'),
  };
}

const SPARE_SECONDS = 15;
