import {typed} from '../../format/shell-words.ts';
import {isRecord} from '../../format/json.ts';
import type {Subject} from './scene.ts';

/** The url as one types it, without what may be secret. */
export function urlOf({spec: {url}}: Subject): string | undefined {
  return url && `${url.protocol}//${url.host}${url.pathname}`;
}

/** What starts the service, as one types it; undefined where nobody told. */
export function startOf({spec, place}: Subject): string | undefined {
  const options = isRecord(spec.fix.options) ? spec.fix.options : {};
  const text = (key: string) => (typeof options[key] === 'string' ? typed([options[key]]) : '');
  switch (spec.fix.use) {
    case 'signal':
      return spec.agentos ? 'agentos webui start' : undefined;
    case 'systemd':
      return `systemctl ${options.user === true ? '--user ' : ''}start ${text('unit')}`;
    case 'docker':
      return `${text('command') || 'docker'} start ${text('container')}`;
    case 'pm2':
      return `pm2 start ${text('process')}`;
    case 'supervisor':
      return `supervisorctl start ${text('program')}`;
    case 'command': {
      const words = options.start ?? options.restart;
      return Array.isArray(words) ? typed(words.map(String)) : undefined;
    }
    case 'child':
      return place?.monitor ? restartOf({spec, place}) : undefined;
    case 'none':
      return undefined;
  }
}

/** What restarts it: its monitor where one runs, else whatever starts it. */
export function restartOf(subject: Subject): string | undefined {
  const {spec, place} = subject;
  return place?.monitor ? `agent2 restart ${typed([spec.name])}${place.which}` : startOf(subject);
}

/** Some of our own sentences end with what to type: `…; try: ls -l /run/web.pid`. */
export function splitTry(text: string): {readonly seen: string; readonly next?: string} {
  const [seen = '', next] = text.split('; try: ');
  return next === undefined ? {seen} : {seen, next};
}
