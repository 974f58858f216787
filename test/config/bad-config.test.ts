import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {loadConfig} from '../../source/config/load.ts';
import {problemsText} from '../../source/config/problem.ts';
import {speak, render} from '../../source/core/text/say.ts';
import {catalogue} from '../../source/languages/zh.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {fakeKinds} from './fake-kinds.ts';

afterEach(cleanUp);

const ENV = {TOKEN: 'tops3cret', LONG: `begin-${'x'.repeat(200)}`, PORT: '70000'};

/** The problems of a file with that text, without its path: `line:column: text`. */
async function problemsOf(
  content: string | Buffer,
  name = 'agent2.yaml',
): Promise<readonly string[]> {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, content);
  const loaded = await loadConfig(path, {kinds: fakeKinds(), env: ENV});
  return loaded.kind === 'problems'
    ? render(problemsText(loaded))
        .split('\n')
        .map(line => line.replace(`${path}:`, ''))
    : [];
}

const WEB = 'targets:\n  - name: web\n    url: http://127.0.0.1:3000/\n';

describe('a config file with a mistake says where it is and what to write instead:', () => {
  test.each<[what: string, text: string, problem: string]>([
    ['an empty file', '', '1:1: the file is empty; wanted is a mapping with targets'],
    ['comments alone', '# nothing\n\n', 'the file is empty'],
    [
      'a list at the top',
      '- name: web\n',
      '1:1: the file is a list; wanted is a mapping with targets',
    ],
    ['one word', 'web\n', 'the file is one value and no mapping'],
    ['no targets', 'preset: dev\n', '1:1: targets is missing; wanted is a list'],
    [
      'targets that are none',
      'targets: []\n',
      '1:10: targets is an empty list; wanted is a list that is not empty',
    ],
    ['targets that are empty', 'targets:\n', '1:1: targets is empty; wanted is a list'],
    [
      'targets that are a mapping',
      'targets: {web: {}}\n',
      '1:10: targets is a mapping; wanted is a list',
    ],
    [
      'a target that is a word',
      'targets:\n  - web\n',
      "2:5: targets[0] is 'web'; wanted is a mapping",
    ],
    [
      'a tab',
      'targets:\n\t- name: web\n',
      '2:1: a tab stands where the line is indented; use spaces',
    ],
    [
      'a key twice',
      `${WEB}    name: web\n`,
      '4:5: the key name stands here a second time; remove one of the two',
    ],
    [
      'a quote that is not closed',
      'targets:\n  - name: "web\n',
      '3:1: missing closing "quote; close it on the line where it begins',
    ],
    [
      'a bracket that is not closed',
      'targets: [{name: web}\n',
      '2:1: the line is not indented as what stands above it',
    ],
    [
      'a colon in a text',
      'targets:\n  - name: a: b\n',
      "2:11: a key and a value stand here where a plain value is wanted; put a text that has ': ' in it in quotes",
    ],
    ['a second document', `${WEB}---\na: 1\n`, '4:1: a second document begins here (---)'],
    [
      'a tag',
      'targets: !!python/object []\n',
      'the tag tag:yaml.org,2002:python/object is not allowed; a config file has plain texts',
    ],
    ['a tag of its own', 'preset: !secret dev\n', '1:17: the tag !secret is not allowed'],
    ['an unknown anchor', 'targets: *web\n', '1:10: there is no anchor &web before *web'],
    [
      'an anchor within itself',
      'targets: &all\n  - *all\n',
      '2:5: *all stands within what it stands for',
    ],
    [
      'a reserved character',
      'preset: @dev\n',
      '1:9: a text cannot begin with this character; put the text in quotes',
    ],
    ['a NUL character', 'preset: d\0ev\n', '1:10: a NUL character stands here'],
    [
      'an unknown key at the top',
      `prest: dev\n${WEB}`,
      '1:1: the file has no key prest; allowed are $schema, name, preset, stateDir, healBudget, log, defaults, targets; did you mean preset?',
    ],
    [
      'an unknown key of a target',
      `${WEB}    intervall: 5s\n`,
      '4:5: targets[0] has no key intervall; allowed are name, url',
    ],
    [
      'an unknown preset',
      `${WEB}    preset: prd\n`,
      "4:13: targets[0].preset is 'prd'; allowed are dev, test, prod, high-load, low-latency, unstable-network; did you mean prod?",
    ],
    [
      'no name',
      'targets:\n  - url: http://127.0.0.1:3000/\n',
      '2:5: targets[0].name is missing; allowed are up to 63 letters',
    ],
    [
      'a name that is none',
      'targets:\n  - name: a b\n    port: 80\n',
      "2:11: targets[0].name is 'a b'; allowed are up to 63 letters, digits, dots, dashes, colons and underscores, e.g. web",
    ],
    [
      'two of one name',
      `${WEB}  - name: web\n    port: 80\n`,
      "4:11: targets[1].name is 'web', as targets[0].name is already; give each target a name of its own, e.g. web-2",
    ],
    [
      'no url',
      'targets:\n  - name: web\n    url: localhost:3000/health\n',
      "3:10: targets[0].url: 'localhost:3000/health' is no url: http:// or https:// is missing, e.g. http://localhost:3000/health",
    ],
    [
      'another protocol',
      'targets:\n  - name: web\n    url: ftp://127.0.0.1/\n',
      '3:10: targets[0].url: ',
    ],
    [
      'nothing to watch',
      'targets:\n  - name: web\n',
      '2:5: targets[0] names nothing to watch; give it a url, a port, a pidFile, checks, or fix: {use: child',
    ],
    [
      'a negative interval',
      `${WEB}    interval: -5s\n`,
      "4:15: targets[0].interval is '-5s'; allowed is 100ms to 24h, written 500ms, 5s, 2m, 1h or a bare number of seconds, e.g. 5s",
    ],
    [
      'an interval of nothing',
      `${WEB}    interval: 0\n`,
      '4:15: targets[0].interval is 0; allowed is 100ms to 24h',
    ],
    [
      'a timeout that is a list',
      `${WEB}    timeout: [5s]\n`,
      '4:14: targets[0].timeout is a list; allowed is 10ms to 24h',
    ],
    [
      'a threshold of a half',
      `${WEB}    threshold: 1.5\n`,
      '4:16: targets[0].threshold is 1.5; wanted is a whole number from 1 to 1000',
    ],
    [
      'a port beyond all ports',
      `${WEB}    port: 99999\n`,
      '4:11: targets[0].port is 99999; wanted is a whole number from 1 to 65535',
    ],
    [
      'a budget without a time',
      `${WEB}    budget: 3\n`,
      '4:13: targets[0].budget is 3; wanted is how many fixes in which time, e.g. 3 in 5m',
    ],
    [
      'a backoff with a slip',
      `${WEB}    backoff: {base: 1s, facter: 2}\n`,
      '4:25: targets[0].backoff has no key facter; allowed are base, factor, cap; did you mean factor?',
    ],
    [
      'an empty value',
      `${WEB}    processName:\n`,
      '4:5: targets[0].processName is empty; wanted is a text, e.g. node',
    ],
    [
      'a word for true',
      `${WEB}    observe: yes\n`,
      "4:14: targets[0].observe is 'yes'; wanted is true or false",
    ],
    [
      'an unknown fix',
      `${WEB}    fix: {use: sytemd, unit: web}\n`,
      "4:16: targets[0].fix.use is 'sytemd'; allowed are ",
    ],
    [
      'an unknown fix in short',
      `${WEB}    fix: nome\n`,
      "4:10: targets[0].fix is 'nome'; allowed are ",
    ],
    [
      'a fix without what it needs',
      `${WEB}    fix: {use: systemd}\n`,
      '4:10: targets[0].fix.unit is missing; wanted is a text',
    ],
    [
      'a fix without what it needs, in short',
      `${WEB}    fix: systemd\n`,
      '4:10: targets[0].fix.unit is missing; wanted is a text',
    ],
    [
      'a fix with too much',
      `${WEB}    fix: {use: systemd, unit: a, untt: b}\n`,
      '4:34: targets[0].fix has no key untt; allowed are unit, scope, use, notFor, stopTimeout; did you mean unit?',
    ],
    [
      'half a pair',
      `${WEB}    fix: {use: pair, stop: [a]}\n`,
      '4:10: targets[0].fix.start is missing; wanted is a list',
    ],
    [
      'an unknown kind of check',
      `${WEB}    checks: [{tpc: x}]\n`,
      '4:15: targets[0].checks[0] has no key tpc; allowed are http, file, tcp, name, advisory; did you mean tcp?',
    ],
    [
      'a check of no kind',
      `${WEB}    checks: [{name: x}]\n`,
      '4:14: targets[0].checks[0] names no kind of check; wanted is one of http, file, tcp',
    ],
    [
      'a check of two kinds',
      `${WEB}    checks: [{tcp: 'a:1', http: {url: x}}]\n`,
      '4:27: targets[0].checks[0] is of two kinds, tcp and http; begin another check with - http:',
    ],
    [
      'a check with wrong options',
      `${WEB}    checks: [{file: {path: /x, pth: /x}}]\n`,
      '4:32: targets[0].checks[0].file has no key pth; allowed are path; did you mean path?',
    ],
    [
      'a check whose kind has words of its own',
      `${WEB}    checks: [{tcp: nowhere}]\n`,
      "4:20: targets[0].checks[0].tcp: 'nowhere' cannot be used; wanted is host:port",
    ],
    [
      'a check that takes a name',
      `${WEB}    checks: [{name: port, tcp: 'a:1'}]\n`,
      "4:21: targets[0].checks[0].name is 'port', which is what every target's own port check is called",
    ],
    [
      'checks of one name',
      `${WEB}    checks: [{name: a, tcp: 'a:1'}, {name: a, tcp: 'a:1'}]\n`,
      "4:44: targets[0].checks[1].name is 'a', as checks[0].name is already",
    ],
    [
      'words of a url without one',
      'targets:\n  - name: web\n    port: 80\n    expect: {status: ok}\n',
      '4:5: targets[0] has expect and no url',
    ],
    [
      'a wrong word of the http check',
      `${WEB}    method: GOT\n`,
      "4:13: targets[0].method is 'GOT'; allowed are GET, POST",
    ],
    [
      'a header that is a number',
      `${WEB}    headers: {A: 5}\n`,
      "4:18: targets[0].headers.A is 5; wanted is a text: put it in quotes, '5'",
    ],
    [
      'a dependency on nobody',
      `${WEB}    dependsOn: [db]\n  - name: other\n    port: 80\n`,
      "4:17: targets[0].dependsOn[0] is 'db', which no target is called; allowed are other",
    ],
    [
      'a dependency on itself',
      `${WEB}    dependsOn: [web]\n`,
      '4:16: targets[0].dependsOn leads back to itself: web -> web; leave one of them away',
    ],
    [
      'a cycle',
      'targets:\n  - {name: a, port: 1, dependsOn: [b]}\n  - {name: b, port: 2, dependsOn: [c]}\n  - {name: c, port: 3, dependsOn: [a]}\n',
      '2:35: targets[0].dependsOn leads back to itself: a -> b -> c -> a',
    ],
    [
      'an unknown fault',
      `${WEB}    drill: {crsh: true}\n`,
      '4:13: targets[0].drill has no key crsh; allowed are crash, hang, error, slow, mend; did you mean crash?',
    ],
    [
      'a way to crash that is neither',
      `${WEB}    drill: {crash: ./break.sh now}\n`,
      "4:20: targets[0].drill.crash is './break.sh now'; wanted is true, or a command as a list of words, e.g. [./break.sh]",
    ],
    [
      'a fault that agent2 has no way of its own for',
      `${WEB}    drill: {error: true}\n`,
      '4:20: targets[0].drill.error is true; wanted is a list',
    ],
    [
      'a variable that is not set',
      `${WEB}    processName: \${env:TOKNE}\n`,
      '4:18: targets[0].processName names the environment variable TOKNE, which is not set; did you mean TOKEN?; set it where agent2 is started',
    ],
    [
      'a variable without a name',
      `${WEB}    processName: \${env:}\n`,
      '4:18: targets[0].processName has ${env:}; wanted is the name of a variable',
    ],
    [
      'a variable that is not closed',
      `${WEB}    processName: \${env:TOKEN\n`,
      '4:18: targets[0].processName has ${env:TOKEN without its }',
    ],
    [
      'a file in a text',
      `${WEB}    processName: a\${file:x}\n`,
      '4:18: targets[0].processName has ${file:x}; a file takes the place of a whole value, write {file: x}',
    ],
    [
      'a file that is missing',
      `${WEB}    processName: {file: no-such}\n`,
      '4:18: targets[0].processName names the file ',
    ],
    ['__proto__', `${WEB}    __proto__: {name: x}\n`, '4:5: targets[0] has no key __proto__'],
  ])('%s', async (_what, text, problem) => {
    const problems = await problemsOf(text);
    expect(problems.join('\n')).toContain(problem);
    expect(problems).toHaveLength(1);
  });

  test('all of them at once, in the order of the file', async () => {
    const problems = await problemsOf(
      'preset: prd\ntargets:\n  - name: a b\n    port: 0\n    tiemout: 5s\n    dependsOn: [x]\n    fix: {use: nothing}\n',
    );
    expect(problems.map(line => line.replace(/: .*/, ''))).toEqual([
      '1:9',
      '3:11',
      '4:11',
      '5:5',
      '6:17',
      '7:16',
    ]);
  });

  test('in JSON too', async () => {
    expect(
      await problemsOf(
        '{\n\t"targets": [\n\t\t{"name": "web", "port": "x"}\n\t]\n}\n',
        'agent2.json',
      ),
    ).toEqual([
      expect.stringMatching(/^3:27: targets\[0\]\.port is 'x'; wanted is a whole number/),
    ]);
    expect(await problemsOf('{"targets": [{"name": web, "port": 80}]}', 'agent2.json')).toEqual([
      expect.stringMatching(/^1:23: JSON has texts in double quotes/),
    ]);
  });
});

