import type {ProbeDefinition} from '../contracts/probe.ts';
import type {Fault} from '../core/model/fault.ts';
import {say} from '../core/text/say.ts';
import {inspectCertificate} from '../io/net/certificate.ts';
import {peerOf} from '../io/net/tcp.ts';
import {checkResult, unknownResult} from './shared/check-result.ts';
import {address, shortOrLong, type Address} from './shared/fields.ts';
import {trustOptions} from './shared/tls-options.ts';
import {message} from '../core/text/message.ts';

export interface TlsOptions {
  readonly address: Address;
  readonly servername?: string;
  readonly ca?: string;
  readonly allowSelfSigned?: boolean;
}

/** The remaining days at which a certificate is a warning, the tightest first. */
const LIMITS_DAYS = [7, 14, 21];
const DAY_MS = 86_400_000;

export const definition: ProbeDefinition<TlsOptions> = {
  get summary() {
    return say`check a TLS certificate, and warn 21, 14 and 7 days before it expires`;
  },
  options(z) {
    const where = address(
      z,
      say`Where to connect, host:port; port 443 by default`,
      'example.org:443',
      443,
    );
    const long = z.strictObject({
      address: where,
      ...trustOptions(z),
    });
    return shortOrLong(z, {
      short: where,
      expand: given => ({address: given}),
      long,
      allowed: message`host:port, or an object with an address`,
      example: 'example.org:443',
    });
  },
  examples: [
    'example.org',
    {
      address: '127.0.0.1:8443',
      servername: 'shop.example',
      ca: '/etc/ssl/private-ca.pem',
      allowSelfSigned: true,
    },
  ],
  refuses: [{given: 'https://example.org', says: 'or a host alone for port 443'}],
  create: ({address: {host, port}, servername, ca, allowSelfSigned}, {name}) => ({
    kind: name,
    async inspect({signal, timeoutMs}) {
      const result = await inspectCertificate({
        host,
        port,
        servername,
        ca,
        allowSelfSigned,
        timeoutMs,
        signal,
      });
      if (result.kind === 'not-inspected') return unknownResult(name, 'tls', result.text);
      if (result.kind === 'failed')
        return checkResult(name, {
          kind: 'tls',
          text: result.text,
          faults: [{probe: name, kind: result.fault, text: result.text}],
        });
      const daysLeft = Math.floor((result.endsAt - Date.now()) / DAY_MS);
      const of = message`the certificate of ${peerOf(host, port)}`;
      const metrics = [{name: 'days', value: daysLeft, unit: ''}] as const;
      if (result.kind === 'invalid')
        return checkResult(name, {
          kind: 'tls',
          text: result.reason,
          metrics,
          faults: [{probe: name, kind: 'tls_failed', text: message`${of} ${result.reason}`}],
        });
      const limitDays = LIMITS_DAYS.find(limit => daysLeft <= limit);
      const day = new Date(result.endsAt).toISOString().slice(0, 10);
      const ends =
        daysLeft === 1
          ? message`ends in 1 day (${day})`
          : message`ends in ${daysLeft} days (${day})`;
      const warnings: readonly Fault[] =
        limitDays === undefined
          ? []
          : [
              {
                probe: name,
                kind: 'tls_expiring',
                daysLeft,
                limitDays,
                text: message`${of} ${ends}`,
              },
            ];
      return checkResult(name, {
        kind: 'tls',
        text: message`${daysLeft} days left`,
        metrics,
        warnings,
      });
    },
  }),
};
