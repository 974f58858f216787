import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterAll, expect, test} from 'vitest';
import {loadConfig} from '../../source/config/load.ts';
import {problemsText} from '../../source/config/problem.ts';
import {configJsonSchema} from '../../source/config/schema.ts';
import {render} from '../../source/core/text/say.ts';
import {allKinds} from '../../source/monitor/kinds.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {anyValue} from '../helpers/any-value.ts';
import {cleanUp} from '../helpers/cleanup.ts';

afterAll(cleanUp);

const kinds = await allKinds();
const path = join(temporaryDirectory(), 'agent2.json');

interface Published {
  readonly properties: Readonly<Record<string, {readonly items?: Published}>>;
}
const published = configJsonSchema(kinds) as unknown as Published;
const ofFile = Object.keys(published.properties).filter(key => key !== 'targets');
const ofTarget = Object.keys(published.properties['targets']?.items?.properties ?? {});
const ofKinds = [
  ...Object.keys(kinds.probes).map(word => ['checks', word] as const),
  ...Object.keys(kinds.fixes).map(word => ['fix', word] as const),
];

/** Any value of JSON, with the words that configs have. */
const value = fc.letrec(tie => ({
  value: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    anyValue,
    fc.constantFrom(null, true, false, 0, -1, 1e308, -1e308, 1e-9, 2 ** 53, {}, [], [[]], [null]),
    fc.double({noNaN: true, noDefaultInfinity: true}),
    fc.array(tie('value'), {maxLength: 3}),
    fc.dictionary(
      fc.oneof(
        fc.constantFrom('__proto__', 'constructor', 'equals', 'file', 'command', 'base', 'min'),
        anyValue,
      ),
      tie('value'),
      {maxKeys: 3},
    ),
  ),
})).value;

async function problemsOf(document: unknown): Promise<readonly string[]> {
  writeFileSync(path, JSON.stringify(document));
  const loaded = await loadConfig(path, {kinds, env: {}});
  return loaded.kind === 'config' ? [] : render(problemsText(loaded)).split('\n');
}

/** Making the schema of a file takes longer than judging ten targets by it. */
const AT_ONCE = 10;

async function isRead(documentOf: (given: readonly unknown[]) => unknown): Promise<void> {
  const {numRuns = 100} = fc.readConfigureGlobal();
  await fc.assert(
    fc.asyncProperty(fc.array(value, {minLength: AT_ONCE, maxLength: AT_ONCE}), async given => {
      for (const line of await problemsOf(documentOf(given))) {
        expect(line.length).toBeLessThan(2_500);
        expect(line).not.toMatch(/\p{Cc}/u);
      }
    }),
    {numRuns: Math.ceil(numRuns / AT_ONCE)},
  );
}

function targetsWith(given: readonly unknown[], entry: (value: unknown) => object): object {
  return {targets: given.map((each, index) => ({...web, name: `web${index}`, ...entry(each)}))};
}

const web = {name: 'web', port: 1};

test('the published schema names the keys', () => {
  expect(ofFile).toContain('defaults');
  expect(ofTarget).toEqual(expect.arrayContaining(['url', 'expect', 'dependsOn', 'interval']));
});

test.each(ofFile)('the key %s takes any value, or refuses it in short lines', key =>
  isRead(([given]) => ({targets: [web], [key]: given})),
);

test.each(ofTarget)('the key %s of a target takes any value, or refuses it in short lines', key =>
  isRead(given => targetsWith(given, each => ({url: 'http://127.0.0.1/', [key]: each}))),
);

test.each(ofKinds)('%s of the kind %s take any value, or refuse it in short lines', (key, word) =>
  isRead(given =>
    targetsWith(given, each =>
      key === 'fix'
        ? {fix: {...(typeof each === 'object' ? each : {restart: each}), use: word}}
        : {checks: [{[word]: each}]},
    ),
  ),
);

test.each<[key: string, given: unknown]>([
  ['url', `http://${'a'.repeat(100_000)}/`],
  ['url', `http://127.0.0.1/a\0b`],
  ['pidFile', '/run/a\0b'],
  ['processName', 'a\0b'],
  ['name', 'a\0b'],
  ['name', '..'],
  ['name', 'a/b'],
  ['fix', {use: 'command', restart: ['sh', 'a\0b']}],
  ['fix', {use: 'command', restart: ['']}],
  ['fix', {use: 'command', restart: "''"}],
  ['fix', {use: 'child', command: [' ']}],
  ['evidence', {command: ['']}],
  ['drill', {crash: [' ']}],
  ['headers', {'X-A': 'a\0b'}],
  ['expect', {'.': 'x'}],
  ['expect', {'a..b': 1}],
  ['checks', [{tcp: `${'a'.repeat(300)}:80`}]],
  ['checks', [{exec: ['']}]],
  ['checks', [{http: `http://${'a'.repeat(100_000)}/`}]],
  ['interval', '1e999'],
  ['interval', `${'9'.repeat(30)}d`],
  ['threshold', 1.5],
  ['port', -1],
])('the key %s refuses %.60j', async (key, given) => {
  const problems = await problemsOf({
    targets: [{name: 'web', url: 'http://127.0.0.1/', [key]: given}],
  });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`targets[0].${key}`);
});
