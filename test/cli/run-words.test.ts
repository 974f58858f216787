import {expect, test} from 'vitest';
import {parse} from '../../source/cli/parse.ts';
import {runOptions} from '../../source/cli/run-options.ts';
import {runWords} from '../../source/cli/run-words.ts';
import {screenOptions} from '../../source/cli/screen-options.ts';

const syntax = {
  words: {url: {}},
  options: {...runOptions, ...screenOptions},
  takesChild: true,
  examples: [],
} as const;

function handedOn(argv: readonly string[], cwd?: string): readonly string[] {
  const {words, given, child} = parse('watch', syntax, argv);
  return runWords({url: words.url, given, child}, cwd);
}

test('the background is started with the same options, but for those about the screen', () => {
  expect(
    handedOn([
      'http://127.0.0.1:1/',
      '--theme',
      'light',
      '--preset=prod',
      '--ascii',
      '--on-hangup=exit',
      '--no-color',
      '--lang',
      'zh',
      '--expect',
      'status=ok',
      '--expect=db.url=a=b',
      '--observe',
      '--name',
      'web',
      '--',
      'node',
      '--theme',
      'x',
    ]),
  ).toEqual([
    'http://127.0.0.1:1/',
    '--lang=zh',
    '--name=web',
    '--expect=status=ok',
    '--expect=db.url=a=b',
    '--preset=prod',
    '--observe',
    '--',
    'node',
    '--theme',
    'x',
  ]);
  expect(handedOn(['--record', '--theme', 'dark'])).toEqual(['--record']);
});

test('paths are made absolute for a process of another directory', () => {
  expect(
    handedOn(['--config', 'a.yaml', '--pid-file=/run/b.pid', '--record=c', '--restart=./d'], '/x'),
  ).toEqual(['--config=/x/a.yaml', '--pid-file=/run/b.pid', '--restart=./d', '--record=/x/c']);
});
