import {afterEach, expect, test} from 'vitest';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {loadConfig} from '../../source/config/load.ts';
import {problemsText} from '../../source/config/problem.ts';
import {render} from '../../source/core/text/say.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {fakeKinds} from './fake-kinds.ts';
import {load} from './loaded.ts';

afterEach(cleanUp);

const times = (count: number, line: (index: number) => string) =>
  Array.from({length: count}, (_, index) => line(index)).join('');

/** Loads a file with that text, and counts the turns of the loop meanwhile. */
async function loadCounting(text: string, name: string) {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, text);
  let turns = 0;
  const turning = setInterval(() => turns++, 1);
  const loaded = await loadConfig(path, {kinds: fakeKinds(), env: {}});
  clearInterval(turning);
  return {loaded, turns};
}

const deep = (open: string, close: string) => `${open.repeat(100_000)}1${close.repeat(100_000)}`;

test.each<[what: string, text: string, count: number | string, name?: string]>([
  ['3,000 targets without a name', `targets:\n${times(3_000, () => '- {x: 1}\n')}`, '1000+'],
  ['800 wrong values', `targets:\n${times(800, i => `- {name: w${i}, port: x}\n`)}`, 800],
  ['3,000 unknown keys', `targets:\n- name: w\n${times(3_000, i => `  k${i}: 1\n`)}`, '1000+'],
  [
    '3,000 keys that are there twice',
    `targets:\n- name: w\n${times(3_000, () => '  port: 1\n')}`,
    2_999,
  ],
  [
    '3,000 targets of one name',
    `targets:\n${times(3_000, () => '- {name: w, port: 1}\n')}`,
    '1000+',
  ],
  [
    '3,000 unknown dependencies',
    `targets:\n${times(3_000, i => `- {name: w${i}, port: 1, dependsOn: [x${i}]}\n`)}`,
    '1000+',
  ],
  [
    'a circle of 3,000',
    `targets:\n${times(3_000, i => `- {name: w${i}, port: 1, dependsOn: [w${(i + 1) % 3_000}]}\n`)}`,
    1,
  ],
  [
    '2,000 wrong checks of one target',
    `targets:\n- name: w\n  port: 1\n  checks:\n${times(2_000, () => '  - {tpc: 1}\n')}`,
    '1000+',
  ],
  [
    '2,000 checks of one name',
    `targets:\n- name: w\n  port: 1\n  checks:\n${times(2_000, () => '  - {name: c, tcp: 127.0.0.1:1}\n')}`,
    '1000+',
  ],
  ['3,000 syntax errors', `targets:\n${times(3_000, () => '- {name: "w, port: ]1}\n')}`, 6_000],
  ['3,000 tags', `targets:\n${times(3_000, () => '- !x 1\n')}`, 3_000],
  ['deep lists', `targets: ${deep('[', ']')}`, 1],
  ['deep mappings', `targets: ${deep('{a: ', '}')}`, 1],
  ['a deep list of lines', `targets:\n${'- '.repeat(100_000)}1\n`, 1],
  ['deep lists that do not close', `targets: ${'['.repeat(100_000)}`, 1],
  ['deep JSON', `{"targets": ${deep('[{"a":', '}]')}}`, 1, 'agent2.json'],
  [
    'a bomb of anchors',
    `a: &a [${times(9, () => 'x,')}]\n${times(9, i => `k${i}: &${'bcdefghij'[i]} [${times(9, () => `*${'abcdefghi'[i]},`)}]\n`)}targets: *j\n`,
    1,
  ],
  ['3,000 merges', `a: &a {x: 1}\n${times(3_000, i => `k${i}: {<<: *a}\n`)}targets: []\n`, 1],
  [
    '3,000 anchors in each other',
    `a0: &a0 [1]\n${times(3_000, i => `a${i + 1}: &a${i + 1} [*a${i}]\n`)}targets: []\n`,
    1,
  ],
  ['a merge of no mapping', 'a: {<<: 5}\ntargets: []\n', 1],
  ['a value of a million characters', `targets:\n- name: ${'w'.repeat(1_000_000)}\n  port: 1\n`, 1],
  [
    'a key of a million characters',
    `targets:\n- {name: w, port: 1, ${'w'.repeat(1_000_000)}: 1}\n`,
    1,
  ],
])(
  '%s are told in at most twenty short lines, and counted',
  async (_what, text, count, name = 'agent2.yaml') => {
    const {loaded} = await loadCounting(text, name);
    if (loaded.kind !== 'problems') return expect.unreachable();
    expect(loaded.andMore ? `${loaded.count}+` : loaded.count).toBe(count);
    const lines = render(problemsText(loaded)).split('\n');
    expect(lines).toHaveLength(Math.min(loaded.count, 20));
    for (const line of lines) {
      expect(line.length).toBeLessThan(2_500);
      expect(line).not.toContain('call stack');
    }
  },
);

test.each<[what: string, text: string, targets: number]>([
  [
    'a chain of 2,000 dependencies',
    times(2_000, i => `- {name: w${i}, port: 1${i ? `, dependsOn: [w${i - 1}]` : ''}}\n`),
    2_000,
  ],
  ['2,000 targets', times(2_000, i => `- {name: w${i}, port: 1}\n`), 2_000],
  [
    'a target with 1,500 checks',
    `- name: w\n  port: 1\n  checks:\n${times(1_500, i => `  - {tcp: '127.0.0.1:${i + 1}'}\n`)}`,
    1,
  ],
  [
    'a target with 1,500 dependencies',
    `- {name: hub, port: 1, dependsOn: [${times(1_500, i => `w${i}, `)}]}\n${times(1_500, i => `- {name: w${i}, port: 1}\n`)}`,
    1_501,
  ],
])('%s are read while the loop turns', async (_what, text, targets) => {
  const {loaded, turns} = await loadCounting(`targets:\n${text}`, 'agent2.yaml');
  expect(loaded.kind === 'config' && loaded.targets).toHaveLength(targets);
  // A file that is read in one piece lets one or two turns through.
  expect(turns).toBeGreaterThan(4);
});

test.each(['__proto__', '"__proto__"'])('the key %s is refused wherever it is', async key => {
  for (const [text, place] of [
    [`${key}: {a: 1}\ntargets: [{name: w, port: 1}]\n`, 'the file'],
    [
      `targets: [{name: w, url: 'http://127.0.0.1/', headers: {${key}: x}}]\n`,
      'targets[0].headers',
    ],
    [
      `targets: [{name: w, port: 1, fix: {use: command, restart: [x], ${key}: {}}}]\n`,
      'targets[0].fix',
    ],
    [`defaults: {${key}: 1}\ntargets: [{name: w, port: 1}]\n`, 'defaults'],
  ] as const)
    await expect(load(text)).rejects.toThrow(`${place} has no key __proto__`);
});

test.each(['constructor', 'toString', 'hasOwnProperty', 'prototype'])(
  'the word %s of every object is no kind, no preset and no key',
  async word => {
    const wrong = (line: string) => load(`targets: [{name: w, port: 1, ${line}}]\n`);
    await expect(wrong(`${word}: 1`)).rejects.toThrow(`has no key ${word}`);
    await expect(wrong(`fix: {use: ${word}}`)).rejects.toThrow(`is '${word}'; allowed`);
    await expect(wrong(`fix: ${word}`)).rejects.toThrow(`is '${word}'; allowed`);
    await expect(wrong(`preset: ${word}`)).rejects.toThrow(`is '${word}'; allowed`);
    await expect(wrong(`checks: [{${word}: 1}]`)).rejects.toThrow(`has no key ${word}`);
  },
);
