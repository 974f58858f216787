import type {Remark} from '../../contracts/examination.ts';
import type {FixScene} from '../../contracts/fix.ts';
import {message} from '../../core/text/message.ts';
import {say} from '../../core/text/say.ts';
import {sanitize} from '../../format/sanitize.ts';

/** Whether systemd knows the unit, and may start it. */
export async function examineUnit(
  name: string,
  user: boolean,
  {ask, otherFix, uid}: FixScene,
): Promise<Remark> {
  const systemctl = `systemctl ${user ? '--user ' : ''}`;
  const shown = await ask([
    'systemctl',
    ...(user ? ['--user'] : []),
    'show',
    '-p',
    'LoadState',
    '-p',
    'UnitFileState',
    '--',
    name,
  ]);
  if (shown.kind === 'missing')
    return {
      id: 'systemctl_missing',
      level: 'fail',
      seen: say`cannot restart the unit ${name}: there is no systemctl here`,
      next: otherFix(BY_COMMAND),
    };
  if (shown.kind === 'late')
    return {
      id: 'systemctl_late',
      level: 'warn',
      seen: say`systemctl does not answer`,
      next: `${systemctl}status ${name}`,
    };
  const load = /^LoadState=(.*)$/m.exec(shown.output)?.[1];
  if (load === 'not-found')
    return {
      id: 'unit_missing',
      level: 'fail',
      seen: say`there is no unit ${name}${user ? message` of this user` : ''}`,
      next: `${systemctl}list-units --all --type=service`,
    };
  if (load === 'masked')
    return {
      id: 'unit_masked',
      level: 'fail',
      seen: say`the unit ${name} is masked: it cannot be started`,
      next: `${systemctl}unmask ${name}`,
    };
  if (load === undefined && /not been booted|Host is down/.test(shown.complaint))
    return {
      id: 'systemd_absent',
      level: 'fail',
      seen: say`cannot restart the unit ${name}: systemd does not run this machine`,
      next: otherFix(BY_COMMAND),
    };
  if (load === undefined && user && /connect to .*bus/.test(shown.complaint))
    return {
      id: 'systemctl_failed',
      level: 'fail',
      seen: say`systemctl knows nothing about ${name}: the systemd of this user does not run`,
      next: 'loginctl enable-linger',
    };
  if (load === undefined && shown.code !== 0)
    return {
      id: 'systemctl_failed',
      level: 'fail',
      seen: say`systemctl knows nothing about ${name}: ${sanitize(shown.complaint, 120)}`,
      next: `${systemctl}status ${name}`,
    };
  if (!user && uid !== 0 && !(await mayManage(name, ask)))
    return {
      id: 'unit_not_permitted',
      level: 'fail',
      seen: say`this user may not restart the unit ${name}, and nobody can type a password: run agent2 as root, allow it with a polkit rule (docs/fixes.md), or use sudo`,
      next: otherFix({
        option: `--restart 'sudo -n systemctl restart ${name}'`,
        fix: `{use: command, restart: [sudo, -n, systemctl, restart, ${name}]}`,
      }),
    };
  return {id: 'fix', level: 'ok', seen: `${systemctl}restart ${name}`};
}

/** Asks systemd to set no property of the unit: it asks polkit the same question as for a restart, and changes nothing. Only a clear no counts. */
async function mayManage(name: string, ask: FixScene['ask']): Promise<boolean> {
  const answer = await ask([
    'busctl',
    '--allow-interactive-authorization=no',
    'call',
    'org.freedesktop.systemd1',
    '/org/freedesktop/systemd1',
    'org.freedesktop.systemd1.Manager',
    'SetUnitProperties',
    'sba(sv)',
    name,
    'true',
    '0',
  ]);
  return !(
    answer.kind === 'answered' &&
    answer.code !== 0 &&
    /authentication required|access denied|permission denied/i.test(answer.complaint)
  );
}

/** Where there is no systemd. */
const BY_COMMAND = {option: "--restart 'CMD'", fix: '{use: command, restart: [CMD]}'};
