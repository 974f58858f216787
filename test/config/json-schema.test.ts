import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {configJsonSchema} from '../../source/config/schema.ts';
import {httpWords} from '../../source/config/spec.ts';
import {exampleConfig} from '../../source/config/example.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {root} from '../helpers/root.ts';
import {fakeKinds} from './fake-kinds.ts';
import {load, whole} from './loaded.ts';

afterEach(cleanUp);

describe('the JSON schema', () => {
  test('allows the example, a file with every word, and secrets in the place of values', async () => {
    const validate = await validator();
    const example = await load(exampleConfig());
    const {written} = await whole();
    expect(validate(example.written)).toEqual([]);
    expect(validate(written)).toEqual([]);
    expect(example.targets).toMatchObject([{name: 'web', fix: {use: 'none'}}]);
  });

  test('and the loader allow the example of the docs', async () => {
    const [, example = ''] =
      /## An example\n+```yaml\n([^]*?)```/.exec(
        readFileSync(join(root, 'docs/config.md'), 'utf8'),
      ) ?? [];
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'secrets'));
    writeFileSync(join(directory, 'secrets/web-key'), 'a key\n');
    const {targets, written} = await load(example, {directory, env: {WEB_TOKEN: 'a token'}});
    expect(targets.map(({name}) => name)).toEqual(['db', 'web', 'worker']);
    expect((await validator())(written)).toEqual([]);
  });

  test.each([
    'prest: dev',
    'preset: prd',
    'healBudget: much',
    'targets: []',
    'targets: [{name: web, port: 80, intervall: 5s}]',
    'targets: [{name: web, port: 80, interval: soon}]',
    'targets: [{name: web, port: 99999}]',
    'targets: [{port: 80}]',
    'targets: [{name: web, port: 80, fix: {use: sytemd}}]',
    'targets: [{name: web, port: 80, fix: {use: systemd}}]',
    'targets: [{name: web, port: 80, fix: {use: systemd, unit: a, more: b}}]',
    'targets: [{name: web, port: 80, checks: [{tpc: x}]}]',
    'targets: [{name: web, port: 80, checks: [{file: {pth: x}}]}]',
  ])('refuses %s, as the loader does', async text => {
    const {parse} = await import('yaml');
    const value = {targets: [{name: 'web', port: 80}], ...(parse(text) as object)};
    expect((await validator())(value)).not.toEqual([]);
    await expect(load(JSON.stringify(value), {name: 'agent2.json'})).rejects.toThrow();
  });

  test('describes every key for editors', async () => {
    const schema = configJsonSchema(fakeKinds()) as {
      readonly $schema: string;
      readonly properties: Readonly<
        Record<
          string,
          {
            readonly description?: string;
            readonly items?: {
              readonly properties: Readonly<Record<string, {readonly description?: string}>>;
            };
          }
        >
      >;
    };
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    const http: readonly string[] = httpWords;
    const undescribed = [
      schema.properties,
      schema.properties['targets']?.items?.properties ?? {},
    ].flatMap(properties =>
      Object.entries(properties).filter(
        ([key, {description}]) => description === undefined && !http.includes(key),
      ),
    );
    expect(undescribed).toEqual([]);
  });
});

let made: Promise<(value: unknown) => readonly string[]> | undefined;

/** What a JSON schema validator says against a value. */
function validator(): Promise<(value: unknown) => readonly string[]> {
  return (made ??= makeValidator());
}

async function makeValidator(): Promise<(value: unknown) => readonly string[]> {
  const {Ajv2020} = await import('ajv/dist/2020.js');
  const validate = new Ajv2020({allErrors: true, strict: false, validateFormats: false}).compile(
    configJsonSchema(fakeKinds()),
  );
  return value =>
    validate(value)
      ? []
      : (validate.errors ?? []).map(({instancePath, message}) => `${instancePath} ${message}`);
}
