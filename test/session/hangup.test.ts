import {expect, test} from 'vitest';
import {onHangup} from '../../source/session/hangup.ts';
import {parse} from '../../source/cli/parse.ts';
import {screenOptions} from '../../source/cli/screen-options.ts';
import {presetNames} from '../../source/config/presets.ts';

test('without a word for it only prod is watched on when the terminal goes away, also beside others', () => {
  const kept = presetNames.filter(preset => onHangup(undefined, [{preset}]) === 'detach');
  expect(kept).toEqual(['prod']);
  expect(onHangup(undefined, [{preset: 'dev'}, {preset: 'prod'}])).toBe('detach');
});

const typed = (...argv: readonly string[]) =>
  parse('watch', {words: {}, options: screenOptions, examples: []}, argv).options.onHangup;

test('the word for it counts whatever the preset, in any case, and a wrong one is told with what is near', () => {
  expect([
    onHangup(typed('--on-hangup', 'exit'), [{preset: 'prod'}]),
    onHangup(typed('--on-hangup=Detach'), [{preset: 'dev'}]),
  ]).toEqual(['exit', 'detach']);
  expect(() => typed('--on-hangup', 'detatch')).toThrow(
    /--on-hangup 'detatch' is not valid; expected one of detach, exit.*did you mean --on-hangup detach\?/,
  );
});
