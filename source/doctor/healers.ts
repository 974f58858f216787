import {basename} from 'node:path';
import type {Remark} from '../contracts/examination.ts';
import type {OtherFix} from '../contracts/fix.ts';
import {say} from '../core/text/say.ts';
import {typed} from '../format/shell-words.ts';
import {describeProcess, processAncestors} from '../io/process/processes.ts';
import {otherFix} from './shared/next.ts';
import type {Examination, Scene, Subject} from './shared/scene.ts';

/** Does another program restart the service? Two healers take each other's restarts for crashes. */
export const definition: Examination = {
  order: 70,
  about: 'target',
  what: () => say`other healers`,
  finds:
    'systemd, docker or podman, pm2, supervisord, runit, s6 restart it too; how to settle that',
  async examine(subject, scene, signal) {
    const pid = await pidOf(subject, scene);
    if (pid === undefined) return [];
    const healers = [
      await systemd(pid, scene, signal),
      await container(pid, scene, signal),
      ...ancestors(pid),
    ].flatMap(healer => healer ?? []);
    if (healers.length === 0) return [{id: 'no_other_healer', level: 'ok', seen: say`none found`}];
    return healers.map(healer => judged(healer, subject, scene));
  },
};

interface Healer {
  /** `systemd (web.service, Restart=always)`. */
  readonly name: string;
  /** The programs by which one asks it for a restart. */
  readonly askedBy: readonly string[];
  /** The unit or container, as a command for it names it. */
  readonly subject?: string;
  /** What makes it the only healer: the option, and the fix of a config file. */
  readonly instead?: OtherFix;
  /** The command that stops it. */
  readonly off: string;
}

function judged(healer: Healer, subject: Subject, scene: Scene): Remark {
  const {name, instead, off} = healer;
  const {fix, observing} = subject.spec;
  if (!subject.fixKind.traits.heals || observing)
    return {
      id: 'healed_elsewhere',
      level: 'ok',
      seen: say`${name} restarts it; agent2 only watches`,
    };
  if (goesThrough(healer, subject))
    return {
      id: 'healed_by_fix',
      level: 'ok',
      seen: say`${name} restarts it too, and agent2 restarts it through that`,
    };
  const next = instead === undefined ? off : otherFix(instead, subject, scene);
  return {
    id: 'two_healers',
    level: 'warn',
    seen: say`${name} restarts it too, while agent2 uses ${subject.action ?? fix.use}; let only one of them restart it: let agent2 use it, let agent2 watch only (--observe), or switch it off: ${off}`,
    next,
  };
}

/** Whether the fix asks this healer, for this service. */
function goesThrough({askedBy, subject: unit}: Healer, {fixKind, spec}: Subject): boolean {
  const [program = '', ...words] = fixKind.start?.(spec.fix.options) ?? [];
  if (!askedBy.includes(basename(program))) return false;
  const named = words.at(-1);
  return (
    unit === undefined ||
    named === undefined ||
    named.replace(/\.service$/, '') === unit.replace(/\.service$/, '')
  );
}

async function pidOf(subject: Subject, scene: Scene): Promise<number | undefined> {
  const observation = await scene.observe(subject);
  const process = observation.kind === 'inconclusive' ? undefined : observation.readings.process;
  return process && 'identity' in process && process.state !== 'mismatch'
    ? process.identity.pid
    : undefined;
}

/** The unit is the innermost `.service` of its control group; below `user@1000.service` it is one of the user's own manager. */
async function systemd(
  pid: number,
  {machine}: Scene,
  signal: AbortSignal,
): Promise<Healer | undefined> {
  const parts = (machine.cgroups(pid) ?? '')
    .split('\n')
    .flatMap(line => line.split(':').slice(2).join(':').split('/'));
  const units = parts.filter(part => part.endsWith('.service'));
  const manager = units.some(unit => /^user@\d+\.service$/.test(unit));
  const unit = units.filter(unit => !/^user@\d+\.service$/.test(unit)).at(-1);
  if (unit === undefined || !/^[\w@:.\\-]+$/.test(unit)) return undefined;
  const systemctl = manager ? 'systemctl --user' : 'systemctl';
  const shown = await machine.ask(
    [
      'systemctl',
      ...(manager ? ['--user'] : []),
      'show',
      '-p',
      'Restart',
      '-p',
      'NRestarts',
      '--',
      unit,
    ],
    signal,
  );
  if (shown.kind !== 'answered') return undefined;
  const restart = /^Restart=(.*)$/m.exec(shown.output)?.[1];
  const times = /^NRestarts=(\d+)$/m.exec(shown.output)?.[1];
  if (restart === undefined || restart === 'no') return undefined;
  const short = unit.replace(/\.service$/, '');
  return {
    name: `systemd (${unit}, Restart=${restart}${times === undefined ? '' : `, NRestarts=${times}`})`,
    askedBy: ['systemctl'],
    subject: unit,
    instead: {
      option: `--unit ${typed([`${manager ? 'user:' : ''}${short}`])}`,
      fix: `{use: systemd, unit: ${unit}}`,
    },
    off: `${systemctl} edit ${unit} # [Service] Restart=no`,
  };
}

/** Docker and podman name the container in the control group of its processes. */
async function container(
  pid: number,
  {machine}: Scene,
  signal: AbortSignal,
): Promise<Healer | undefined> {
  const groups = machine.cgroups(pid) ?? '';
  const id = /(?:docker[-/]|libpod-)([0-9a-f]{12,64})/.exec(groups)?.[1];
  if (id === undefined) return undefined;
  const program = groups.includes('libpod') ? 'podman' : 'docker';
  const shown = await machine.ask(
    [
      program,
      'inspect',
      '-f',
      '{{.Name}} {{.HostConfig.RestartPolicy.Name}} {{.RestartCount}}',
      id,
    ],
    signal,
  );
  if (shown.kind !== 'answered' || shown.code !== 0) return undefined;
  const [name = '', policy = '', count = '0'] = shown.output.trim().replace(/^\//, '').split(/\s+/);
  if (policy === '' || policy === 'no') return undefined;
  return {
    name: say`${program} (${name}, --restart ${policy}, ${count} so far)`,
    askedBy: ['docker', 'podman'],
    subject: name,
    off: `${program} update --restart=no ${typed([name])}`,
  };
}

/** By the command line of the process manager: its name, the program that asks it, and the command that stops it. */
const KEEPERS: ReadonlyArray<readonly [RegExp, string, string, string]> = [
  [/PM2 v[\d.]+: God Daemon|\bpm2\b.*Daemon/i, 'pm2', 'pm2', 'pm2 stop NAME'],
  [/\bsupervisord\b/, 'supervisord', 'supervisorctl', 'supervisorctl stop NAME'],
  [/\brunsv\b/, 'runit', 'sv', 'sv down NAME'],
  [/\bs6-supervise\b/, 's6', 's6-svc', 's6-svc -d DIR'],
  [/\bnodemon\b/, 'nodemon', 'nodemon', 'kill PID'],
  [/\bforever\b/, 'forever', 'forever', 'forever stop NAME'],
];

/** A process manager is an ancestor of the service. */
function ancestors(pid: number): readonly Healer[] {
  return processAncestors(pid).flatMap(ancestor => {
    const command = describeProcess(ancestor.pid)?.command ?? '';
    const found = KEEPERS.find(([pattern]) => pattern.test(command));
    if (!found) return [];
    const [, name, program, off] = found;
    return [
      {
        name: `${name} (pid ${ancestor.pid})`,
        askedBy: [program],
        off: off.replace('PID', String(ancestor.pid)),
      },
    ];
  });
}
