import type {Protocol} from '../../core/model/fault.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {TextError} from '../../core/text/text-error.ts';
import {sanitizeText} from '../../format/sanitize.ts';
import {elapsed} from '../../format/elapsed.ts';
import {tlsProblem} from './tls-words.ts';
import {errorCode, errorText} from '../error-code.ts';

/** The faults between agent2 and a listening socket, in the words of the core's faults. */
export type NetFaultKind =
  | 'dns_failed'
  | 'connect_refused'
  | 'connect_timeout'
  | 'connection_reset'
  | 'tls_failed'
  | 'response_timeout'
  | 'response_truncated';

/** The stage at which an exchange failed. */
export type Stage = 'resolving' | 'connecting' | 'securing' | 'waiting' | 'reading';

export interface NetFault {
  readonly fault: NetFaultKind;
  /** The middle of a sentence, e.g. `connection refused by 127.0.0.1:8080`. */
  readonly text: Text;
  /** What the peer speaks instead of what it was asked in. */
  readonly protocol?: Protocol;
}

/** This machine's own problem: out of files, memory or local ports, or no permission to connect. It proves nothing about the peer. */
export function isOurOwn(error: unknown): boolean {
  return ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'EACCES', 'EPERM'].includes(
    errorCode(error) ?? '',
  );
}

/** The same for people, where it is not one of agent2's resources: it may not connect, as to a socket of another user. */
export function ownProblem(error: Error, peer: string): Error {
  const code = errorCode(error) ?? '';
  return ['EACCES', 'EPERM'].includes(code)
    ? new TextError(message`agent2 may not connect to ${peer} (${code})`)
    : error;
}

/** The fault behind an error of a socket to `peer` (`host:port`). */
export function faultOf(error: unknown, stage: Stage, peer: string): NetFault {
  const code = errorCode(error) ?? '';
  const tls = tlsProblem(error);
  if (tls)
    return {...tls, fault: 'tls_failed', text: message`TLS with ${peer} failed: ${tls.text}`};
  if (code === 'ENOENT')
    return {
      fault: 'connect_refused',
      text: message`nothing listens on ${peer}: there is no such socket`,
    };
  if (code === 'ECONNREFUSED')
    return {fault: 'connect_refused', text: message`connection refused by ${peer}`};
  if (code === 'ETIMEDOUT')
    return {
      fault: 'connect_timeout',
      text: message`no connection to ${peer}: the system gave up waiting`,
    };
  switch (stage) {
    case 'resolving':
      return {
        fault: 'dns_failed',
        text: message`the name in ${peer} cannot be resolved (${code || reason(error)})`,
      };
    case 'connecting':
      // EHOSTUNREACH, ENETUNREACH …: unreachable, like a refusing host.
      return code === 'ECONNRESET'
        ? {fault: 'connection_reset', text: message`${peer} reset the connection`}
        : {
            fault: 'connect_refused',
            text: message`no connection to ${peer} (${code || reason(error)})`,
          };
    case 'securing':
      return {
        fault: 'tls_failed',
        text: message`TLS with ${peer} failed: ${code === 'ECONNRESET' ? message`it closed the connection during the handshake` : reason(error)}`,
      };
    case 'waiting':
      return closedFault(peer, code || reason(error));
    case 'reading':
      return earlyFault(code || reason(error));
  }
}

/** The fault of a response whose start was understood. `where` or why it ended. */
export function earlyFault(where: Text): NetFault {
  return {fault: 'response_truncated', text: message`the response ended early (${where})`};
}

/** The fault of an exchange whose peer closed the connection cleanly but too early. */
export function cutFault(stage: Stage, peer: string): NetFault {
  if (stage === 'securing')
    return {
      fault: 'connection_reset',
      text: message`${peer} closed the connection during the TLS handshake, without a reason`,
    };
  return stage === 'reading'
    ? earlyFault(message`connection closed`)
    : closedFault(peer, message`end of stream`);
}

/** The fault of a peer that answers a plain request by a message of TLS. */
export function speaksTlsFault(peer: string): NetFault {
  return {
    fault: 'response_truncated',
    text: message`${peer} speaks TLS, and was asked without it; use https:// in the url`,
    protocol: 'tls',
  };
}

/** The fault of a certificate that is not to be trusted, for this reason. */
export function certificateFault(peer: string, why: Text): NetFault {
  return {fault: 'tls_failed', text: message`the certificate of ${peer} ${why}`};
}

/** The fault of an answer that violates HTTP. */
export function brokenFault(stage: Stage, reason: Text): NetFault {
  return stage === 'reading'
    ? earlyFault(reason)
    : {fault: 'response_truncated', text: message`the answer is not HTTP (${reason})`};
}

/** The fault of a peer that speaks another protocol than HTTP. `reason` shows how its answer starts. */
export function foreignFault(reason: Text): NetFault {
  return {...brokenFault('waiting', reason), protocol: 'other'};
}

function closedFault(peer: string, why: Text): NetFault {
  return {
    fault: 'connection_reset',
    text: message`${peer} closed the connection without an answer (${why})`,
  };
}

/** The fault of an exchange that timed out at `stage`. `limit` is the time limit in words. */
export function lateFault(
  stage: Exclude<Stage, 'reading'>,
  {
    peer,
    limit,
    connectMs = 0,
  }: {readonly peer: string; readonly limit: Text; readonly connectMs?: number},
): NetFault {
  switch (stage) {
    case 'resolving':
      return {
        fault: 'dns_failed',
        text: message`the name in ${peer} was not resolved within ${limit}`,
      };
    case 'connecting':
      return {fault: 'connect_timeout', text: message`no connection to ${peer} within ${limit}`};
    case 'securing':
      return {
        fault: 'response_timeout',
        text: message`no TLS with ${peer} within ${limit} (connected in ${elapsed(connectMs)})`,
      };
    case 'waiting':
      return {
        fault: 'response_timeout',
        text: message`no response within ${limit} (connected in ${elapsed(connectMs)})`,
      };
  }
}

function reason(error: unknown): Text {
  return sanitizeText(errorText(error), 120);
}
