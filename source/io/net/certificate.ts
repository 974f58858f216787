import {lookupName} from './lookup.ts';
import type {Text} from '../../core/model/text.ts';
import {isIP} from 'node:net';
import type {SecureContext} from 'node:tls';
import {TextError} from '../../core/text/text-error.ts';
import {elapsed} from '../../format/elapsed.ts';
import {whyInvalid} from './certificate-reason.ts';
import {faultOf, lateFault, type NetFaultKind, type Stage} from './net-fault.ts';
import {outcomeOf} from './socket-outcome.ts';
import {createTlsClient} from './tls-client.ts';
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
  let secureContext: SecureContext | undefined;
  try {
    secureContext = await createTlsClient({ca}).context();
  } catch (error) {
    if (error instanceof TextError) return {kind: 'not-inspected', text: error.text};
    throw error;
  }
  const tls = await import('node:tls');
  signal?.throwIfAborted();
  const peer = peerOf(host, port);
  const startedAt = performance.now();
  let stage: Exclude<Stage, 'reading'> = isIP(host) ? 'connecting' : 'resolving';
  let connectMs = 0;
  // agent2 judges the certificate itself, to name the fault, and to know the end date of an untrusted one.
  const socket = tls.connect({
    lookup: lookupName,
    host,
    port,
    ...(isIP(servername) ? {} : {servername}),
    secureContext,
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
