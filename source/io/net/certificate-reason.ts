import type {PeerCertificate} from 'node:tls';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';
import {errorCode} from '../error-code.ts';

interface Judgement {
  /** Why OpenSSL does not trust it; undefined when it does. */
  readonly authorizationError: Error | string | undefined;
  readonly allowSelfSigned: boolean;
  /** It has none of the names that were asked for. */
  readonly mismatch: (Error & {readonly host?: string}) | undefined;
}

const SELF_SIGNED = 'DEPTH_ZERO_SELF_SIGNED_CERT';
/** It came with its authority, which is nobody known here. */
const WHOLE_CHAIN = 'SELF_SIGNED_CERT_IN_CHAIN';
/** Nobody known here vouches for it. */
const UNKNOWN_ISSUER = [
  WHOLE_CHAIN,
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
];
const DAY_MS = 86_400_000;

/** What is wrong with the chain where the certificate itself is in order. */
const REASONS: Readonly<Record<string, () => Text>> = {
  CERT_HAS_EXPIRED: () => message`has an authority in its chain that has expired`,
  CERT_NOT_YET_VALID: () => message`has an authority in its chain that is not valid yet`,
  CERT_REVOKED: () => message`was revoked`,
  CERT_SIGNATURE_FAILURE: () => message`has a signature that is not of the authority that it names`,
  CERT_CHAIN_TOO_LONG: () => message`has a chain that is too long`,
  PATH_LENGTH_EXCEEDED: () => message`has a chain that is longer than its authority allows`,
  INVALID_CA: () => message`was signed by a certificate that is no authority`,
  INVALID_PURPOSE: () => message`is not for servers`,
  CERT_UNTRUSTED: () => message`has an authority that is not trusted here for servers`,
  CERT_REJECTED: () => message`has an authority that is rejected here`,
  EE_KEY_TOO_SMALL: () => message`has a key that is too short to be safe`,
  CA_KEY_TOO_SMALL: () => message`has an authority in its chain whose key is too short to be safe`,
  CA_MD_TOO_WEAK: () => message`has a signature in its chain that is too weak to be safe`,
  OUT_OF_MEM: () => message`could not be verified: agent2 has too little memory`,
};

/**
 * Why a certificate is not to be trusted, as the end of a sentence: `expired 3 days ago`. `allowSelfSigned` trusts every issuer; dates and name must
 * be right all the same. Checks the dates first: OpenSSL names only one fault, and never the dates of a self-signed certificate.
 */
export function whyInvalid(
  {valid_from: from, valid_to: to, subjectaltname, subject}: PeerCertificate,
  {authorizationError, allowSelfSigned, mismatch}: Judgement,
): Text | undefined {
  const now = Date.now();
  if (Date.parse(to) <= now) return expired(now - Date.parse(to), day(to));
  if (Date.parse(from) > now) return message`is not valid before ${day(from)}`;
  const code =
    typeof authorizationError === 'string' ? authorizationError : errorCode(authorizationError);
  if (code === SELF_SIGNED && !allowSelfSigned)
    return message`is self-signed; give its certificate as ca, or set allowSelfSigned`;
  if (code === WHOLE_CHAIN && !allowSelfSigned)
    return message`is of an authority that is unknown here; give that as ca`;
  if (code !== undefined && UNKNOWN_ISSUER.includes(code) && !allowSelfSigned)
    return message`is of an authority that is unknown here; give that as ca, or let the service send the whole chain`;
  if (code !== undefined && code !== SELF_SIGNED && !UNKNOWN_ISSUER.includes(code))
    return REASONS[code]?.() ?? message`cannot be verified`;
  if (!mismatch) return undefined;
  const names = namesOf(subjectaltname, subject?.CN);
  const host = mismatch.host ?? '';
  return names === ''
    ? message`names nobody, so it is not for ${host}`
    : message`is for ${names}, not for ${host} (servername says which to expect)`;
}

/** `DNS:a.example, IP Address:127.0.0.1` without its kinds. */
function namesOf(alternatives: string | undefined, common: string | readonly string[] | undefined) {
  const names = alternatives?.split(', ').map(name => name.replace(/^[\w ]+:/, '')) ?? [
    common ?? '',
  ];
  return sanitize(names.flat().join(', '), 120);
}

function expired(agoMs: number, on: string): Text {
  const days = Math.floor(agoMs / DAY_MS);
  if (days < 1) return message`expired less than a day ago (${on})`;
  return days === 1
    ? message`expired 1 day ago (${on})`
    : message`expired ${days} days ago (${on})`;
}

function day(date: string): string {
  return new Date(date).toISOString().slice(0, 10);
}
