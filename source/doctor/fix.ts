import type {Remark} from '../contracts/examination.ts';
import type {FixScene} from '../contracts/fix.ts';
import {say, sayOf} from '../core/text/say.ts';
import {sanitize} from '../format/sanitize.ts';
import {typed} from '../format/shell-words.ts';
import {otherFix, programOf, statusOf} from './shared/next.ts';
import type {Examination, Scene, Subject} from './shared/scene.ts';

/** Could the fix run? Runs nothing of it. */
export const definition: Examination = {
  order: 60,
  about: 'target',
  what: () => sayOf('doctor')`fix`,
  finds:
    'a command that does not exist, cannot be executed or asks for a password; a unit, program, process or container that its manager does not know or this user may not restart; a manager that does not run; a restart signal that nobody takes',
  async examine(subject, scene, signal) {
    const {fixKind, place, spec} = subject;
    if (!fixKind.traits.heals)
      return [
        fromStatusOnly(subject) ?? {
          id: 'fix_none',
          level: 'ok',
          seen:
            scene.config === undefined
              ? say`observed only: nothing restarts it (--restart CMD, --unit NAME)`
              : say`observed only: nothing restarts it (no fix in the config file)`,
        },
      ];
    if (fixKind.examine) {
      const {machine} = scene;
      const ask = (argv: readonly [string, ...string[]]) => machine.ask(argv, signal);
      const asked: FixScene = {
        stateDir: place?.stateDir,
        now: machine.now,
        uid: machine.uid,
        ask,
        otherFix: other => otherFix(other, subject, scene),
      };
      return [await fixKind.examine(spec.fix.options, asked)];
    }
    return programs(subject, scene, signal);
  },
};

/** A target known only from the status file, which contains just the word of its fix. */
function fromStatusOnly(subject: Subject): Remark | undefined {
  const use = statusOf(subject)?.fix;
  return use === undefined || use === 'none'
    ? undefined
    : {
        id: 'fix',
        level: 'ok',
        seen: say`by ${use}, as its status says; what that runs is unknown here`,
      };
}

function well({action, spec}: Subject): Remark {
  return {id: 'fix', level: 'ok', seen: action ?? spec.fix.use};
}

/** Whether each program that it runs is there, and asks for no password. */
async function programs(
  subject: Subject,
  scene: Scene,
  signal: AbortSignal,
): Promise<readonly Remark[]> {
  const {fixKind, spec} = subject;
  const {options} = spec.fix;
  const started = fixKind.start?.(options);
  const argvs = fixKind.commands?.(options) ?? (started ? [started] : []);
  const remarks: Remark[] = [];
  for (const argv of argvs) {
    const wrong = program(argv[0] ?? '', subject, scene) ?? (await sudo(argv, scene, signal));
    if (wrong) remarks.push(wrong);
  }
  return remarks.length > 0 ? remarks : [well(subject)];
}

function program(name: string, subject: Subject, {machine}: Scene): Remark | undefined {
  const found = programOf(name, subject, machine);
  if (found.kind === 'missing')
    return {
      id: 'fix_command_missing',
      level: 'fail',
      seen: say`${sanitize(name, 120)}, which the fix runs, does not exist`,
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

/** No person is there to type a password. */
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
    seen: say`sudo asks for a password before ${sanitize(command.join(' '), 100)}, and nobody can type it; allow it with NOPASSWD`,
    next: 'sudo visudo -f /etc/sudoers.d/agent2',
  };
}
