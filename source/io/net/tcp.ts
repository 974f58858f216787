import type {Text} from '../../core/model/text.ts';
import {connect as open, isIP} from 'node:net';
import {elapsed} from '../../format/elapsed.ts';
import {faultOf, lateFault, type NetFaultKind} from './net-fault.ts';
import {lookupName} from './lookup.ts';
import {outcomeOf} from './socket-outcome.ts';

export interface ConnectRequest {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export type ConnectResult =
  | {readonly kind: 'open'; readonly connectMs: number}
  /** `text` is a whole sentence. */
  | {readonly kind: 'failed'; readonly fault: NetFaultKind; readonly text: Text};

/**
 * Opens a TCP connection and closes it at once. `timeoutMs` covers the name lookup too.
 * Rejects with the reason of `signal` when that is aborted, and where this machine could not try (see `isOurOwn`).
 */
export function connect({host, port, timeoutMs, signal}: ConnectRequest): Promise<ConnectResult> {
  signal?.throwIfAborted();
  const peer = peerOf(host, port);
  const startedAt = performance.now();
  let stage: 'resolving' | 'connecting' = isIP(host) ? 'connecting' : 'resolving';
  const socket = open({host, port, lookup: lookupName});
  socket.on('lookup', error => {
    if (!error) stage = 'connecting';
  });
  const ends = {
    timeoutMs,
    signal,
    late: (): ConnectResult => ({
      kind: 'failed',
      ...lateFault(stage, {peer, limit: elapsed(timeoutMs)}),
    }),
    failed: (error: Error): ConnectResult => ({kind: 'failed', ...faultOf(error, stage, peer)}),
  };
  return outcomeOf(socket, ends, settle => {
    socket.once('connect', () => settle({kind: 'open', connectMs: performance.now() - startedAt}));
  });
}

/** The shown form of an address: `127.0.0.1:5432`, `[::1]:5432`. */
export function peerOf(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
