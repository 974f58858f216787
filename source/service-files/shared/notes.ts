import type {Installation} from '../../contracts/service-file.ts';
import {say} from '../../core/text/say.ts';

/** Notes for every way to run agent2: about rights, and about the processes that it starts. */
export function notesOn({account, scope, watched}: Installation): readonly string[] {
  const notes: string[] = [];
  if (watched.starts === 'commands')
    notes.push(
      say`a process that a restart command starts stays inside agent2's service, so there are no limits and no sandbox, and a stop leaves it running; a fix through a process manager is better, e.g. --unit NAME`,
    );
  if (watched.privileged !== undefined)
    notes.push(
      say`"${watched.privileged}" changes the user: it must work without a password (NOPASSWD in sudoers), and it weakens the sandbox`,
    );
  const [unit] = watched.units.system;
  if (unit !== undefined && account.uid !== 0 && watched.privileged === undefined)
    notes.push(say`${account.name} may restart ${unit} only if polkit allows it`);
  const [own] = watched.units.user;
  if (own !== undefined && scope === 'system')
    notes.push(
      say`${own} is a unit of ${account.name}'s own systemd, which must run: loginctl enable-linger ${account.name}`,
    );
  if (watched.asksOwnManager !== undefined && scope === 'system')
    notes.push(
      say`"${watched.asksOwnManager}" does not find your own systemd from a service of the machine; use --unit user:NAME, or --user to make this a service of your own`,
    );
  if (watched.temporary !== undefined)
    notes.push(
      say`${watched.temporary} is below a directory for temporary files, which others may clean up`,
    );
  return notes;
}
