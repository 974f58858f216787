import type {Failure} from '../model/fault.ts';

/** Tells answers about the service from answers about the question that agent2 asks it. */

/** `refusal`: the service rejects the request. `mismatch`: it answers in another form than the one asked for. Neither says that the service is ill. */
export type Objection = 'refusal' | 'mismatch';

/** What an answer objects to in the question; undefined for a fault that tells something about the service. */
export function objectionOf(fault: Failure): Objection | undefined {
  switch (fault.kind) {
    case 'status_unexpected':
      return fault.protocol === undefined ? ofStatus(fault.status) : 'refusal';
    case 'response_too_large':
      return 'refusal';
    case 'connect_refused':
    case 'port_closed':
      return (fault.listensOn ?? []).length > 0 ? 'mismatch' : undefined;
    case 'body_unexpected':
      return fault.mismatch ? 'mismatch' : undefined;
    case 'body_invalid':
      return 'mismatch';
    case 'tls_failed':
      return fault.protocol === undefined ? 'mismatch' : 'refusal';
    case 'connection_reset':
    case 'response_truncated':
      // A service that answered by HTTP before and no longer does is broken, which a new form of the question does not explain.
      if (fault.protocol === 'other') return 'mismatch';
      return fault.protocol === undefined ? undefined : 'refusal';
    default:
      return undefined;
  }
}

/**
 * Whether the answer shows that something else than the target is ill: the name does not resolve here, a proxy does not reach what is behind it
 * or has ended, or the service blames a dependency.
 */
export function blamesOthers(fault: Failure): boolean {
  return (
    fault.kind === 'dns_failed' ||
    fault.dependency !== undefined ||
    ('frontEnded' in fault && fault.frontEnded !== undefined) ||
    isProxys(fault)
  );
}

/** A server that gave up waiting may be ill. */
const TIMED_OUT = 408;
/** Not implemented, HTTP version not supported, further extensions required, login to the network required. */
const REJECTED = [501, 505, 510, 511];

function ofStatus(status: number): Objection | undefined {
  if (REJECTED.includes(status)) return 'refusal';
  if (status < 300) return 'mismatch';
  return status < 500 && status !== TIMED_OUT ? 'refusal' : undefined;
}

const GATEWAY = [502, 503, 504];

/** The error page of a proxy, or the status of a gateway whose headers name one. A service behind a proxy answers 503 by itself, with the proxy's headers. */
function isProxys(fault: Failure): boolean {
  if (fault.kind !== 'status_unexpected' || !GATEWAY.includes(fault.status)) return false;
  const {page, server, via} = fault.from ?? {};
  return (
    page !== undefined ||
    (fault.status !== 503 && (via !== undefined || (server !== undefined && PROXIES.test(server))))
  );
}

const PROXIES =
  /nginx|openresty|tengine|haproxy|apache|envoy|varnish|caddy|traefik|cloudflare|cloudfront|akamai|awselb|squid|kong|litespeed|lighttpd|h2o|iis|google frontend|angie|pingora|fastly|bunny|linkerd|istio/i;
