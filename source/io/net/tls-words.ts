import type {Protocol} from '../../core/model/fault.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {errorCode} from '../error-code.ts';

export interface TlsProblem {
  readonly text: Text;
  /** What the peer speaks instead. */
  readonly protocol?: Protocol;
}

/** OpenSSL's reasons in words; the first that fits. */
const REASONS: ReadonlyArray<readonly [reason: RegExp, text: () => Text, protocol?: Protocol]> = [
  [
    /^(?:wrong version number|packet length too long|http request|https proxy request|unknown protocol|bad record type|record layer failure|unexpected message|data length too long)$/,
    () => message`it answered without TLS; if it speaks plain HTTP, use http:// in the url`,
    'plain',
  ],
  [
    /certificate required|no certificate|peer did not return/,
    () => message`it asks for a client certificate; give cert and key`,
  ],
  [
    /alert certificate expired/,
    () => message`it refuses our client certificate as expired; give a newer cert and key`,
  ],
  [
    /alert certificate revoked/,
    () => message`it refuses our client certificate as revoked; give another cert and key`,
  ],
  [
    /alert unknown ca/,
    () =>
      message`it does not know the authority of our client certificate; give a cert and key that it knows`,
  ],
  [
    /alert access denied/,
    () => message`it knows our client certificate, or the lack of one, and denies access`,
  ],
  [
    /alert .*certificate/,
    () => message`it refuses our client certificate, or the lack of one; give cert and key`,
  ],
  [
    /protocol version|unsupported protocol|no protocols available|version too low|inappropriate fallback/,
    () => message`it has no version of TLS in common with agent2`,
  ],
  [/insufficient security/, () => message`it demands stronger ciphers than agent2 offers`],
  [
    /handshake failure|no shared cipher|no ciphers/,
    () =>
      message`it has no cipher in common with agent2, or asks for a client certificate (cert and key)`,
  ],
  [/unrecognized name/, () => message`it knows no service of that name; give another servername`],
  [/no application protocol/, () => message`it does not offer HTTP/1.1`],
  [/internal error/, () => message`it reports an internal error of its own`],
  [
    /unknown psk identity/,
    () => message`it accepts only those who share a key with it, which agent2 cannot`,
  ],
  [/user cancell?ed/, () => message`it broke the handshake off`],
  [
    /alert (?:unexpected message|bad record mac|record overflow|illegal parameter|decode error|decrypt error|missing extension|decompression failure)|unsupported extension|certificate unobtainable|bad certificate (?:status|hash)|no renegotiation/,
    () =>
      message`it does not accept what agent2 sends in the handshake; something between them may change it`,
  ],
  [
    /too small|md too weak|key too weak|wrong signature type/,
    () => message`its key or its signature is too weak`,
  ],
  [/legacy renegotiation/, () => message`it wants an unsafe renegotiation, which agent2 refuses`],
];

/** What went wrong in TLS, in words; undefined for an error of something else. */
export function tlsProblem(error: unknown): TlsProblem | undefined {
  const reason = reasonOf(error);
  if (reason === undefined) return undefined;
  const found = REASONS.find(([pattern]) => pattern.test(reason));
  // Every other reason is about bytes that no server sends on purpose, and its words help nobody.
  if (!found) return {text: message`what it sends is not valid TLS`};
  const [, text, protocol] = found;
  return {text: text(), ...(protocol === undefined ? {} : {protocol})};
}

/** OpenSSL's own word for it, without its numbers: `wrong version number`. */
function reasonOf(error: unknown): string | undefined {
  const {reason, message: text} = error as {reason?: unknown; message?: unknown};
  if (typeof reason === 'string') return reason.toLowerCase();
  const [, found] =
    /:error:[\dA-F]{8}:[^:]*:[^:]*:([^:\n]+)/i.exec(typeof text === 'string' ? text : '') ?? [];
  if (found !== undefined) return found.toLowerCase();
  const code = errorCode(error) ?? '';
  return /^ERR_SSL_/.test(code)
    ? code.slice('ERR_SSL_'.length).toLowerCase().replaceAll('_', ' ')
    : undefined;
}
