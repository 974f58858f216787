import {stat} from 'node:fs/promises';
import type {SecureContext} from 'node:tls';
import type {TlsSettings} from '../../contracts/probe.ts';
import {message} from '../../core/text/message.ts';
import {TextError} from '../../core/text/text-error.ts';
import {sanitizeText} from '../../format/sanitize.ts';
import {readBounded} from '../files/bounded-file.ts';
import {faultOfFile} from '../files/file-error.ts';
import {errorCode, errorText} from '../error-code.ts';

/** Whom a TLS connection trusts, and as whom it comes. */
export interface TlsClient extends Pick<TlsSettings, 'servername' | 'allowSelfSigned'> {
  /** Undefined for what the system trusts, without a client certificate. Rejects with a `TextError` when a file cannot be used. */
  context(): Promise<SecureContext | undefined>;
  /** The same trust without the client certificate: for another origin, where a redirect leads. */
  anonymous(): TlsClient;
}

/** Reads the files at the first use, and again when one of them changed: certificates are renewed under a running monitor. */
export function createTlsClient({
  ca,
  cert,
  key = cert,
  servername,
  allowSelfSigned,
}: TlsSettings): TlsClient {
  const paths = [ca, cert, key].filter(path => path !== undefined);
  let known: {readonly version: string; readonly context: SecureContext} | undefined;
  return {
    servername,
    allowSelfSigned,
    anonymous: () => createTlsClient({ca, servername, allowSelfSigned}),
    async context() {
      if (paths.length === 0) return undefined;
      const version = (await Promise.all(paths.map(versionOf))).join();
      if (known?.version !== version) known = {version, context: await contextOf({ca, cert, key})};
      return known.context;
    },
  };
}

async function versionOf(path: string): Promise<string> {
  try {
    const {mtimeMs, size, ino} = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    throw new TextError(message`${path} cannot be used: ${faultOfFile(path, error)}`);
  }
}

async function contextOf({ca, cert, key}: TlsSettings): Promise<SecureContext> {
  const {createSecureContext} = await import('node:tls');
  const {X509Certificate, createPrivateKey} = await import('node:crypto');
  const options = {
    ca: await load(ca, pem => new X509Certificate(pem)),
    cert: await load(cert, pem => new X509Certificate(pem)),
    key: await load(key, pem => createPrivateKey(pem)),
  };
  try {
    return createSecureContext(options);
  } catch (error) {
    throw unusable([cert, key].filter(path => path !== undefined).join(', ') || (ca ?? ''), error);
  }
}

/** The list of all public authorities has a quarter of it. */
const MOST_BYTES = 1_048_576;

/** OpenSSL ignores text that is no certificate, and then trusts nothing. */
async function load(
  path: string | undefined,
  parse: (pem: string) => unknown,
): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    const file = readBounded(path, MOST_BYTES);
    if (file.kind === 'missing') throw new TextError(message`it is not there`);
    if (file.kind === 'refused') throw new TextError(message`it ${file.reason}`);
    const pem = file.bytes.toString('utf8');
    parse(pem);
    return pem;
  } catch (error) {
    throw unusable(path, error);
  }
}

function unusable(path: string, error: unknown): TextError {
  return new TextError(message`${path} cannot be used: ${reasonOf(error)}`);
}

const REASONS: ReadonlyArray<readonly [code: RegExp, text: () => ReturnType<typeof message>]> = [
  [
    /MISSING_PASSPHRASE|BAD_DECRYPT|BAD_PASSWORD/,
    () => message`the key is encrypted; give one without a passphrase`,
  ],
  [/KEY_VALUES_MISMATCH/, () => message`the key does not belong to the certificate`],
  [/NO_START_LINE|DECODER|UNSUPPORTED|ASN1/, () => message`it holds no such PEM`],
];

function reasonOf(error: unknown) {
  const code = errorCode(error) ?? '';
  return (
    REASONS.find(([pattern]) => pattern.test(code))?.[1]() ?? sanitizeText(errorText(error), 120)
  );
}
