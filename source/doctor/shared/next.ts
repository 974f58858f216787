import type {OtherFix} from '../../contracts/fix.ts';
import {shownUrl} from '../../config/address.ts';
import {typed} from '../../format/shell-words.ts';
import {unixAddressOf} from '../../format/unix-url.ts';
import {findProgram} from '../../io/files/access-facts.ts';
import {startWords} from '../../io/process/process-surroundings.ts';
import type {Machine, Scene, Subject} from './scene.ts';
import type {MonitoredTarget} from '../../documents/monitor-status.ts';

/** The url for a command line, without possible secrets. */
export function urlOf({spec: {url}}: Subject): string | undefined {
  return url && shownUrl(url);
}

/** Asks the url as the check does, by hand. `options` come first: `-i -m 5`. */
export function curl({spec: {url, http}}: Subject, options: string): string {
  const unix = url && unixAddressOf(url);
  return [
    'curl',
    options,
    typed([
      ...(unix ? ['--unix-socket', unix.socket] : []),
      ...(http.ca === undefined ? [] : ['--cacert', http.ca]),
      ...(http.allowSelfSigned === true ? ['-k'] : []),
      ...(http.cert === undefined ? [] : ['--cert', http.cert]),
      ...(http.key === undefined ? [] : ['--key', http.key]),
      unix ? `http://localhost${unix.path.replace(/\?.*$/s, '')}` : url ? shownUrl(url) : '',
    ]),
  ].join(' ');
}

/** The command that starts the service; undefined where unknown or missing. */
export function startOf(subject: Subject, machine: Machine): string | undefined {
  const {spec, fixKind, place} = subject;
  const {traits, start, commands} = fixKind;
  if (traits.takenByOthers) return spec.agentos ? 'agentos webui start' : undefined;
  if (traits.ownsProcess) return place?.monitor ? restartOf(subject, machine) : undefined;
  const argv = start?.(spec.fix.options);
  // A command of the user's own may be a slip.
  return argv && (!commands || programOf(argv[0], subject, machine).kind === 'found')
    ? typed(argv)
    : undefined;
}

/** The command that restarts it: its monitor's where one runs, else the start command. */
export function restartOf(subject: Subject, machine: Machine): string | undefined {
  const {spec, place} = subject;
  return place?.monitor
    ? `agent2 restart ${typed([spec.name])}${place.which}`
    : startOf(subject, machine);
}

/** A program of the fix, found as the monitor finds it. */
export function programOf(
  name: string,
  {place}: Pick<Subject, 'place'>,
  {cwd, env}: Machine,
): ReturnType<typeof findProgram> {
  const started = place?.monitor && startWords(place.monitor.pid);
  return findProgram(name, {cwd: started?.cwd ?? cwd, path: env.PATH});
}

/** Its part of the monitor's last status. */
export function statusOf({place, spec}: Subject): MonitoredTarget | undefined {
  return place?.status.kind === 'read'
    ? place.status.targets.find(({name}) => name === spec.name)
    : undefined;
}

/** What gives it another fix: an editor for its config file, else a start with that option. */
export function otherFix({option, fix}: OtherFix, subject: Subject, {config}: Scene): string {
  if (config !== undefined) return `"${'$'}{EDITOR:-vi}" ${typed([config])} # fix: ${fix}`;
  const {place, spec} = subject;
  const stop = place?.monitor ? `agent2 stop${place.which} && ` : '';
  const url = spec.agentos ? '' : `${urlOf(subject) ?? ''} `;
  return `${stop}agent2 start ${url}${option}`;
}
