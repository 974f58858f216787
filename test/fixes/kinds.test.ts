import {all} from 'agent2:fixes';
import {describe, expect, test} from 'vitest';
import {z} from 'zod';
import {parse} from '../../source/cli/parse.ts';
import {runOptions} from '../../source/cli/run-options.ts';
import {targetFrom} from '../../source/config/options/target.ts';
import {forgotten, sectionWithOptions} from '../helpers/parts.ts';
import {textOfIssue} from '../../source/format/issue-text.ts';

const SYNTAX = {words: {url: {}}, options: runOptions, takesChild: true, examples: []} as const;

describe.each(Object.entries(all))('the fix %s', (name, definition) => {
  const {summary, traits, examples, refuses} = definition;
  const schema = definition.options(z);
  const full = examples.at(-1) ?? {};

  test('has a test, and a section with its options in the docs', () => {
    const parts = {test: `test/fixes/${name}`, page: 'docs/fixes.md'};
    expect(forgotten(name, {...parts, holds: sectionWithOptions('fixes', name)})).toEqual([]);
  });

  test('says in a line what it is', () => {
    expect(summary).toMatch(/^[a-z].{10,}[^.]$/);
  });

  test.each(examples.map(example => [example]))('takes the options %j', example => {
    expect(schema.safeParse(example).error?.issues).toBeUndefined();
  });

  test('says what a restart does, where it does something', () => {
    for (const example of examples)
      expect(definition.describe(schema.parse(example)) !== undefined).toBe(traits.heals);
  });

  test('names every command of the user that is among its options, and how long it may take', () => {
    for (const example of examples) {
      const options = schema.parse(example);
      const argvs = Object.values(options as object).filter(Array.isArray);
      expect(definition.commands?.(options) ?? []).toEqual(expect.arrayContaining(argvs));
      expect(definition.longestMs(options)).toBeGreaterThan(0);
    }
  });

  test('refuses an option that it does not have', () => {
    expect(schema.safeParse({...full, unheardOf: 1}).error?.issues).toMatchObject([
      {code: 'unrecognized_keys', keys: ['unheardOf']},
    ]);
  });

  test('names in `refuses` a mistake that it refuses, where it has options, and what it says then', () => {
    if (Object.keys(full).length > 0) expect(refuses.length).toBeGreaterThan(0);
    for (const {given, says} of refuses)
      expect(
        textOfIssue(schema.safeParse(given).error?.issues[0]?.message ?? ''),
        JSON.stringify(given),
      ).toContain(says);
  });

  test('publishes its options with a description of each', () => {
    const published = z.toJSONSchema(schema, {io: 'input'});
    expect(published).toMatchObject({type: 'object', additionalProperties: false});
    for (const [key, property] of Object.entries(published.properties ?? {}))
      expect(property, key).toHaveProperty('description');
  });
});

test.each([
  ['child', {command: 'node "my server.js"'}, 'node my server.js'],
  ['command', {restart: ['./restart.sh', 'web']}, './restart.sh web'],
  ['systemd', {unit: 'web', user: true}, 'systemctl --user restart web.service'],
  ['docker', {container: 'web_1', command: 'podman'}, 'podman restart web_1'],
  ['pm2', {process: 0, home: '/srv/.pm2'}, 'PM2_HOME=/srv/.pm2 pm2 restart 0'],
  ['supervisor', {program: 'a:*', config: '/x.conf'}, 'supervisorctl -c /x.conf restart a:*'],
  ['signal', {}, 'write restart_signal for Agent1'],
  ['none', {}, undefined],
])('a restart by %s of %j is told as %j', (name, given, does) => {
  expect(all[name]?.describe(all[name]?.options(z).parse(given))).toBe(does);
});

test('a unit gets .service where it has no suffix of a unit', () => {
  for (const [unit, full] of [
    ['web', 'web.service'],
    ['web.v2', 'web.v2.service'],
    ['web.socket', 'web.socket'],
    ['web@1', 'web@1.service'],
  ])
    expect(all['systemd']?.options(z).parse({unit})).toMatchObject({unit: full});
});

const chosen = Object.entries(all).flatMap(([name, {option}]) =>
  option === undefined ? [] : [[name, option.split(' ')[0] ?? ''] as const],
);

test.each(chosen)('the fix %s is chosen by %s', (name, option) => {
  const {words, options, child} = parse('run', SYNTAX, ['http://127.0.0.1:1/', option, 'web']);
  expect(targetFrom(words.url, options, child, '/home/someone').fix.use).toBe(name);
});
