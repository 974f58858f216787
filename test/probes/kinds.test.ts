import {load} from 'agent2:probes';
import {describe, expect, test} from 'vitest';
import {z} from 'zod';
import {forgotten, sectionWithOptions} from '../helpers/parts.ts';
import {textOfIssue} from '../../source/format/issue-text.ts';

const setup = {name: 'mine', process: () => undefined};
const kinds = await Promise.all(
  Object.entries(load).map(async ([kind, definition]) => [kind, await definition()] as const),
);

describe.each(kinds)('a check of the kind %s', (kind, definition) => {
  const {examples, refuses, summary} = definition;
  const schema = definition.options(z);
  const full = examples.at(-1);
  const hasShort = examples.some(example => !isObject(example));

  test('has a test, and a section with its options in the docs', () => {
    const parts = {test: `test/probes/${kind}`, page: 'docs/probes.md'};
    expect(forgotten(kind, {...parts, holds: sectionWithOptions('probes', kind)})).toEqual([]);
  });

  test('says in a line what it does', () => {
    expect(summary).toMatch(/^[a-z][^\n]{10,80}[^.]$/);
  });

  test('publishes what may be written, with a description of each part', () => {
    const published = z.toJSONSchema(z.strictObject({[kind]: schema}), {io: 'input'}).properties?.[
      kind
    ] as {anyOf?: object[]; properties?: object};
    const object = (published.anyOf?.find(form => 'properties' in form) ?? published) as {
      properties: Record<string, {description?: string}>;
      additionalProperties: boolean;
    };
    expect(object.additionalProperties).toBe(false);
    for (const [name, property] of Object.entries(object.properties))
      expect(property.description, name).toMatch(/^\w/);
    expect(published.anyOf !== undefined).toBe(hasShort);
  });

  test.each(examples.map(example => [example]))('is made from %j, named as it was', example => {
    expect(definition.create(schema.parse(example), setup).kind).toBe('mine');
  });

  test('has an example in full, of several options where there are several', () => {
    expect(isObject(full), JSON.stringify(full)).toBe(true);
  });

  test('refuses what it does not know, and says where', () => {
    const given = {[kind]: {...(full as object), unknown: 1}};
    const refused = z.strictObject({[kind]: schema}).safeParse(given);
    expect(refused.error?.issues).toEqual([
      expect.objectContaining({code: 'unrecognized_keys', keys: ['unknown'], path: [kind]}),
    ]);
  });

  test('refuses nothing at all, a number, and a list of lists, with an example', () => {
    for (const given of [undefined, -5, [[]]]) {
      const issues = schema.safeParse(given).error?.issues;
      expect(issues).toHaveLength(1);
      if (hasShort) expect(textOfIssue(issues?.[0]?.message ?? '')).toMatch(/expected .*e\.g\. /);
    }
  });

  test('names in `refuses` a mistake that it refuses, and what it says then', () => {
    expect(refuses.length).toBeGreaterThan(0);
    for (const {given, says} of refuses)
      expect(
        textOfIssue(schema.safeParse(given).error?.issues[0]?.message ?? ''),
        JSON.stringify(given),
      ).toContain(says);
  });
});

