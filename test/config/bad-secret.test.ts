import {chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {loadConfig} from '../../source/config/load.ts';
import {problemsText} from '../../source/config/problem.ts';
import {setLanguage} from '../../source/core/text/say.ts';
import {catalogue} from '../../source/languages/zh.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {fakeKinds} from './fake-kinds.ts';
import {problemsOf, WEB} from './problems-of.ts';

afterEach(cleanUp);

describe('a config file with a mistake says where it is and what to write instead:', () => {
  test.each<[what: string, text: string, problem: string]>([
    [
      'a variable that is not set',
      `${WEB}    processName: \${env:TOKNE}\n`,
      '4:18: targets[0].processName uses the environment variable TOKNE, which is not set; did you mean TOKEN?; set it where agent2 is started',
    ],
    [
      'a variable without a name',
      `${WEB}    processName: \${env:}\n`,
      '4:18: targets[0].processName has ${env:}; expected the name of a variable',
    ],
    [
      'a variable that is not closed',
      `${WEB}    processName: \${env:TOKEN\n`,
      '4:18: targets[0].processName has ${env:TOKEN without its }',
    ],
    [
      'a file in a text',
      `${WEB}    processName: a\${file:x}\n`,
      '4:18: targets[0].processName has ${file:x}; a file can only replace a whole value: write {file: x}',
    ],
    [
      'a file that is missing',
      `${WEB}    processName: {file: no-such}\n`,
      '4:18: targets[0].processName names the file ',
    ],
  ])('%s', async (_what, text, problem) => {
    const problems = await problemsOf(text);
    expect(problems.join('\n')).toContain(problem);
    expect(problems).toHaveLength(1);
  });
});

describe('a problem never shows a secret', () => {
  test.each([
    [
      'a leaf of ours',
      `${WEB}    port: \${env:TOKEN}\n`,
      "targets[0].port is '${env:TOKEN}'; expected a whole number",
    ],
    [
      'a long one that is cut',
      `${WEB}    interval: \${env:LONG}\n`,
      "targets[0].interval is '${env:LONG}'; allowed:",
    ],
    [
      'a url',
      'targets:\n  - name: web\n    url: ${env:TOKEN}\n',
      "targets[0].url is '${env:TOKEN}'; expected a url with http://, https:// or unix:",
    ],
    [
      'a kind with words of its own',
      `${WEB}    checks: [{tcp: '\${env:TOKEN}'}]\n`,
      "targets[0].checks[0].tcp is '${env:TOKEN}'; expected host:port, e.g. 127.0.0.1:5432",
    ],
    [
      'one of a few words',
      `${WEB}    preset: \${env:TOKEN}\n`,
      "targets[0].preset is '${env:TOKEN}'; allowed: dev",
    ],
    [
      'the word of a fix',
      `${WEB}    fix: \${env:TOKEN}\n`,
      "targets[0].fix is '${env:TOKEN}'; allowed:",
    ],
    [
      'a name',
      `${WEB}    dependsOn: ['\${env:TOKEN}']\n`,
      "targets[0].dependsOn[0] is '***', but there is no other target",
    ],
  ])('in %s', async (_what, text, said) => {
    const problems = (await problemsOf(text)).join('\n');
    expect(problems).toContain(said);
    expect(problems).not.toMatch(/tops3cret|begin-x/);
  });

  test('in another language either, and says there what is wanted, too', async () => {
    setLanguage(catalogue);
    const problems = await problemsOf(
      `${WEB}    port: \${env:TOKEN}\n    checks: [{tcp: '\${env:TOKEN}'}]\n    fix: \${env:TOKEN}\n`,
    ).finally(() => setLanguage({}));
    expect(problems).toEqual([
      "4:11: targets[0].port 为 '${env:TOKEN}'；应为 1 到 65535 的整数，例如 3000",
      "5:20: targets[0].checks[0].tcp 为 '${env:TOKEN}'；应为host:port，例如 127.0.0.1:5432",
      expect.stringContaining("targets[0].fix 为 '${env:TOKEN}'；允许："),
    ]);
  });

  test('that comes from a file', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'port'), 'tops3cret\n');
    writeFileSync(join(directory, 'open'), 'tops3cret\n');
    chmodSync(join(directory, 'open'), 0o666);
    writeFileSync(
      join(directory, 'agent2.yaml'),
      `${WEB}    port: {file: port}\n    processName: {file: open}\n    pidFile: {file: .}\n`,
    );
    const loaded = await loadConfig(join(directory, 'agent2.yaml'), {
      kinds: fakeKinds(),
      env: {},
    });
    const problems = loaded.kind === 'problems' ? problemsText(loaded) : '';
    expect(problems).toContain(
      '4:11: targets[0].port is the content of its file; expected a whole number',
    );
    expect(problems).toContain(
      `5:18: targets[0].processName names ${join(directory, 'open')}, which everybody may write (mode 666); try: chmod o-w`,
    );
    expect(problems).toContain(`6:14: targets[0].pidFile names ${directory}, which is a directory`);
    expect(problems).not.toContain('tops3cret');
  });
});

test.runIf(process.geteuid?.() === 0)(
  'root reads a secret only where the owner of the file decides, and follows no link of another user',
  async () => {
    const STRANGER = 65_534;
    const directory = temporaryDirectory();
    const theirs = join(directory, 'theirs');
    mkdirSync(theirs);
    writeFileSync(join(directory, 'roots'), 'tops3cret', {mode: 0o600});
    writeFileSync(join(theirs, 'own'), 'web', {mode: 0o600});
    symlinkSync(join(directory, 'roots'), join(theirs, 'link'));
    for (const path of [theirs, join(theirs, 'own')]) chownSync(path, STRANGER, STRANGER);
    lchownSync(join(theirs, 'link'), STRANGER, STRANGER);
    const load = async (name: string) => {
      writeFileSync(
        join(directory, 'agent2.yaml'),
        `${WEB}    processName: {file: theirs/${name}}\n`,
      );
      const loaded = await loadConfig(join(directory, 'agent2.yaml'), {
        kinds: fakeKinds(),
        env: {},
      });
      return loaded.kind === 'problems' ? problemsText(loaded) : loaded.kind;
    };
    expect(await load('own')).toBe('config');
    expect(await load('link')).toContain(
      `names ${join(theirs, 'link')}, which lies in a directory that belongs to the user 65534`,
    );
  },
);
