import type {z as Zod, ZodType} from 'zod';
import type {FieldExpectation, HttpSpec} from '../../contracts/probe.ts';
import {say} from '../../core/text/say.ts';
import {sanitize} from '../../format/sanitize.ts';
import {duration, refusal, shortOrLong, text, word} from './fields.ts';
import {message} from '../../core/text/message.ts';
import {isFieldPath} from '../../format/field-path.ts';
import {tooLongUrl} from '../../format/url-limits.ts';
import {readUnixUrl} from '../../format/unix-url.ts';
import {clientOptions, trustOptions} from './tls-options.ts';
import {wrong} from '../../format/issue-text.ts';

export interface HttpOptions extends HttpSpec {
  readonly url: string;
  /** The target's own limit by default. */
  readonly slowMs?: number;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** agent2 itself sets the headers of the connection. */
const OWN_HEADERS = [
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
];

/** The value of `http`: a url, or an object. */
export function httpOptions(z: typeof Zod): ZodType<HttpOptions> {
  const long = z
    .strictObject({
      url: url(z),
      method: word(
        z,
        {
          allowed: message`one of ${METHODS.join(', ')}`,
          example: 'POST',
          about: say`One of ${METHODS.join(', ')}; GET by default`,
        },
        given => METHODS.find(method => method === given.toUpperCase()),
      ).default('GET'),
      headers: headers(z).default({}),
      body: text(z, {
        allowed: message`a text`,
        example: `'{"ping": true}'`,
        about: say`Sent with the request; never shown`,
        secret: true,
      }).optional(),
      status: statuses(z)
        .default([[200, 399]])
        .describe(
          say`The good status codes: 200, 200-299, 2xx or a list of them; 200-399 by default`,
        ),
      expect: expectations(z).default([]),
      expectText: text(
        z,
        {
          allowed: message`a text that is not empty`,
          example: 'Healthy',
          about: say`A text that the body must contain, as whole words in the same case; for a body that is not JSON`,
        },
        /[^]/,
      ).optional(),
      ...trustOptions(z),
      ...clientOptions(z),
      slow: duration(
        z,
        say`Warns about an answer slower than this; the limit of the target by default`,
        '2s',
      ).optional(),
    })
    .refine(({cert, key}) => key === undefined || cert !== undefined, {
      path: ['key'],
      error: wrong(
        message`it belongs to no certificate`,
        message`expected cert beside key, e.g. cert: /etc/ssl/client.pem`,
      ),
    })
    .transform(({slow, ...rest}): HttpOptions => ({
      ...rest,
      ...(slow === undefined ? {} : {slowMs: slow}),
    }));
  return shortOrLong(z, {
    short: url(z),
    expand: given => ({url: given}),
    long,
    allowed: message`a url, or an object with one`,
    example: 'http://127.0.0.1:3000/health',
  });
}

function url(z: typeof Zod): ZodType<string> {
  const expected = {
    allowed: message`a url with http://, https:// or unix:`,
    example: 'http://127.0.0.1:3000/health',
  };
  return z
    .string({error: ({input}) => refusal(input, expected)})
    .transform((given, context): string => {
      const tooLong = tooLongUrl(given);
      if (tooLong !== undefined) {
        context.addIssue({
          code: 'custom',
          message: wrong(tooLong, message`expected ${expected.allowed}`),
        });
        return z.NEVER;
      }
      const unix = readUnixUrl(given);
      if (unix.kind === 'url') return unix.url.href;
      if (unix.kind === 'invalid') {
        context.addIssue({
          code: 'custom',
          message: wrong(
            unix.reason,
            message`expected unix:SOCKET:PATH, e.g. unix:/run/app.sock:/health`,
          ),
        });
        return z.NEVER;
      }
      if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)) return given;
      // Without user, password and query: they may be secrets.
      context.addIssue({
        code: 'custom',
        message: refusal(given.replace(/\/\/[^@/]*@/, '//').replace(/[?#].*$/s, ''), expected),
      });
      return z.NEVER;
    })
    .describe(say`The url to request`);
}

function headers(z: typeof Zod): ZodType<Record<string, string>> {
  const value = text(
    z,
    {
      allowed: message`a text of one line`,
      example: "'Bearer ${env:TOKEN}'",
      about: say`Never shown`,
      secret: true,
    },
    /^[\t\x20-\x7e\x80-\xff]*$/,
  );
  return z
    .record(z.string(), value)
    .superRefine((given, context) => {
      for (const name of Object.keys(given)) {
        if (/^[\w!#$%&'*+.^`|~-]+$/.test(name) && !OWN_HEADERS.includes(name.toLowerCase()))
          continue;
        context.addIssue({
          code: 'custom',
          path: [name],
          message: wrong(
            message`'${sanitize(name, 80)}' cannot be set`,
            message`expected the name of a header other than ${OWN_HEADERS.join(', ')}, e.g. Authorization`,
          ),
        });
      }
    })
    .describe(
      say`Sent with the request, but not to another origin that it redirects to; never shown`,
    );
}

function statuses(z: typeof Zod): ZodType<HttpSpec['status']> {
  const one = word(
    z,
    {
      allowed: message`a status, a range or a class`,
      example: message`200, 200-299 or 2xx`,
      about: say`A status, a range or a class`,
    },
    statusRange,
  );
  const long = z.array(one).min(1, {
    error: wrong(message`it is empty`, message`expected at least one status, e.g. [200, 204]`),
  });
  return shortOrLong(z, {
    short: one,
    expand: given => [given],
    long,
    isLong: Array.isArray,
    allowed: message`a status, a range, a class, or a list of them`,
    example: message`200, 200-299, 2xx or [200, 3xx]`,
  });
}

function statusRange(given: string): readonly [number, number] | undefined {
  const [, single, from, to, group] =
    /^(?:(\d{3})|(\d{3})\s*-\s*(\d{3})|([1-5])xx)$/i.exec(given.trim()) ?? [];
  const range =
    single !== undefined
      ? ([Number(single), Number(single)] as const)
      : group !== undefined
        ? ([Number(group) * 100, Number(group) * 100 + 99] as const)
        : ([Number(from), Number(to)] as const);
  return range[0] >= 100 && range[1] <= 599 && range[0] <= range[1] ? range : undefined;
}

function expectations(z: typeof Zod): ZodType<readonly FieldExpectation[]> {
  const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()], {
    error: ({input}) =>
      refusal(input, {allowed: message`a text, a number, true, false or null`, example: 'ok'}),
  });
  const number = (about: string) =>
    z
      .number({error: ({input}) => refusal(input, {allowed: message`a number`, example: '10'})})
      .describe(about);
  const long = z
    .strictObject({
      equals: scalar.describe(say`The expected value`).optional(),
      oneOf: z
        .array(scalar, {
          error: ({input}) =>
            refusal(input, {allowed: message`a list of values`, example: '[ok, degraded]'}),
        })
        .min(1, {
          error: wrong(
            message`it is empty`,
            message`expected at least one value, e.g. [ok, degraded]`,
          ),
        })
        .describe(say`The allowed values`)
        .optional(),
      min: number(say`The minimum`).optional(),
      max: number(say`The maximum`).optional(),
      contains: text(z, {
        allowed: message`a text`,
        example: 'ready',
        about: say`A part of the text, or an item of the list`,
      }).optional(),
    })
    .refine(given => Object.keys(given).length > 0, {
      error: wrong(
        message`it is empty`,
        message`expected at least one of equals, oneOf, min, max, contains, e.g. {min: 1}`,
      ),
    })
    .refine(({min = -Infinity, max = Infinity}) => min <= max, {
      error: wrong(
        message`its min is above its max`,
        message`expected a range that some number is in, e.g. {min: 1, max: 10}`,
      ),
    });
  const example = message`ok, or {min: 1, max: 10}`;
  const rule = shortOrLong(z, {
    short: scalar,
    expand: given => ({equals: given}),
    long,
    allowed: message`a value, or an object with equals, oneOf, min, max or contains`,
    example,
  });
  return z
    .record(z.string(), rule, {
      error: ({input}) =>
        refusal(input, {
          allowed: message`an object from paths in the JSON body to values`,
          example: '{status: ok, queue.length: {max: 100}}',
        }),
    })
    .superRefine((rules, context) => {
      for (const path of Object.keys(rules))
        if (!isFieldPath(path))
          context.addIssue({
            code: 'custom',
            path: [path],
            message: wrong(
              message`'${sanitize(path, 80)}' is no path`,
              message`expected names with dots between them, e.g. queue.length`,
            ),
          });
    })
    .transform(rules =>
      Object.entries(rules).map(([path, given]): FieldExpectation => ({path, ...given})),
    )
    .describe(
      say`The expected fields of the JSON body, by path: a value, or an object of conditions; any body is good by default`,
    );
}