describe('a file that no config can be', () => {
  test('is refused beyond a mebibyte', async () => {
    expect(await problemsOf(`${WEB}# ${'x'.repeat(1_048_576)}\n`)).toEqual([
      '1:1: the file holds more than 1024 KiB, which is the most that is read',
    ]);
  });

  test('is refused when its anchors would fill the memory', async () => {
    const levels = Array.from(
      {length: 9},
      (_, level) =>
        `x${level}: &x${level} [${Array.from({length: 10}, () => (level === 0 ? 'lol' : `*x${level - 1}`)).join(', ')}]`,
    );
    expect(await problemsOf(`${levels.join('\n')}\ntargets: *x8\n`)).toEqual([
      expect.stringMatching(/^2:10: anchors are used more than 1000 times/),
    ]);
    const many = `x: &x [${'1,'.repeat(1_000)}1]\ntargets: [${'*x,'.repeat(400)}*x]\n`;
    expect(await problemsOf(many)).toEqual([
      '2:11: with its anchors written out the file holds more than 200000 values; write fewer',
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
          text: expect.stringContaining('the file is missing; agent2 config init FILE'),
        },
      ],
    });
    expect(await loadConfig(join(directory, 'agent2.yaml'), context)).toMatchObject({
      problems: [{text: 'the file is a directory, a regular file is wanted'}],
    });
  });
});

