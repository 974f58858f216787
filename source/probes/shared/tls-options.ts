import type {z as Zod, ZodType} from 'zod';
import {say} from '../../core/text/say.ts';
import {message} from '../../core/text/message.ts';
import {absolutePath, flag, text} from './fields.ts';

/** The options of every check that may speak TLS: whom it trusts, and the name that it expects. */
export function trustOptions(z: typeof Zod): {
  readonly ca: ZodType<string | undefined>;
  readonly allowSelfSigned: ZodType<boolean | undefined>;
  readonly servername: ZodType<string | undefined>;
} {
  return {
    servername: text(
      z,
      {
        allowed: message`a host name`,
        example: 'example.org',
        about: say`The name that the certificate must have; the host by default`,
      },
      /^[^\s:/]+$/,
    ).optional(),
    ca: absolutePath(
      z,
      say`A PEM file with the authorities to trust instead of the system's`,
      '/etc/ssl/private-ca.pem',
    ).optional(),
    allowSelfSigned: flag(
      z,
      say`Accepts a certificate of an unknown issuer, such as a self-signed one; its dates and names must still be right`,
    ).optional(),
  };
}

/** The options of a check that may come with a certificate of its own. */
export function clientOptions(z: typeof Zod): {
  readonly cert: ZodType<string | undefined>;
  readonly key: ZodType<string | undefined>;
} {
  return {
    cert: absolutePath(
      z,
      say`A PEM file with the client certificate, for a service that asks for one`,
      '/etc/ssl/client.pem',
    ).optional(),
    key: absolutePath(
      z,
      say`A PEM file with the key of the client certificate, without a passphrase; the file of cert by default`,
      '/etc/ssl/client.key',
    ).optional(),
  };
}
