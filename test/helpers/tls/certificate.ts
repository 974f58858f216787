import {
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';

export interface CertificateOptions {
  /** The subject, and its only DNS name. */
  readonly name?: string;
  readonly ip?: string;
  /** Days from `now` at which it begins and ends. */
  readonly fromDays?: number;
  readonly toDays?: number;
  readonly now?: number;
  /** Who signs it; itself unless told. */
  readonly issuer?: Certified;
}

/** PEM, as servers want it. */
export interface Certified {
  readonly name: string;
  readonly cert: string;
  readonly key: string;
}

const DAY_MS = 86_400_000;

/** A certificate for tests, made here: no program has to be installed for it, and no clock to be turned. */
export function makeCertificate({
  name = 'localhost',
  ip = '127.0.0.1',
  fromDays = -1,
  toDays = 90,
  now = Date.now(),
  issuer,
}: CertificateOptions = {}): Certified {
  const {privateKey, publicKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
  const key = privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
  const signer: KeyObject = issuer ? createPrivateKey(issuer.key) : privateKey;
  const algorithm = sequence(oid(1, 2, 840, 10045, 4, 3, 2));
  const extensions = sequence(
    // A host, and the authority of others: what a test needs.
    sequence(oid(2, 5, 29, 19), octets(sequence(BOOLEAN_TRUE))),
    sequence(
      oid(2, 5, 29, 17),
      octets(
        sequence(tag(0x82, Buffer.from(name)), tag(0x87, Buffer.from(ip.split('.').map(Number)))),
      ),
    ),
  );
  const body = sequence(
    tag(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    distinguished(issuer?.name ?? name),
    sequence(time(now + fromDays * DAY_MS), time(now + toDays * DAY_MS)),
    distinguished(name),
    publicKey.export({type: 'spki', format: 'der'}),
    tag(0xa3, extensions),
  );
  const signature = sign('sha256', body, signer);
  const der = sequence(body, algorithm, tag(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return {
    name,
    key,
    cert: `-----BEGIN CERTIFICATE-----\n${der
      .toString('base64')
      .match(/.{1,64}/g)
      ?.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}

/* What of DER a certificate needs. */

const BOOLEAN_TRUE = Buffer.from([0x01, 0x01, 0xff]);

function tag(type: number, content: Buffer): Buffer {
  const {length} = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([type, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tag(0x30, Buffer.concat(parts));
}

function integer(bytes: Buffer): Buffer {
  return tag(0x02, bytes);
}

function octets(content: Buffer): Buffer {
  return tag(0x04, content);
}

function oid(first: number, second: number, ...rest: readonly number[]): Buffer {
  const bytes = rest.flatMap(part => {
    const digits = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  });
  return tag(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

function distinguished(name: string): Buffer {
  return sequence(tag(0x31, sequence(oid(2, 5, 4, 3), tag(0x0c, Buffer.from(name)))));
}

/** UTCTime, to the second. */
function time(at: number): Buffer {
  return tag(
    0x17,
    Buffer.from(
      `${new Date(at)
        .toISOString()
        .replace(/[-:T]|\.\d+/g, '')
        .slice(2)}`,
    ),
  );
}
