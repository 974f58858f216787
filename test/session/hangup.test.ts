import {expect, test} from 'vitest';
import {hangupFrom, onHangup} from '../../source/session/hangup.ts';
import {runWords} from '../../source/cli/run-words.ts';
import {presetNames} from '../../source/config/presets.ts';

test('without a word for it only prod is watched on when the terminal goes away, also beside others', () => {
  const kept = presetNames.filter(preset => onHangup(undefined, [{preset}]) === 'detach');
  expect(kept).toEqual(['prod']);
  expect(onHangup(undefined, [{preset: 'dev'}, {preset: 'prod'}])).toBe('detach');
});

test('the word for it counts whatever the preset, in any case, and a wrong one is told with what is near', () => {
  expect([
    onHangup(hangupFrom('exit'), [{preset: 'prod'}]),
    onHangup(hangupFrom('Detach'), [{preset: 'dev'}]),
  ]).toEqual(['exit', 'detach']);
  expect(() => hangupFrom('detatch')).toThrow(
    /--on-hangup 'detatch' is not allowed; wanted is detach .* or exit.*did you mean --on-hangup detach\?/,
  );
});

test('the background is started with the same words, but for those about the screen', () => {
  const words = [
    'http://127.0.0.1:1/',
    '--theme',
    'light',
    '--preset=prod',
    '--ascii',
    '--on-hangup=exit',
    '--no-color',
    '--name',
    'web',
    '--',
    'node',
    '--theme',
    'x',
  ];
  expect(runWords(words)).toEqual([
    'http://127.0.0.1:1/',
    '--preset=prod',
    '--name',
    'web',
    '--',
    'node',
    '--theme',
    'x',
  ]);
  expect(runWords(['--record', '--theme', 'dark'])).toEqual(['--record']);
});
