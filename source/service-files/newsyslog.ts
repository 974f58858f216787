import {posix} from 'node:path';
import {UsageError} from '../contracts/command.ts';
import type {Installation, ServiceFileDefinition} from '../contracts/service-file.ts';
import {message} from '../core/text/message.ts';
import {say} from '../core/text/say.ts';
import {comment} from './shared/commented.ts';

/** A line for newsyslog, macOS's log rotation. */
export const definition: ServiceFileDefinition = {
  summary: () =>
    say`a line for newsyslog (macOS) for agent2.log: weekly or at 10 MB, eight kept, compressed`,
  scope: 'system',
  refusal({scope, stateDir}) {
    if (scope === 'user')
      return new UsageError(
        message`newsyslog reads only /etc/newsyslog.d, so --user does not apply; leave out --user, and name the owner of the log: --run-as NAME`,
      );
    return /\s/.test(stateDir)
      ? new UsageError(
          message`newsyslog allows no space in a path, but ${stateDir} has one; choose another directory: --state-dir DIR`,
        )
      : undefined;
  },
  path: ({name}) => posix.join('/etc/newsyslog.d', `${name}.conf`),
  text: (facts, mark) =>
    [
      `# ${mark}`,
      ...comment(say`The log of ${facts.name}, made by "agent2 service install newsyslog".`),
      ...comment(
        say`Size in KB, Sunday at 0:00, Z compresses with gzip; then signal 31 (SIGUSR2) makes agent2 reopen the log.`,
      ),
      '# logfilename  [owner:group]  mode  count  size  when  flags  [/pid_file]  [sig_num]',
      line(facts),
      '',
    ].join('\n'),
  notes: () => [],
  enable: facts => [['newsyslog', '-nvv', '-f', definition.path(facts)]],
  disable: () => [],
};

function line({stateDir, account}: Installation): string {
  const file = (name: string) => posix.join(stateDir, name).replaceAll('#', '\\#');
  return [
    file('agent2.log'),
    `${account.name}:${account.group}`,
    '644',
    '8',
    '10240',
    '$W0D0',
    'Z',
    file('agent2.pid'),
    '31',
  ].join('  ');
}
