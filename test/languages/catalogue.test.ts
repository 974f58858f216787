import {afterEach, describe, expect, test} from 'vitest';
import {examine, textsSaid, translations} from '../../build/texts.mjs';
import {say, sayOf, setLanguage} from '../../source/core/text/say.ts';
import {catalogue} from '../../source/languages/zh.ts';

afterEach(() => setLanguage({}));

describe('a text', () => {
  test('is said in English where no language was chosen', () => {
    expect(say`paused for ${'5 min'}, ${2} left`).toBe('paused for 5 min, 2 left');
  });

  test('is said in the language that was chosen, in its order', () => {
    setLanguage({'{} of {} failures': '共 {1} 次，失败 {0} 次', 'stop {}': '停止 {}'});
    expect(say`${2} of ${3} failures`).toBe('共 3 次，失败 2 次');
    expect(say`stop ${'web'}`).toBe('停止 web');
    expect(say`unknown ${1}`).toBe('unknown 1');
  });

  test('can be said otherwise in a context', () => {
    setLanguage({'stop {}': '停止 {}', 'music|stop {}': '暂停 {}'});
    expect([
      say`stop ${'web'}`,
      sayOf('music')`stop ${'web'}`,
      sayOf('bus')`stop ${'web'}`,
    ]).toEqual(['停止 web', '暂停 web', 'stop web']);
  });
});

test('the translations are of texts that are said, keep their values, and agree', () => {
  const said = textsSaid();
  const languages = [...translations()];
  expect(languages.map(([language]) => language)).toEqual(['zh']);
  for (const [, translated] of languages) expect(examine(said, translated).damage).toEqual([]);
});

test('the Chinese catalogue has every file of its folder', () => {
  const translated = translations().get('zh') ?? [];
  expect(catalogue).toEqual(
    Object.fromEntries(translated.map(({text, translation}) => [text, translation])),
  );
});
