import type {Remark} from '../contracts/examination.ts';
import {render, say} from '../core/text/say.ts';
import type {Fault} from '../core/model/fault.ts';
import {shownUrl} from '../config/address.ts';
import {withPath} from '../format/unix-url.ts';
import {createTlsClient} from '../io/net/tls-client.ts';
import {pathThatAnswers} from '../io/net/health-paths.ts';
import {typed} from '../format/shell-words.ts';
import {curl, restartOf, urlOf} from './shared/next.ts';
import type {Examination, Machine, Scene, Subject} from './shared/scene.ts';

/** Does the url answer as it should? */
export const definition: Examination = {
  order: 30,
  about: 'target',
  what: () => say`endpoint`,
  finds:
    'a wrong path (and the one that answers), a wrong status or body, no answer in time, a name that does not resolve, an untrusted certificate, http instead of https, a slow answer',
  async examine(subject, scene, signal) {
    const url = urlOf(subject);
    if (url === undefined) return [];
    const observation = await scene.observe(subject);
    if (observation.kind === 'inconclusive')
      return [{id: 'endpoint_unknown', level: 'skipped', seen: render(observation.reason)}];
    const fault =
      observation.kind === 'failed'
        ? observation.faults.find(({probe}) => probe === 'api')
        : undefined;
    if (fault) return [await failed(fault, subject, scene, signal)];
    const {api} = observation.readings;
    if (api?.status === undefined)
      return [
        {
          id: 'endpoint_unasked',
          level: 'skipped',
          seen: say`not checked: fix the process or the port first`,
        },
      ];
    const slow =
      observation.kind === 'ok'
        ? observation.warnings?.find(({kind}) => kind === 'slow')
        : undefined;
    if (slow)
      return [
        {
          id: 'slow',
          level: 'warn',
          seen: render(slow.text),
          next: curl(subject, "-so /dev/null -w '%{time_total}\\n'"),
        },
      ];
    return [
      {
        id: 'endpoint',
        level: 'ok',
        seen: say`${url}: ${api.status} in ${(api.totalMs ?? 0).toFixed(0)} ms`,
      },
    ];
  },
};

async function failed(
  fault: Fault,
  subject: Subject,
  {places, machine}: Scene,
  signal: AbortSignal,
): Promise<Remark> {
  const url = subject.spec.url as URL;
  const remark = (next: string, seen = render(fault.text)): Remark => ({
    id: fault.kind,
    level: 'fail',
    seen,
    next,
  });
  if ('protocol' in fault && fault.protocol === 'tls')
    return {
      id: 'tls_wanted',
      level: 'fail',
      seen: say`${url.host} speaks TLS; is it https?`,
      next: `agent2 check ${typed([`https://${url.host}${url.pathname}`])}`,
    };
  switch (fault.kind) {
    case 'status_unexpected':
      return wrongStatus(fault, subject, machine, signal);
    case 'body_unexpected':
    case 'body_invalid':
      return remark(
        curl(subject, '-s'),
        say`${fault.text}; the service is not healthy, or --expect names the wrong field`,
      );
    case 'dns_failed':
      return remark(
        `getent hosts ${typed([url.hostname])}`,
        say`${fault.text}; is the name right, and does the DNS server answer?`,
      );
    case 'tls_failed': {
      const peer = `${url.hostname}:${url.port || 443}`;
      if (fault.protocol === 'plain')
        return {
          id: 'tls_absent',
          level: 'fail',
          seen: say`${peer} does not speak TLS; is it http?`,
          next: `agent2 check ${typed([`http://${peer}${url.pathname}`])}`,
        };
      return remark(
        `openssl s_client -connect ${peer} -servername ${url.hostname} </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates`,
        tlsText(render(fault.text)),
      );
    }
    case 'connect_refused':
    case 'connect_timeout':
      return remark(
        places.length > 0 && subject.spec.local
          ? (restartOf(subject, machine) ?? curl(subject, '-v -m 5'))
          : curl(subject, '-v -m 5'),
      );
    case 'response_timeout':
      return remark(
        restartOf(subject, machine) ?? curl(subject, '-v -m 10'),
        say`${fault.text}; the service hangs, or needs more time (--timeout)`,
      );
    default:
      return remark(curl(subject, '-i -m 5'));
  }
}

const NOT_FOUND = [404, 405, 410];
const DENIED = [401, 403, 407];

async function wrongStatus(
  fault: Extract<Fault, {kind: 'status_unexpected'}>,
  subject: Subject,
  machine: Machine,
  signal: AbortSignal,
): Promise<Remark> {
  const url = subject.spec.url as URL;
  const {status, text} = fault;
  if (DENIED.includes(status))
    return {
      id: 'status_unexpected',
      level: 'fail',
      seen: say`${text}; it needs a login: give the check a header (http.headers in the config), or a url without login`,
      next: curl(subject, '-i'),
    };
  if (!NOT_FOUND.includes(status))
    return {
      id: 'status_unexpected',
      level: 'fail',
      seen: say`${text}; see the service's own log`,
      next: restartOf(subject, machine) ?? curl(subject, '-i'),
    };
  const other = await pathThatAnswers(url, createTlsClient(subject.spec.http), signal);
  if (other === undefined)
    return {
      id: 'path_wrong',
      level: 'fail',
      seen: say`${text}; none of the usual health paths answers there either`,
      next: curl({...subject, spec: {...subject.spec, url: withPath(url, '/')}}, '-i'),
    };
  return {
    id: 'path_wrong',
    level: 'fail',
    seen: render(text),
    next: `agent2 check ${typed([shownUrl(withPath(url, other))])}`,
  };
}

function tlsText(text: string): string {
  return /expired/i.test(text) ? say`${text}; renew its certificate, and check the clock` : text;
}
