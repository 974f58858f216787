import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {examine, textsSaid, translations} from '../../build/texts.mjs';
import {root} from '../helpers/root.ts';

const SAYS = {
  'source/core/down.ts': 'say`${a} of ${b} failed`; message`gone`; messageOf("dog")`gone`;',
  'source/ui/down.ts': 'say`gone`; sayOf("cat")`stays`; other`nothing`;',
};

/** What `npm run languages` finds in a tree that says these texts, and translates them so. */
function examined(...rooms: readonly string[]) {
  const top = mkdtempSync(join(tmpdir(), 'agent2-languages-'));
  onTestFinished(() => rmSync(top, {recursive: true}));
  const catalogues = rooms.map((text, index) => [`source/languages/zh/room${index}.ts`, text]);
  const files = [['cli.tsx', ''], ...Object.entries(SAYS), ...catalogues] as [string, string][];
  for (const [path, text] of files) {
    mkdirSync(dirname(join(top, path)), {recursive: true});
    writeFileSync(join(top, path), text);
  }
  const {missing, damage} = examine(textsSaid(top), translations(top).get('zh') ?? []);
  return {missing: Object.fromEntries(missing), damage};
}

const WHOLE = `export const zh = {
  '{} of {} failed': '{1} 中 {0} 失败',
  gone: '已消失',
  'dog|gone': '走失',
  'cat|stays': '留下',
};`;

describe('npm run languages', () => {
  test('counts the texts and what is untranslated, and succeeds', () => {
    const {status, stdout, stderr} = spawnSync('node', [join(root, 'build/languages.mjs')], {
      encoding: 'utf8',
    });
    expect({status, stderr}).toEqual({status: 0, stderr: ''});
    expect(stdout).toMatch(/^zh: \d{4} texts, \d+ without a translation$/m);
  });

  test('finds nothing where all is translated', () => {
    expect(examined(WHOLE)).toEqual({missing: {}, damage: []});
  });

  test('lists a text without a translation once, by the file that says it, and that is no damage', () => {
    expect(examined(WHOLE.replace(/ {2}(gone|'cat).*\n/g, ''))).toEqual({
      missing: {'source/core/down.ts': ['gone'], 'source/ui/down.ts': ['cat|stays']},
      damage: [],
    });
  });

  test('refuses a translation of a text that nobody says', () => {
    expect(examined(WHOLE.replace('gone:', "fled: '逃',\n  gone:")).damage).toEqual([
      "source/languages/zh/room0.ts:3: 'fled': nobody says it",
    ]);
  });

  test('refuses a translation that drops, adds or repeats a value', () => {
    for (const wrong of ['{0} 失败', '{} {} {}', '{0} 又 {0}', '{0} 和 {2}'])
      expect(examined(WHOLE.replace('{1} 中 {0} 失败', wrong)).damage).toEqual([
        `source/languages/zh/room0.ts:2: '{} of {} failed': it has to use each of its values once: '${wrong}'`,
      ]);
  });

  test('refuses two translations of one text', () => {
    const other = "export const zh = {gone: '不见了'};";
    expect(examined(WHOLE, other).damage).toEqual([
      "source/languages/zh/room0.ts:3: 'gone': elsewhere it is '不见了'",
    ]);
    expect(examined(WHOLE, other.replace('不见了', '已消失')).damage).toEqual([]);
  });

  test('refuses a catalogue that only running it would tell', () => {
    expect(() => examined("export const zh = {gone: '已' + '消失'};")).toThrow(
      'source/languages/zh/room0.ts:1: a translation has to be a plain text',
    );
  });
});
