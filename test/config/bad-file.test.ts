import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {loadConfig} from '../../source/config/load.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {fakeKinds} from './fake-kinds.ts';
import {problemsOf, WEB} from './problems-of.ts';

afterEach(cleanUp);

describe('a config file with a mistake says where it is and what to write instead:', () => {
  test.each<[what: string, text: string, problem: string]>([
    ['an empty file', '', '1:1: the file is empty; expected a mapping with targets'],
    ['comments alone', '# nothing\n\n', 'the file is empty'],
    [
      'a list at the top',
      '- name: web\n',
      '1:1: the file is a list; expected a mapping with targets',
    ],
    ['one word', 'web\n', 'the file is a single value, not a mapping'],
    ['no targets', 'preset: dev\n', '1:1: targets is missing; expected a list'],
    [
      'targets that are none',
      'targets: []\n',
      '1:10: targets is an empty list; expected a list that is not empty',
    ],
    ['targets that are empty', 'targets:\n', '1:1: targets is empty; expected a list'],
    [
      'targets that are a mapping',
      'targets: {web: {}}\n',
      '1:10: targets is a mapping; expected a list',
    ],
    [
      'a target that is a word',
      'targets:\n  - web\n',
      "2:5: targets[0] is 'web'; expected a mapping",
    ],
    ['a tab', 'targets:\n\t- name: web\n', '2:1: the line is indented with a tab; use spaces'],
    ['a key twice', `${WEB}    name: web\n`, '4:5: the key name is here twice; remove one of them'],
    [
      'a quote that is not closed',
      'targets:\n  - name: "web\n',
      '3:1: missing closing "quote; close it on the line where it begins',
    ],
    [
      'a bracket that is not closed',
      'targets: [{name: web}\n',
      '2:1: the line is not indented like the lines above',
    ],
    [
      'a colon in a text',
      'targets:\n  - name: a: b\n',
      "2:11: there is a key and a value here, but a single value is expected; put a text that contains ': ' in quotes",
    ],
    ['a second document', `${WEB}---\na: 1\n`, '4:1: a second document begins here (---)'],
    [
      'a tag',
      'targets: !!python/object []\n',
      'the tag tag:yaml.org,2002:python/object is not allowed; a config file has only texts',
    ],
    ['a tag of its own', 'preset: !secret dev\n', '1:17: the tag !secret is not allowed'],
    ['an unknown anchor', 'targets: *web\n', '1:10: there is no anchor &web before *web'],
    ['an anchor within itself', 'targets: &all\n  - *all\n', '2:5: *all is inside its own anchor'],
    [
      'a reserved character',
      'preset: @dev\n',
      '1:9: a text cannot begin with this character; put the text in quotes',
    ],
    ['a NUL character', 'preset: d\0ev\n', '1:10: there is a NUL character here'],
    ['__proto__', `${WEB}    __proto__: {name: x}\n`, '4:5: targets[0] has no key __proto__'],
  ])('%s', async (_what, text, problem) => {
    const problems = await problemsOf(text);
    expect(problems.join('\n')).toContain(problem);
    expect(problems).toHaveLength(1);
  });

  test('in JSON too', async () => {
    expect(
      await problemsOf(
        '{\n\t"targets": [\n\t\t{"name": "web", "port": "x"}\n\t]\n}\n',
        'agent2.json',
      ),
    ).toEqual([expect.stringMatching(/^3:27: targets\[0\]\.port is 'x'; expected a whole number/)]);
    expect(await problemsOf('{"targets": [{"name": web, "port": 80}]}', 'agent2.json')).toEqual([
      expect.stringMatching(/^1:23: JSON has only texts in double quotes/),
    ]);
  });
});

describe('a file that no config can be', () => {
  test('is refused beyond a mebibyte', async () => {
    expect(await problemsOf(`${WEB}# ${'x'.repeat(1_048_576)}\n`)).toEqual([
      '1:1: the file is larger than 1 MiB, the most that is read',
    ]);
  });

  test('is refused when its anchors would fill the memory', async () => {
    const levels = Array.from(
      {length: 9},
      (_, level) =>
        `x${level}: &x${level} [${Array.from({length: 10}, () => (level === 0 ? 'lol' : `*x${level - 1}`)).join(', ')}]`,
    );
    expect(await problemsOf(`${levels.join('\n')}\ntargets: *x8\n`)).toEqual([
      expect.stringMatching(/^2:10: anchors are nested more than 1000 times/),
    ]);
    const many = `x: &x [${'1,'.repeat(1_000)}1]\ntargets: [${'*x,'.repeat(400)}*x]\n`;
    expect(await problemsOf(many)).toEqual([
      '2:11: with its anchors expanded the file has more than 200000 values; write fewer',
    ]);
  });

  test('is refused in another encoding', async () => {
    expect(await problemsOf(Buffer.from(`\ufeff${WEB}`, 'utf16le'))).toEqual([
      '1:1: the file is UTF-16; save it as UTF-8',
    ]);
    expect(await problemsOf(Buffer.from('targets:\n  - name: w\xe9b\n', 'latin1'))).toEqual([
      '2:12: this character is not UTF-8; save the file as UTF-8',
    ]);
  });

  test('is named when it is missing or a directory', async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'agent2.yaml'));
    const context = {kinds: fakeKinds(), env: {}};
    expect(await loadConfig(join(directory, 'no.yaml'), context)).toMatchObject({
      problems: [
        {
          line: 1,
          column: 1,
          text: expect.stringContaining('the file does not exist; agent2 config init FILE'),
        },
      ],
    });
    expect(await loadConfig(join(directory, 'agent2.yaml'), context)).toMatchObject({
      problems: [{text: 'the file is a directory, not a regular file'}],
    });
  });
});
