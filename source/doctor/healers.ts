import type {Remark} from '../contracts/examination.ts';
import {say} from '../core/text/say.ts';
import {typed} from '../format/shell-words.ts';
import {describeProcess, processAncestors} from '../io/process/processes.ts';
import {urlOf} from './shared/next.ts';
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
    if (healers.length === 0) return [{id: 'no_other_healer', level: 'ok', seen: say`none seen`}];
    return healers.map(healer => judged(healer, subject, scene.config));
  },
};

interface Healer {
  /** The kind of fix that goes through it, where there is one. */
  readonly use: string;
  /** `systemd (web.service, Restart=always)`. */
  readonly name: string;
  /** The fix option that makes this healer the only one. */
  readonly instead?: string;
  /** The unit or container, as the options of a fix name it. */
  readonly subject?: string;
  /** The command that stops it. */
  readonly off: string;
}

function judged(
  {use, name, instead, subject: unit, off}: Healer,
  subject: Subject,
  config: string | undefined,
): Remark {
  const {fix, observing} = subject.spec;
  if (!subject.fixKind.traits.heals || observing)
    return {
      id: 'healed_elsewhere',
      level: 'ok',
      seen: say`${name} restarts it; agent2 only watches`,
    };
  const named = subject.fixKind.start?.(fix.options).at(-1);
  if (
    fix.use === use &&
    (unit === undefined ||
      named === undefined ||
      named.replace(/\.service$/, '') === unit.replace(/\.service$/, ''))
  )
    return {
      id: 'healed_by_fix',
      level: 'ok',
      seen: say`${name} restarts it too, and agent2 does it by the same way`,
    };
  const next =
    instead === undefined || unit === undefined
      ? off
      : config === undefined
        ? startedBy(instead, subject)
        : `"${'$'}{EDITOR:-vi}" ${typed([config])} # fix: {use: ${use}, unit: ${unit}}`;
  return {
    id: 'two_healers',
    level: 'warn',
    seen: say`${name} restarts it too, while agent2 does it by ${subject.action ?? fix.use}; let one of the two do it: tell agent2 to go through it, to watch only (--observe), or switch it off: ${off}`,
    next,
  };
}

function startedBy(instead: string, subject: Subject): string {
  const {place} = subject;
  const stop = place?.monitor ? `agent2 stop${place.which} && ` : '';
  return `${stop}agent2 start ${urlOf(subject) ?? ''} ${instead}`;
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
    use: 'systemd',
    name: `systemd (${unit}, Restart=${restart}${times === undefined ? '' : `, NRestarts=${times}`})`,
    subject: unit,
    instead: `--unit ${typed([`${manager ? 'user:' : ''}${short}`])}`,
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
    use: 'docker',
    name: say`${program} (${name}, --restart ${policy}, ${count} so far)`,
    subject: name,
    off: `${program} update --restart=no ${typed([name])}`,
  };
}

const KEEPERS: ReadonlyArray<readonly [RegExp, string, string, string]> = [
  [/PM2 v[\d.]+: God Daemon|\bpm2\b.*Daemon/i, 'pm2', 'pm2', 'pm2 stop NAME'],
  [/\bsupervisord\b/, 'supervisor', 'supervisord', 'supervisorctl stop NAME'],
  [/\brunsv\b/, 'runit', 'runit', 'sv down NAME'],
  [/\bs6-supervise\b/, 's6', 's6', 's6-svc -d DIR'],
  [/\bnodemon\b/, 'nodemon', 'nodemon', 'kill PID'],
  [/\bforever\b/, 'forever', 'forever', 'forever stop NAME'],
];

/** A process manager is an ancestor of the service. */
function ancestors(pid: number): readonly Healer[] {
  return processAncestors(pid).flatMap(ancestor => {
    const command = describeProcess(ancestor.pid)?.command ?? '';
    const found = KEEPERS.find(([pattern]) => pattern.test(command));
    if (!found) return [];
    const [, use, name, off] = found;
    return [
      {use, name: `${name} (pid ${ancestor.pid})`, off: off.replace('PID', String(ancestor.pid))},
    ];
  });
}
