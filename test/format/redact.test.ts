import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {redact} from '../../source/format/redact.ts';

describe('text that looks like a secret is redacted, and the rest is kept', () => {
  test.each([
    ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: ***'],
    ['> authorization: Bearer abc.def-ghi\n> accept: */*', '> authorization: ***\n> accept: */*'],
    [
      "curl -H 'Authorization: Bearer abc' http://127.0.0.1/",
      "curl -H 'Authorization: ***' http://127.0.0.1/",
    ],
    ['{"authorization":"Bearer abc","accept":"x"}', '{"authorization":"***","accept":"x"}'],
    ['sent Bearer abcdef to the server', 'sent Bearer *** to the server'],
    ['Set-Cookie: sid=abc; Path=/', 'Set-Cookie: ***'],
    ['cookie: a=b; c=d', 'cookie: ***'],
    ['DB_PASSWORD=hunter2 NODE_ENV=production', 'DB_PASSWORD=*** NODE_ENV=production'],
    ['passwd: hunter2, user: bob', 'passwd: ***, user: bob'],
    ['{"password": "hun \\" ter2", "user": "bob"}', '{"password": "***", "user": "bob"}'],
    ['{"token":12345,"user":"bob"}', '{"token":***,"user":"bob"}'],
    ['"{\\"apiKey\\":\\"abc\\",\\"n\\":1}"', '"{\\"apiKey\\":\\"***\\",\\"n\\":1}"'],
    ["{'client_secret': 'abc', 'n': 1}", "{'client_secret': '***', 'n': 1}"],
    ['secret => abc', 'secret => ***'],
    ['x-api-key: abc', 'x-api-key: ***'],
    ['mysql --password hunter2 --user bob', 'mysql --password *** --user bob'],
    ['token=null password: ""', 'token=null password: "***"'],
    ['postgres://bob:hunter2@db:5432/app', 'postgres://***@db:5432/app'],
    ['postgres://bob:hun/ter2@db:5432/app', 'postgres://***'],
    ['amqp://bob:h#unter@mq/', 'amqp://***'],
    [
      'GET http://web.example:8080/reset?code=abc#x failed',
      'GET http://web.example:8080/reset?*** failed',
    ],
    ['"GET /reset?code=abc&n=1 HTTP/1.1" 200', '"GET /reset?*** HTTP/1.1" 200'],
    ['key AKIAIOSFODNN7EXAMPLE used', 'key *** used'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_123 expired', 'jwt *** expired'],
    [
      'a\n-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nabc+/=\n-----END RSA PRIVATE KEY-----\nb',
      'a\n***\nb',
    ],
    ['-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA', '***'],
    ['POST https://hooks.slack.com/services/T0/B0/xyz', 'POST https://hooks.slack.com/***'],
    ['discord.com/api/webhooks/1/abc-def done', 'discord.com/api/webhooks/*** done'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123', '***'],
  ])('%j', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test.each([
    'listening on http://127.0.0.1:8080/api/health',
    'https://npmjs.com/@scope/package',
    'http://[::1]:8080/',
    "Error: EMFILE: too many open files, open '/var/log/x'\n    at node:fs:601:35",
    '{"status":"ok","components":{"db":"up"}}',
    'the password was wrong',
    'what? no',
    '2026-01-27 10:30:05,123 - web - INFO - GET /api/health 200 4.2 ms',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  ])('%j stays as it is', text => {
    expect(redact(text)).toBe(text);
  });
});

describe('known secrets', () => {
  test('are redacted everywhere, also in the forms of urls and JSON', () => {
    expect(redact('a s3cr&t" b s3cr%26t%22 c s3cr&t\\" d', ['s3cr&t"'])).toBe(
      'a *** b *** c *** d',
    );
  });

  test('of several lines are redacted line by line too', () => {
    expect(
      redact('  first-line-of-the-key\n', ['first-line-of-the-key\nsecond-line-of-the-key\n']),
    ).toBe('  ***\n');
  });

  test('that were cut are redacted up to the cut', () => {
    expect(redact('serve --key abcdefgh… and abcdefgh', ['abcdefghijkl'])).toBe(
      'serve --key ***… and abcdefgh',
    );
  });

  test('that are too short redact nothing', () => {
    expect(redact('a on b', ['', 'on'])).toBe('a on b');
  });

  test('are never left in the text, in any context', () => {
    fc.assert(
      fc.property(
        pieces,
        fc.array(fc.string({minLength: 4, maxLength: 20}), {minLength: 1, maxLength: 3}),
        pieces,
        (before, secrets, after) => {
          const text = secrets.reduce((rest, secret) => `${rest}${secret}${after}`, before);
          const result = redact(text, secrets);
          // What only asterisks make up cannot be told from the mask.
          for (const secret of secrets)
            if (!secret.includes('*')) expect(result).not.toContain(secret);
        },
      ),
    );
  });
});

describe('redacting', () => {
  test('twice equals redacting once', () => {
    fc.assert(
      fc.property(pieces, fc.array(fc.string({maxLength: 12}), {maxLength: 2}), (text, secrets) => {
        const once = redact(text, secrets);
        expect(redact(once, secrets)).toBe(once);
      }),
      {numRuns: 2_000},
    );
  });

  test('never throws, and keeps text without signs of a secret', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-m \n.]*$/), text => void expect(redact(text)).toBe(text)),
    );
  });

  test('takes linear time for 64 KiB of any repeated text', () => {
    for (const unit of hostile) expect(timeOf(unit), unit).toBeLessThan(1_000);
    fc.assert(
      fc.property(
        pieces.filter(unit => unit !== ''),
        unit => void expect(timeOf(unit)).toBeLessThan(1_000),
      ),
      {numRuns: 40},
    );
  });
});

const marks = [
  '…',
  'password',
  'token',
  'api_key',
  '=',
  ':',
  ': ',
  '"',
  "'",
  '\\',
  '\\"',
  ' ',
  '\n',
  '://',
  'http://',
  '@',
  '/',
  '?',
  'a=',
  '#',
  '&',
  '***',
  '*',
  'Bearer ',
  'Authorization: ',
  'cookie=',
  '--',
  'eyJabcdefgh.',
  '-----BEGIN PRIVATE KEY-----',
  '-----END PRIVATE KEY-----',
  'hooks.slack.com/',
  'AKIAIOSFODNN7EXAMPLE',
  'x',
  ',',
  '}',
  '[',
  ';',
];
const pieces = fc
  .array(fc.oneof(fc.constantFrom(...marks), fc.string({maxLength: 6})), {maxLength: 14})
  .map(parts => parts.join(''));

const hostile = [
  ...marks,
  'a',
  'password="',
  'password=\\"',
  '-----BEGIN ',
  'eyJ-',
  'eyJaaaaaaa.',
  'a://',
  '?a',
  '?a=',
  '--a',
  '--password ',
  'Authorization',
  'bearer ',
  'http://a:b',
  'a:',
  'passwordpassword',
  'token-',
  '----',
  '\\\\',
  'AKIA',
  'sk-',
  'a.',
  '@:',
  ')',
];

/** In ms. */
function timeOf(unit: string): number {
  const text = unit.repeat(Math.ceil(65_536 / unit.length));
  const startedAt = performance.now();
  redact(text, ['known-secret']);
  redact(`${text}x`);
  return performance.now() - startedAt;
}
