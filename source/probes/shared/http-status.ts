import type {HttpSpec} from '../../contracts/probe.ts';
import type {Failure} from '../../core/model/fault.ts';
import {joined, message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';
import type {HttpAnswer} from '../../io/net/http.ts';
import {blameOf, type Asker} from './http-body.ts';
import {answererOf, withSender} from './http-answerer.ts';

/** The body of a bad status may name the faulty part. */
export function judgeStatus(
  answer: HttpAnswer,
  {status: good}: HttpSpec,
  {probe, request}: Asker,
): Failure | undefined {
  const {status, body} = answer;
  if (answer.tooManyRedirects)
    return {
      probe,
      kind: 'status_unexpected',
      ...answererOf(answer),
      text: message`${request}: too many redirects, the last with ${status}`,
    };
  if (answer.redirectFailed !== undefined)
    return {
      probe,
      kind: 'status_unexpected',
      ...answererOf(answer),
      text: message`${request}: status ${status} redirects to ${sanitize(answer.location ?? '', 100)}, which fails: ${answer.redirectFailed.text}`,
    };
  if (good.some(([from, to]) => status >= from && status <= to)) return undefined;
  const wanted = joined(
    good.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)),
    message` or `,
  );
  const told = answererOf(answer);
  // What a proxy says of itself names no part of the service.
  const {blame, ...blamed} = told.from?.page === undefined ? blameOf(body) : {blame: ''};
  if (wantsTls(status, body))
    return {
      probe,
      kind: 'status_unexpected',
      ...told,
      protocol: 'tls',
      text: message`${request}: status ${status}: it speaks TLS, and was asked without it; use https:// in the url`,
    };
  return {
    probe,
    kind: 'status_unexpected',
    ...told,
    text: message`${request}: status ${withSender(told)}, expected ${wanted}${blame}`,
    ...blamed,
  };
}

/** In the words of nginx, Apache, Go (Caddy, Traefik) and Tomcat. */
function wantsTls(status: number, body: string): boolean {
  return (
    status >= 400 &&
    /plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled|sent an HTTP request to an HTTPS server|combination of host and port requires TLS/i.test(
      body.slice(0, 4_096),
    )
  );
}