describe('what is wrong with the options of a check is told with what is allowed and an example', () => {
  test.each([
    [
      'http',
      {url: 'ftp://me:s3cret@host/x?s3cret'},
      ['url'],
      "'ftp://host/x' cannot be used; expected a url with http://, https:// or unix:, e.g. http://127.0.0.1:3000/health",
    ],
    [
      'http',
      {url: 'http://x/', method: 'FETCH'},
      ['method'],
      "'FETCH' cannot be used; expected one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, e.g. POST",
    ],
    [
      'http',
      {url: 'http://x/', headers: {authorization: 's3cret\n'}},
      ['headers', 'authorization'],
      "it cannot be used (hidden, because it may be a secret); expected a text of one line, e.g. 'Bearer ${env:TOKEN}'",
    ],
    [
      'http',
      {url: 'http://x/', headers: {'Transfer-Encoding': 'x'}},
      ['headers', 'Transfer-Encoding'],
      "'Transfer-Encoding' cannot be set; expected the name of a header other than connection, content-length, expect, keep-alive, transfer-encoding, upgrade, e.g. Authorization",
    ],
    [
      'http',
      {url: 'http://x/', status: '20'},
      ['status'],
      "'20' cannot be used; expected a status, a range or a class, e.g. 200, 200-299 or 2xx",
    ],
    [
      'http',
      {url: 'http://x/', status: [200, '500-400']},
      ['status', 1],
      "'500-400' cannot be used; expected a status, a range or a class, e.g. 200, 200-299 or 2xx",
    ],
    [
      'http',
      {url: 'http://x/', expect: {queue: {}}},
      ['expect', 'queue'],
      'it is empty; expected at least one of equals, oneOf, min, max, contains, e.g. {min: 1}',
    ],
    [
      'http',
      {url: 'http://x/', expect: {queue: {min: 10, max: 1}}},
      ['expect', 'queue'],
      'its min is above its max; expected a range that some number is in, e.g. {min: 1, max: 10}',
    ],
    [
      'http',
      {url: 'http://x/', expect: {status: {oneOf: []}}},
      ['expect', 'status', 'oneOf'],
      'it is empty; expected at least one value, e.g. [ok, degraded]',
    ],
    [
      'http',
      {url: 'http://x/', expect: {queue: {max: '5'}}},
      ['expect', 'queue', 'max'],
      "'5' cannot be used; expected a number, e.g. 10",
    ],
    [
      'http',
      {url: 'http://x/', slow: 'soon'},
      ['slow'],
      "'soon' cannot be used; expected a duration of 1ms to 1d, written as 500ms, 5s, 2m, 1h, 7d or a number of seconds, e.g. 2s",
    ],
    ['tcp', '127.0.0.1', [], "'127.0.0.1' cannot be used; expected host:port, e.g. 127.0.0.1:5432"],
    [
      'tcp',
      {address: 'host:70000'},
      ['address'],
      "'host:70000' cannot be used; expected host:port, e.g. 127.0.0.1:5432",
    ],
    ['tcp', {}, ['address'], 'it is missing; expected host:port, e.g. 127.0.0.1:5432'],
    [
      'tls',
      'https://example.org',
      [],
      "'https://example.org' cannot be used; expected host:port, or a host alone for port 443, e.g. example.org:443",
    ],
    [
      'tls',
      {address: 'x', ca: 'ca.pem'},
      ['ca'],
      "'ca.pem' cannot be used; expected an absolute path, or one that begins with ./, relative to the config file, e.g. /etc/ssl/private-ca.pem",
    ],
    [
      'exec',
      'check_disk -w 20%',
      [],
      'it cannot be used (hidden, because it may be a secret); expected a list: the program and each argument, because no shell splits them, e.g. [/usr/lib/nagios/plugins/check_disk, -w, 20%, -c, 10%, -p, /]',
    ],
    [
      'exec',
      [],
      [],
      'it names no program; expected a list of the program and its arguments, e.g. [/usr/lib/nagios/plugins/check_disk, -w, 20%, -c, 10%, -p, /]',
    ],
    [
      'file',
      {path: '/x', absent: true, maxAge: '1h'},
      [],
      expect.stringContaining('absent excludes maxAge'),
    ],
    [
      'file',
      {path: '/x', minSize: '1 furlong'},
      ['minSize'],
      "'1 furlong' cannot be used; expected a size, written as 512MiB, 1.5GB or a number of bytes, e.g. 1KiB",
    ],
    [
      'disk',
      {path: '/', free: '110%'},
      ['free'],
      "'110%' cannot be used; expected a percentage or a size, written as 10% or 1GiB, e.g. 10%",
    ],
    [
      'process',
      {cpu: 80},
      ['cpu'],
      "'80' cannot be used; expected a percentage of one core, e.g. 80%",
    ],
  ])('%s: %j', async (kind, given, path, message) => {
    const issues = (await load[kind]?.())?.options(z).safeParse(given).error?.issues;
    expect(issues?.map(issue => ({path: issue.path, message: textOfIssue(issue.message)}))).toEqual(
      [{path, message}],
    );
  });
});

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
