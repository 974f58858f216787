import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test, vi} from 'vitest';
import {chooseLanguage} from '../../source/cli/language.ts';
import {say, setLanguage} from '../../source/core/text/say.ts';
import {remember} from '../../source/io/state-dir/preferences.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {agent2} from '../helpers/program.ts';
import {cli} from '../helpers/root.ts';
import {openTerminal} from '../helpers/terminal.ts';
import {until} from '../helpers/until.ts';

afterEach(async () => {
  vi.unstubAllEnvs();
  setLanguage({});
  await cleanUp();
});

const CHINA = {LANG: 'zh_CN.UTF-8'};

test('--lang goes before the language that is remembered, and that before the environment', async () => {
  vi.stubEnv('XDG_CONFIG_HOME', join(makeHome().path, '.config'));
  const speaks = async (words: readonly string[], env: NodeJS.ProcessEnv) => {
    await chooseLanguage(words, env);
    return say`healthy` === 'healthy' ? 'en' : 'zh';
  };
  expect([
    await speaks([], {}),
    await speaks([], CHINA),
    await speaks(['--lang', 'zh'], {}),
  ]).toEqual(['en', 'zh', 'zh']);
  await remember('language', 'en');
  expect([await speaks([], CHINA), await speaks(['--lang=ZH'], {})]).toEqual(['en', 'zh']);
  await remember('language', 'zh');
  expect([await speaks([], {}), await speaks(['--lang', 'en'], CHINA)]).toEqual(['zh', 'en']);
  await expect(chooseLanguage(['--lang', 'fr'], {})).rejects.toThrow(/--lang 'fr' 无效/);
  await remember('language', 'klingon');
  expect(await speaks([], CHINA)).toBe('zh');
});

test('the language that a screen was asked for is remembered; that of a command without a screen is not', async () => {
  const home = makeHome();
  const preferences = join(home.path, '.config', 'agent2', 'preferences.json');
  expect((await agent2(['status', '--lang', 'zh'], {env: home.env})).stdout).toMatch(/[一-龥]/);
  expect(existsSync(preferences)).toBe(false);
  const {exited, ...terminal} = openTerminal({argv: [cli, '--lang', 'zh', 'demo'], env: home.env});
  await until('it is remembered', () => existsSync(preferences));
  await terminal.waitFor(/退出/);
  terminal.type('q');
  await exited();
  expect(JSON.parse(readFileSync(preferences, 'utf8'))).toEqual({language: 'zh'});
  expect((await agent2(['status'], {env: home.env})).stdout).toMatch(/[一-龥]/);
});
