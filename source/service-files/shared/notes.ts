import type {Installation} from '../../contracts/service-file.ts';
import {say} from '../../core/text/say.ts';

/** Notes for every way to run agent2: about rights, and about the processes that it starts. */
export function notesOn({account, scope, watched}: Installation): readonly string[] {
  const notes: string[] = [];
  if (watched.starts === 'commands')
    notes.push(
      say`what a restart command starts stays inside the service of agent2, so there are no limits and no sandbox, and a stop leaves it running; better is a fix that asks a process manager, e.g. --unit NAME`,
    );
  if (watched.privileged !== undefined)
    notes.push(
      say`"${watched.privileged}" becomes another user: it has to work without a password (NOPASSWD in sudoers), and the sandbox is weaker for it`,
    );
  const [unit] = watched.units.system;
  if (unit !== undefined && account.uid !== 0 && watched.privileged === undefined)
    notes.push(say`${account.name} may restart ${unit} only where polkit allows it`);
  const [own] = watched.units.user;
  if (own !== undefined && scope === 'system')
    notes.push(
      say`${own} is a unit of ${account.name}'s own manager, which has to run: loginctl enable-linger ${account.name}`,
    );
  if (watched.asksOwnManager !== undefined && scope === 'system')
    notes.push(
      say`"${watched.asksOwnManager}" does not find your own manager from a service of the machine; --unit user:NAME does, or --user makes this a service of your own`,
    );
  if (watched.exposed)
    notes.push(
      say`a password or token stands in the file, which others may read; better is a config file that takes it from the environment: url: 'http://…\${env:NAME}'`,
    );
  if (watched.temporary !== undefined)
    notes.push(
      say`${watched.temporary} is below a directory for temporary files, which others may clean up`,
    );
  return notes;
}
