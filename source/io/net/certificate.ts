import type {Text} from '../../core/model/text.ts';
import {readFile} from 'node:fs/promises';
import {isIP} from 'node:net';
import type {PeerCertificate} from 'node:tls';
import {message} from '../../core/text/message.ts';
import {sanitize, sanitizeText} from '../../format/sanitize.ts';
import {elapsed} from '../../format/elapsed.ts';
import {errorCode, errorText} from '../error-code.ts';
import {faultOf, lateFault, type NetFaultKind, type Stage} from './net-fault.ts';
import {outcomeOf} from './socket-outcome.ts';
import {peerOf} from './tcp.ts';

export interface CertificateRequest {
  readonly host: string;
  readonly port: number;
  /** The name that the certificate must carry; `host` by default. */
  readonly servername?: string;
  /** A file with the trusted certificates (PEM) instead of the system's, read at each inspection. */
  readonly ca?: string;
  /** Accepts a self-signed certificate, but still checks its dates and names. */
  readonly allowSelfSigned?: boolean;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export type CertificateResult =
  | {readonly kind: 'valid'; readonly endsAt: number; readonly connectMs: number}
  /** Why the certificate is not to be trusted, as the end of a sentence: `expired 3 days ago`. */
  | {
      readonly kind: 'invalid';
      readonly endsAt: number;
      readonly reason: Text;
      readonly connectMs: number;
    }
  | {readonly kind: 'failed'; readonly fault: NetFaultKind; readonly text: Text}
  /** agent2's own problem: `ca` cannot be read. */
  | {readonly kind: 'not-inspected'; readonly text: Text};

/**
 * Opens a TLS connection, reads the certificate and closes at once. `timeoutMs` covers everything.
 * Rejects with the reason of `signal` when that is aborted, and where this machine could not try (see `isOurOwn`).
 */
export async function inspectCertificate({
  host,
  port,
  servername = host,
  ca,
  allowSelfSigned = false,
  timeoutMs,
  signal,
}: CertificateRequest): Promise<CertificateResult> {
  const trusted = ca === undefined ? undefined : await readCa(ca);
  if (typeof trusted === 'object' && 'problem' in trusted)
    return {kind: 'not-inspected', text: trusted.problem};
  const tls = await import('node:tls');
  signal?.throwIfAborted();
  const peer = peerOf(host, port);
  const startedAt = performance.now();
  let stage: Exclude<Stage, 'reading'> = isIP(host) ? 'connecting' : 'resolving';
  let connectMs = 0;
  // agent2 judges the certificate itself, to name the fault, and to know the end date of an untrusted one.
  const socket = tls.connect({
    host,
    port,
    ...(isIP(servername) ? {} : {servername}),
    ca: trusted,
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  });
  socket.on('lookup', error => {
    if (!error) stage = 'connecting';
  });
  socket.once('connect', () => {
    stage = 'securing';
    connectMs = performance.now() - startedAt;
  });
  const ends = {
    timeoutMs,
    signal,
    late: (): CertificateResult => ({
      kind: 'failed',
      ...lateFault(stage, {peer, limit: elapsed(timeoutMs), connectMs}),
    }),
    failed: (error: Error): CertificateResult => ({kind: 'failed', ...faultOf(error, stage, peer)}),
  };
  return outcomeOf(socket, ends, settle => {
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerCertificate();
      const reason = whyInvalid(certificate, {
        authorizationError: socket.authorized ? undefined : socket.authorizationError,
        allowSelfSigned,
        mismatch: tls.checkServerIdentity(servername, certificate),
      });
      const endsAt = Date.parse(certificate.valid_to);
      settle(
        reason === undefined
          ? {kind: 'valid', endsAt, connectMs}
          : {kind: 'invalid', endsAt, reason, connectMs},
      );
    });
  });
}

/** OpenSSL ignores text that is no certificate, and then trusts nothing. */
async function readCa(path: string): Promise<string | {readonly problem: Text}> {
  try {
    const pem = await readFile(path, 'utf8');
    const {X509Certificate} = await import('node:crypto');
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    return {problem: message`${path} cannot be used: ${sanitizeText(errorText(error), 120)}`};
  }
}

interface Judgement {
  readonly authorizationError: Error | string | undefined;
  readonly allowSelfSigned: boolean;
  readonly mismatch: Error | undefined;
}

const SELF_SIGNED = 'DEPTH_ZERO_SELF_SIGNED_CERT';
const DAY_MS = 86_400_000;

/** Checks the dates first: OpenSSL names only one fault, and never the dates of a self-signed certificate. */
function whyInvalid(
  {valid_from: from, valid_to: to}: PeerCertificate,
  {authorizationError, allowSelfSigned, mismatch}: Judgement,
): Text | undefined {
  const now = Date.now();
  if (Date.parse(to) <= now) return expired(now - Date.parse(to), day(to));
  if (Date.parse(from) > now) return message`is not valid before ${day(from)}`;
  const code =
    typeof authorizationError === 'string' ? authorizationError : errorCode(authorizationError);
  if (code === SELF_SIGNED && !allowSelfSigned)
    return message`is self-signed; give its certificate as ca, or set allowSelfSigned`;
  if (code !== undefined && code !== SELF_SIGNED)
    return message`cannot be verified (${sanitize(code, 60)}); give its issuer as ca, or let the service send the whole chain`;
  return mismatch && message`is not for that name: ${sanitize(mismatch.message, 160)}`;
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
