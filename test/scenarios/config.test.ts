import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {exampleConfig} from '../../source/config/example.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {agent2} from '../helpers/program.ts';
import {root} from '../helpers/root.ts';

afterEach(cleanUp);

function run() {
  const home = makeHome();
  return {
    path: home.path,
    config: (...words: readonly string[]) =>
      agent2(['config', ...words], {env: home.env, cwd: home.path}),
  };
}

describe('agent2 config', () => {
  test('init writes an example that is good, and never overwrites', async () => {
    const {path, config} = run();
    expect(await config('init')).toMatchObject({
      code: 0,
      stdout: 'agent2.yaml written; edit it, then: agent2 config check agent2.yaml\n',
      stderr: '',
    });
    expect(readFileSync(join(path, 'agent2.yaml'), 'utf8')).toBe(exampleConfig());
    expect(await config('check')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /agent2\.yaml is valid: one target\n {2}web: http:\/\/127\.0\.0\.1:3000\/health; preset test; observed only\n$/,
      ),
      stderr: '',
    });
    writeFileSync(join(path, 'agent2.yaml'), 'mine');
    expect(await config('init')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('agent2.yaml already exists and was not changed'),
    });
    expect(readFileSync(join(path, 'agent2.yaml'), 'utf8')).toBe('mine');
    expect(await config('init', 'no/such/agent2.yaml')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('its directory does not exist'),
    });
    expect(await config('init', 'agent2.json')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('JSON has no comments'),
    });
    expect(existsSync(join(path, 'agent2.json'))).toBe(false);
  });

  test('check says all that is wrong on stderr, and ends with 1', async () => {
    const {path, config} = run();
    writeFileSync(
      join(path, 'shop.yaml'),
      'preset: prd\ntargets:\n  - name: web\n    port: 80\n    fix: {use: comand}\n',
    );
    const {code, stdout, stderr} = await config('check', 'shop.yaml');
    expect(stderr).toMatch(
      /^agent2: shop\.yaml has 2 problems:\nshop\.yaml:1:9: preset is 'prd'; .*did you mean prod\?\nshop\.yaml:5:16: targets\[0\]\.fix\.use is 'comand'; .*did you mean command\?\n$/,
    );
    expect([code, stdout]).toEqual([1, '']);
  });

  test('show prints the effective values and their origin, with secrets as they are written', async () => {
    const {path, config} = run();
    writeFileSync(join(path, 'key'), 'tops3cret\n');
    writeFileSync(
      join(path, 'agent2.yaml'),
      'preset: prod\ntargets:\n  - name: web\n    port: 80\n    interval: 3s\n    processName: {file: key}\n    fix: {use: command, restart: [restart, {file: key}]}\n',
    );
    const {code, stdout} = await config('show');
    expect(code).toBe(0);
    expect(stdout).toContain('interval: 3s # this target');
    expect(stdout).toContain('timeout: 10s # preset prod');
    expect(stdout).toContain('file: key');
    const shown = [stdout, (await config('show', '--json')).stdout, (await config('check')).stdout];
    expect(JSON.parse(shown[1] ?? '')).toMatchObject({
      targets: [
        {
          name: 'web',
          processName: {file: 'key'},
          timeout: '10s',
          origins: {interval: 'this target', timeout: 'preset prod'},
        },
      ],
    });
    expect(shown[2]).toContain(
      'web: 127.0.0.1:80; preset prod*; restarted by command: restart ***',
    );
    expect(shown.join('')).not.toContain('tops3cret');
  });

  test('schema prints a JSON schema with every kind of fix and of check', async () => {
    const {config} = run();
    const {code, stdout} = await config('schema');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['targets'],
    });
    for (const word of ['command', 'child', 'signal', 'none'])
      expect(stdout).toContain(`"const": "${word}"`);
  });

  test.each<[readonly string[], number, RegExp]>([
    [[], 64, /config needs one of init, check, show, schema/],
    [
      ['chek'],
      64,
      /config has no 'chek'; allowed: init, check, show, schema; did you mean agent2 config check\?/,
    ],
    [['check', 'a.yaml', 'b.yaml'], 64, /unexpected argument 'b\.yaml'/],
    [['check', 'a.yaml', '--config', 'b.yaml'], 64, /both name the file/],
    [['check', 'no.yaml'], 64, /the config file no\.yaml does not exist; correct the path/],
    [['check', '--json'], 64, /--json is for agent2 config show/],
    [['schema', 'a.yaml'], 64, /the schema is the same for every file/],
    [['check'], 1, /there is no agent2\.yaml here or in .*agent2 config init/],
  ])('%j ends with %i and says what to type', async (words, code, message) => {
    const ended = await run().config(...words);
    expect(ended).toMatchObject({code, stdout: ''});
    expect(ended.stderr).toMatch(message);
  });

  test('--help shows its words and examples', async () => {
    const {stdout, code} = await run().config('--help');
    expect(code).toBe(0);
    for (const text of [
      'Usage: agent2 config init|check|show|schema [FILE]',
      'write an example with comments',
      'agent2 config show --json',
    ])
      expect(stdout).toContain(text);
  });
});

test('what reads a config file is loaded only where there is one', () => {
  const {outputs} = JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8')) as {
    readonly outputs: Readonly<Record<string, Output>>;
  };
  const entryOf = (source: string) =>
    Object.keys(outputs).find(name => outputs[name]?.entryPoint === source) ?? '';
  const loadedWith = (name: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (seen.has(name)) return seen;
    seen.add(name);
    for (const {path, kind} of outputs[name]?.imports ?? [])
      if (kind === 'import-statement') loadedWith(path, seen);
    return seen;
  };
  const packages = (source: string) =>
    [...loadedWith(entryOf(source))]
      .flatMap(name => Object.keys(outputs[name]?.inputs ?? {}))
      .filter(input => /node_modules\/(zod|yaml|chokidar)\//.test(input));
  for (const source of [
    'cli.tsx',
    ...['run', 'check/command', 'watch', 'config'].map(name => `source/commands/${name}.ts`),
  ])
    expect(packages(source)).toEqual([]);
  expect(packages('source/config/load.ts')).not.toEqual([]);
});

interface Output {
  readonly entryPoint?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly imports: ReadonlyArray<{readonly path: string; readonly kind: string}>;
}
