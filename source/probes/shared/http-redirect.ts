import type {HttpSpec} from '../../contracts/probe.ts';
import type {Failure} from '../../core/model/fault.ts';
import {message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';
import type {HttpAnswer} from '../../io/net/http.ts';
import {isBadState} from './failing-parts.ts';
import {answererOf} from './http-answerer.ts';
import type {Asker} from './http-body.ts';

/** The url of the last redirect that the newest good answer came by; empty without one, undefined before the first good answer. */
export type GoodBy = string | undefined;

/** What a good answer came by. */
export function goodBy({followed}: HttpAnswer): GoodBy {
  return followed?.location ?? '';
}

/** The asker of an answer behind a redirect names the redirect in each of its sentences. */
export function askerOf({followed}: HttpAnswer, {probe, request}: Asker): Asker {
  if (!followed) return {probe, request};
  const location = sanitize(followed.location, 100);
  return {
    probe,
    request: message`${request}, redirected with ${followed.status} to ${location}`,
  };
}

/**
 * The fault of an answer behind a redirect. A page that does not fit is not the service's health but where it sends us instead (a login, a notice of maintenance), so the
 * redirect is the answer. A page that says itself that the service is ill is believed, and so is one that was good by the same redirect.
 */
export function judgeRedirected(fault: Failure, answer: HttpAnswer, good: GoodBy): Failure {
  const {followed} = answer;
  if (!followed || good === followed.location || !isElsewhere(fault, answer, good)) return fault;
  const {probe, text} = fault;
  return {
    probe,
    kind: 'status_unexpected',
    status: followed.status,
    location: sanitize(followed.location, 200),
    text,
  };
}

function isElsewhere(fault: Failure, {followed, body}: HttpAnswer, good: GoodBy): boolean {
  if (fault.kind === 'body_invalid') return true;
  if (fault.kind === 'body_unexpected') return !saysIll(fault, body);
  // Another server's error is its own, unless that may always have been a part of the service.
  return fault.kind === 'status_unexpected' && followed?.otherOrigin === true && good === '';
}

function saysIll(
  {components, got}: Extract<Failure, {readonly kind: 'body_unexpected'}>,
  body: string,
): boolean {
  if (body.trimStart().startsWith('<')) return false;
  return (
    components !== undefined ||
    (typeof got === 'string' && isBadState(got)) ||
    isBadState(body.trim())
  );
}

/** Whether a failure behind a redirect to another port is the service's own: it was good there. */
export function isOwn({location}: HttpAnswer, good: GoodBy): boolean {
  return Boolean(good && location) && originOf(good) === originOf(location);
}

function originOf(url = ''): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

/** Where a body is expected, a redirect to another host is no answer. */
export function judgeRedirect(
  answer: HttpAnswer,
  {expect, expectText}: HttpSpec,
  {probe, request}: Asker,
): Failure | undefined {
  if (expect.length === 0 && expectText === undefined) return undefined;
  return {
    probe,
    kind: 'status_unexpected',
    ...answererOf(answer),
    text: message`${request}: status ${answer.status} redirects to ${answer.redirectedTo ?? ''}, so the expected body was not seen; use that url`,
  };
}
