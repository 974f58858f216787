import {posix} from 'node:path';
import {UsageError} from '../contracts/command.ts';
import type {Installation, ServiceFileDefinition} from '../contracts/service-file.ts';
import {message} from '../core/text/message.ts';
import {say} from '../core/text/say.ts';
import {comment} from './shared/commented.ts';
import {singleQuoted} from '../format/shell-words.ts';

/** A rule of logrotate for the log of one monitor. */
export const definition: ServiceFileDefinition = {
  summary: () =>
    say`a rule of logrotate for agent2.log: weekly or at 10 MB, eight kept, compressed`,
  scope: 'system',
  refusal({scope, stateDir}) {
    if (scope === 'user')
      return new UsageError(
        message`logrotate reads only /etc/logrotate.d, so --user does not apply; leave out --user, and name the owner of the log: --run-as NAME`,
      );
    return /["*?[\]{}\\]/.test(stateDir)
      ? new UsageError(
          message`logrotate would read quotes, backslashes and * ? [ ] { } in ${stateDir} as a pattern; choose another directory: --state-dir DIR`,
        )
      : undefined;
  },
  // It skips names with certain endings, and a name with dots may have one.
  path: ({name}) => posix.join('/etc/logrotate.d', name.replaceAll('.', '-')),
  text: (facts, mark) =>
    [
      `# ${mark}`,
      ...comment(say`The log of ${facts.name}, made by "agent2 service install logrotate".`),
      ...rule(facts),
      '',
    ].join('\n'),
  notes: () => [],
  enable: facts => [['logrotate', '--debug', definition.path(facts)]],
  disable: () => [],
};

function rule(facts: Installation): readonly string[] {
  const {stateDir, account} = facts;
  return [
    `"${posix.join(stateDir, 'agent2.log')}" {`,
    '    weekly',
    '    maxsize 10M',
    '    rotate 8',
    '    compress',
    ...indented(say`Until agent2 has opened the new file it writes to the old one.`),
    '    delaycompress',
    '    missingok',
    '    notifempty',
    `    create 0644 ${account.name} ${account.group}`,
    ...(account.uid === 0
      ? []
      : [
          ...indented(say`The directory belongs to ${account.name}, so root does not work in it.`),
          `    su ${account.name} ${account.group}`,
        ]),
    ...indented(
      say`SIGUSR2 reopens the log with and without a terminal (SIGHUP would mean that the terminal is gone); it is sent only to a process that is agent2.`,
    ),
    '    postrotate',
    `        pid=$(cat ${singleQuoted(posix.join(stateDir, 'agent2.pid'))} 2>/dev/null) && ${isOurs(facts)} && kill -USR2 "$pid" || true`,
    '    endscript',
    '}',
  ];
}

function indented(text: string): readonly string[] {
  return comment(text).map(line => `    ${line}`);
}

/** A leftover pid may now be any process's, so the command line must name agent2, or this program. */
function isOurs({program}: Installation): string {
  return `ps -o args= -p "$pid" | grep -qF -e agent2 -e ${singleQuoted(program)}`;
}
