import {join} from 'node:path';
import type {Remark} from '../contracts/examination.ts';
import {say, sayOf} from '../core/text/say.ts';
import {span} from '../core/text/span.ts';
import {isRecord} from '../format/json.ts';
import {sanitize} from '../format/sanitize.ts';
import {typed} from '../format/shell-words.ts';
import {accessFacts} from '../io/files/access-facts.ts';
import {programOf, toldOf} from './shared/next.ts';
import type {Examination, Scene, Subject} from './shared/scene.ts';

/** Could the fix be made? Nothing of it is run. */
export const definition: Examination = {
  order: 60,
  about: 'target',
  what: () => sayOf('doctor')`fix`,
  finds:
    'a command that does not exist, cannot be executed or asks for a password; a unit that does not exist or is masked, or no systemd to restart it; a restart signal that nobody takes',
  async examine(subject, scene, signal) {
    const {use, options} = subject.spec.fix;
    const values = isRecord(options) ? options : {};
    switch (use) {
      case 'none':
        return [
          toldOnly(subject) ?? {
            id: 'fix_none',
            level: 'ok',
            seen: say`observed only: nothing restarts it (--restart CMD, --unit NAME)`,
          },
        ];
      case 'signal':
        return [restartSignal(subject, scene)];
      case 'systemd':
        return [await unit(String(values.unit), values.user === true, scene, signal)];
      case 'docker':
        return [
          program(typeof values.command === 'string' ? values.command : 'docker', subject, scene) ??
            well(subject),
        ];
      case 'pm2':
        return [program('pm2', subject, scene) ?? well(subject)];
      case 'supervisor':
        return [program('supervisorctl', subject, scene) ?? well(subject)];
      case 'command':
      case 'child':
        return commands(values, subject, scene, signal);
      default:
        return [well(subject)];
    }
  },
};

/** Known from the status alone, which has no more than the word for it. */
function toldOnly(subject: Subject): Remark | undefined {
  const use = toldOf(subject)?.fix;
  return use === undefined || use === 'none'
    ? undefined
    : {
        id: 'fix',
        level: 'ok',
        seen: say`by ${use}, as its status says; what that runs is not known here`,
      };
}

function well({action, spec}: Subject): Remark {
  return {id: 'fix', level: 'ok', seen: action ?? spec.fix.use};
}

/** Taken by whoever restarts the service: one that lies there for long has nobody who does. */
function restartSignal({place}: Subject, {machine}: Scene): Remark {
  const path = place && join(place.stateDir, 'restart_signal');
  const facts = path === undefined ? undefined : accessFacts(path);
  const ageMs = facts?.kind === 'there' ? machine.now() - facts.writtenAt : 0;
  if (ageMs > UNTAKEN_MS)
    return {
      id: 'restart_signal_untaken',
      level: 'fail',
      seen: say`a restart signal has lain there for ${span(ageMs)}: nobody takes it (does Agent1 run?); without Agent1, let agent2 restart it itself`,
      next: "agent2 stop; agent2 start --restart 'agentos webui restart'",
    };
  return {id: 'fix', level: 'ok', seen: say`a restart signal, which Agent1 has to take`};
}

const UNTAKEN_MS = 30_000;

async function unit(
  name: string,
  user: boolean,
  {machine}: Scene,
  signal: AbortSignal,
): Promise<Remark> {
  const systemctl = `systemctl ${user ? '--user ' : ''}`;
  const shown = await machine.ask(
    [
      'systemctl',
      ...(user ? ['--user'] : []),
      'show',
      '-p',
      'LoadState',
      '-p',
      'UnitFileState',
      '--',
      name,
    ],
    signal,
  );
  if (shown.kind === 'missing')
    return {
      id: 'systemctl_missing',
      level: 'fail',
      seen: say`the unit ${name} cannot be restarted: there is no systemctl here`,
      next: "agent2 start --restart 'CMD'",
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
      seen: say`there is no unit ${name}${user ? say` of this user` : ''}`,
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
      seen: say`the unit ${name} cannot be restarted: systemd does not run this machine`,
      next: "agent2 start --restart 'CMD'",
    };
  if (load === undefined && user && /connect to .*bus/.test(shown.complaint))
    return {
      id: 'systemctl_failed',
      level: 'fail',
      seen: say`systemctl cannot tell of ${name}: the systemd of this user does not run`,
      next: 'loginctl enable-linger',
    };
  if (load === undefined && shown.code !== 0)
    return {
      id: 'systemctl_failed',
      level: 'fail',
      seen: say`systemctl cannot tell of ${name}: ${sanitize(shown.complaint, 120)}`,
      next: `${systemctl}status ${name}`,
    };
  return {id: 'fix', level: 'ok', seen: `${systemctl}restart ${name}`};
}

async function commands(
  values: Record<string, unknown>,
  subject: Subject,
  scene: Scene,
  signal: AbortSignal,
): Promise<readonly Remark[]> {
  const argvs = [values.restart, values.start, values.stop, values.command].flatMap(argv =>
    Array.isArray(argv) ? [argv.map(String)] : [],
  );
  const remarks: Remark[] = [];
  for (const argv of argvs) {
    const trouble = program(argv[0] ?? '', subject, scene) ?? (await sudo(argv, scene, signal));
    if (trouble) remarks.push(trouble);
  }
  return remarks.length > 0 ? remarks : [well(subject)];
}

function program(name: string, subject: Subject, {machine}: Scene): Remark | undefined {
  const found = programOf(name, subject, machine);
  if (found.kind === 'missing')
    return {
      id: 'fix_command_missing',
      level: 'fail',
      seen: say`${sanitize(name, 120)}, which the fix runs, is not there`,
      next: name.includes('/') ? `ls -l ${typed([name])}` : `command -v ${typed([name])}`,
    };
  if (found.kind === 'not-executable')
    return {
      id: 'fix_command_not_executable',
      level: 'fail',
      seen: say`${found.path}, which the fix runs, cannot be executed`,
      next: `chmod +x ${typed([found.path])}`,
    };
  return undefined;
}

/** There is nobody to type a password. */
async function sudo(
  [first, ...rest]: readonly string[],
  {machine}: Scene,
  signal: AbortSignal,
): Promise<Remark | undefined> {
  if (first === undefined || !/(^|\/)sudo$/.test(first) || machine.uid === 0) return undefined;
  const command = rest.slice(
    Math.max(
      0,
      rest.findIndex(word => !word.startsWith('-')),
    ),
  );
  const asked = await machine.ask([first, '-n', '-l', ...command], signal);
  if (asked.kind !== 'answered' || asked.code === 0) return undefined;
  return {
    id: 'fix_needs_password',
    level: 'fail',
    seen: say`sudo asks for a password before ${sanitize(command.join(' '), 100)}, and nobody is there to type it; allow it with NOPASSWD`,
    next: 'sudo visudo -f /etc/sudoers.d/agent2',
  };
}