describe('a problem never shows a secret', () => {
  test.each([
    [
      'a leaf of ours',
      `${WEB}    port: \${env:TOKEN}\n`,
      "targets[0].port is '${env:TOKEN}'; wanted is a whole number",
    ],
    [
      'a long one that is cut',
      `${WEB}    interval: \${env:LONG}\n`,
      "targets[0].interval is '${env:LONG}'; allowed is",
    ],
    [
      'a url',
      'targets:\n  - name: web\n    url: ${env:TOKEN}\n',
      "targets[0].url is '${env:TOKEN}'; wanted is a url with http:// or https://",
    ],
    [
      'a kind with words of its own',
      `${WEB}    checks: [{tcp: '\${env:TOKEN}'}]\n`,
      "targets[0].checks[0].tcp is '${env:TOKEN}'; wanted is host:port, e.g. 127.0.0.1:5432",
    ],
    [
      'one of a few words',
      `${WEB}    preset: \${env:TOKEN}\n`,
      "targets[0].preset is '${env:TOKEN}'; allowed are dev",
    ],
    [
      'the word of a fix',
      `${WEB}    fix: \${env:TOKEN}\n`,
      "targets[0].fix is '${env:TOKEN}'; allowed are",
    ],
    [
      'a name',
      `${WEB}    dependsOn: ['\${env:TOKEN}']\n`,
      "targets[0].dependsOn[0] is '***', which no target is called",
    ],
  ])('in %s', async (_what, text, said) => {
    const problems = (await problemsOf(text)).join('\n');
    expect(problems).toContain(said);
    expect(problems).not.toMatch(/tops3cret|begin-x/);
  });

  test('in another language either, and says there what is wanted, too', async () => {
    speak(catalogue);
    const problems = await problemsOf(
      `${WEB}    port: \${env:TOKEN}\n    checks: [{tcp: '\${env:TOKEN}'}]\n    fix: \${env:TOKEN}\n`,
    ).finally(() => speak({}));
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
      '4:11: targets[0].port is what its file holds; wanted is a whole number',
    );
    expect(problems).toContain(
      `5:18: targets[0].processName names ${join(directory, 'open')}, which can be written by everybody (mode 666); try: chmod o-w`,
    );
    expect(problems).toContain(`6:14: targets[0].pidFile names ${directory}, which is a directory`);
    expect(problems).not.toContain('tops3cret');
  });
});
