import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {redact} from '../../source/format/redact.ts';
import {sanitize} from '../../source/format/sanitize.ts';
import {quickest} from '../helpers/quickest.ts';

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
    ['connect to bob:hunter2@db:5432 failed', 'connect to bob:***@db:5432 failed'],
    ['bob:hunter2@10.0.0.1', 'bob:***@10.0.0.1'],
    ['sshpass -p hunter2 ssh bob@h', 'sshpass -p *** ssh bob@h'],
    ['redis-cli -h db -a hunter2 ping', 'redis-cli -h db -a *** ping'],
    ['mysql -ubob -phunter2 -e x', 'mysql -ubob -p*** -e x'],
    ["curl -fsS -u bob:'hun ter2' http://h/", "curl -fsS -u bob:'***' http://h/"],
    ['/usr/bin/curl --user bob:hunter2 h', '/usr/bin/curl --user bob:*** h'],
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
    'the token: expired; password: required, api_key=missing',
    'max_tokens=4096 tokens: 128 {"total_tokens":1234} tokenizer=bert "tokenizer": "gpt2"',
    'mail to bob@example.com, mailto:bob@example.com, npm:lodash@4.17.21, git@github.com:o/r',
    'redis:7.2@sha256:0123 web:latest@sha256:0123 at 10:00:01 job:nightly@3',
    'mysql -u bob -p -h db; mkdir -p /x',
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
    expect(redact('serve --key abcdefgh… and abcdefg', ['abcdefghijkl'])).toBe(
      'serve --key ***… and abcdefg',
    );
  });

  describe('do not show in any form', () => {
    const kinds: Readonly<Record<string, string>> = {
      'plain': 'Canary-hunter2-plain',
      'two spaces': 'Canary  two   spaces here',
      'a tab and a line break': 'Canary\tafter tab\nafter line',
      'slashes': 'Canary/with/slashes==',
      'quotes': `Canary'with"quotes\\and`,
      'umlauts': 'Canäry-gefährlich-日本',
      'signs of addresses': 'Canary%2F&a=b+c#d?e',
      'an emoji': 'Canary🔑key-emoji',
      'a zero-width character': 'Canary\u200bhidden-part',
    };
    const json = (secret: string) => JSON.stringify(secret).slice(1, -1);
    const escaped = (secret: string) =>
      secret.replace(/[^]/g, each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const percent = (secret: string) =>
      Array.from(Buffer.from(secret), byte => `%${byte.toString(16).padStart(2, '0')}`).join('');
    const base64 = (before: string) => (secret: string) =>
      Buffer.from(`${before}${secret}.`).toString('base64');
    const forms: Readonly<Record<string, (secret: string) => string>> = {
      'raw': secret => secret,
      'JSON': json,
      'JSON of PHP': secret => json(secret).replaceAll('/', '\\/'),
      'JSON of Python': secret => json(secret).replace(/[^ -~]/g, each => escaped(each)),
      'all \\u': escaped,
      'all \\U upper': secret => escaped(secret).replace(/[a-f]/g, each => each.toUpperCase()),
      'JSON in JSON': secret => json(json(secret)),
      'JSON in an address': secret => encodeURIComponent(json(secret)),
      'address': encodeURIComponent,
      'form': secret => new URLSearchParams({a: secret}).toString().slice(2),
      'every byte percent-encoded': percent,
      'every byte in upper case': secret => percent(secret).toUpperCase(),
      'bytes of Python': secret =>
        [...Buffer.from(secret)]
          .map(byte => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`))
          .join(''),
      'accents of their own': secret => secret.normalize('NFD'),
      'base64': base64(''),
      'base64, one byte on': base64('x'),
      'base64, two bytes on': base64('xy'),
      'base64url': secret => Buffer.from(`u:${secret}`).toString('base64url'),
      'hex': secret => Buffer.from(secret).toString('hex'),
      'HTML': secret => secret.replace(/[^\w ]/gu, each => `&#${each.codePointAt(0) ?? 0};`),
      'HTML in hex': secret =>
        secret.replace(/[^\w ]/gu, each => `&#x${(each.codePointAt(0) ?? 0).toString(16)};`),
      'shell': secret => `'${secret.replaceAll("'", String.raw`'\''`)}'`,
      'shell in double quotes': secret => `"${secret.replace(/["\\$`]/g, String.raw`\$&`)}"`,
      'shell with backslashes': secret => secret.replace(/[^\w\n]/gu, String.raw`\$&`),
      'collapsed': secret => sanitize(secret),
      'collapsed JSON': secret => sanitize(json(secret)),
    };
    /** What each of them has behind its first word. */
    const BEHIND = /hunter|two|after|slash|with|%2F&|emoji|hidden|gef/i;
    test.each(Object.keys(forms))('%s', form => {
      for (const [kind, secret] of Object.entries(kinds)) {
        const text = `said "a ${forms[form]?.(secret) ?? ''}" to z`;
        for (const shown of [
          redact(text, [secret]),
          sanitize(redact(text, [secret])),
          redact(sanitize(text), [secret]),
        ]) {
          expect(shown, `${kind}: ${text}`).toMatch(/\*\*\*/);
          expect(shown, `${kind}: ${text}`).not.toMatch(BEHIND);
        }
        for (const length of [20, 35, 50, 65])
          expect(redact(sanitize(text, length), [secret]), `${kind}: ${text}`).not.toMatch(BEHIND);
      }
    });
  });

  test('cost the same, however many they are', async () => {
    const secrets = Array.from({length: 3_000}, (_, index) => `token-number-${index}-of-many`);
    const text = '{"status":"ok","components":{"db":"up"},"uptime":12345}'.repeat(50);
    redact('prepares the search', secrets);
    const measure = () => {
      const startedAt = performance.now();
      redact(text, secrets);
      return Promise.resolve(performance.now() - startedAt);
    };
    expect(await quickest(20, measure)).toBeLessThan(20);
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
    for (const unit of hostile) expectLinear(unit);
    fc.assert(
      fc.property(
        pieces.filter(unit => unit !== ''),
        expectLinear,
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
  '%a0\n',
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

const LONG = 65_536;
const PARTS = 16;
/** Quadratic time would take sixteen times as long for the whole as for its parts. */
const SLACK = 6;
const LEAST_MS = 10;
const TRIES = 5;

/** Compares CPU times of the same amount of text with each other, so that a busy machine stretches neither. */
function expectLinear(unit: string): void {
  let [parts, whole] = [Infinity, Infinity];
  for (let tries = 0; tries < TRIES; tries++) {
    parts = Math.min(parts, timeOf(unit, LONG / PARTS, PARTS));
    whole = Math.min(whole, timeOf(unit, LONG, 1));
    if (whole <= SLACK * Math.max(parts, LEAST_MS)) return;
  }
  expect.fail(`${JSON.stringify(unit)}: ${whole} ms, and ${parts} ms for the same text in parts`);
}

/** In ms. */
function timeOf(unit: string, length: number, times: number): number {
  const text = unit.repeat(Math.ceil(length / unit.length));
  const startedAt = process.cpuUsage();
  for (let count = 0; count < times; count++) {
    redact(text, ['known-secret']);
    redact(`${text}x`);
  }
  const {user, system} = process.cpuUsage(startedAt);
  return (user + system) / 1000;
}
