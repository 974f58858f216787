import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {configJsonSchema} from '../../source/config/schema.ts';
import {exampleConfig} from '../../source/config/example.ts';
import {loadConfig, type LoadedConfig} from '../../source/config/load.ts';
import {problemsText} from '../../source/config/problem.ts';
import {effectiveConfig, effectiveYaml} from '../../source/config/show.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {root} from '../helpers/root.ts';
import {fakeKinds} from './fake-kinds.ts';
import {render} from '../../source/core/text/say.ts';

afterEach(cleanUp);

interface Given {
  readonly env?: NodeJS.ProcessEnv;
  readonly directory?: string;
  readonly name?: string;
}

async function load(
  text: string,
  {env = {}, directory = temporaryDirectory(), name = 'agent2.yaml'}: Given = {},
): Promise<LoadedConfig> {
  const path = join(directory, name);
  writeFileSync(path, text);
  const loaded = await loadConfig(path, {kinds: fakeKinds(), env});
  if (loaded.kind === 'problems') throw new Error(render(problemsText(loaded)));
  return loaded;
}

const WHOLE = `
$schema: ./agent2.schema.json
name: shop
preset: prod
stateDir: state
healBudget: 5 in 10m
defaults: {interval: 7s, timeout: 4s}
targets:
  - name: web
    url: http://user:\${env:TOKEN}@127.0.0.1:3000/health?key=1
    method: POST
    headers: {Authorization: 'Bearer \${env:TOKEN}', X-Key: {file: secrets/key}}
    body: '{}'
    status: [200, 204]
    expect: {status: ok}
    port: \${env:PORT}
    pidFile: run/web.pid
    processName: node
    preset: dev
    interval: 5s
    timeout: 2
    threshold: 3
    recovery: 2
    retries: 1
    slow: 500ms
    confirm: 1s
    settle: 0
    grace: 1m
    budget: 2 in 1h
    backoff: {base: 2s}
    observe: true
    checks:
      - tcp: 127.0.0.1:5432
      - tcp: 127.0.0.1:5433
      - name: dump
        advisory: true
        file: {path: var/dump.sql}
    fix: {use: systemd, unit: web.service, notFor: [database], stopTimeout: 20s}
    evidence: {command: [./dump.sh, now], timeout: 3s, log: log/web.log}
    dependsOn: [db]
    drill: {crash: true, hang: true, error: [./break.sh, error], mend: [curl, http://127.0.0.1:3000/mend]}
  - name: db
    port: 5432
    fix: {use: command, restart: [./restart.sh]}
  - name: worker
    fix: {use: child, command: [node, worker.js]}
`;

async function whole(
  env = {TOKEN: 'tops3cret', PORT: '3001'},
  directory = temporaryDirectory(),
): Promise<LoadedConfig & {readonly directory: string}> {
  mkdirSync(join(directory, 'secrets'), {recursive: true});
  writeFileSync(join(directory, 'secrets/key'), 'from a file\n');
  return {...(await load(WHOLE, {env, directory})), directory};
}

describe('a config file', () => {
  test('becomes targets with everything that it says of them', async () => {
    const {path, directory, targets, ...top} = await whole();
    expect(path).toBe(join(directory, 'agent2.yaml'));
    expect(top).toMatchObject({
      name: 'shop',
      stateDir: join(directory, 'state'),
      healBudget: {count: 5, windowMs: 600_000},
      secrets: ['tops3cret', 'from a file', Buffer.from('user:tops3cret').toString('base64')],
    });
    expect(targets[0]).toMatchObject({
      name: 'web',
      address: 'http://127.0.0.1:3000/health',
      http: {
        method: 'POST',
        headers: {'Authorization': 'Bearer tops3cret', 'X-Key': 'from a file'},
        body: '{}',
        status: [
          [200, 200],
          [204, 204],
        ],
        expect: [{path: 'status', equals: 'ok'}],
      },
      endpoint: {host: '127.0.0.1', port: 3001},
      local: true,
      pidFile: join(directory, 'run/web.pid'),
      processName: 'node',
      preset: 'dev',
      overrides: {
        intervalMs: 5_000,
        timeoutMs: 2_000,
        failureThreshold: 3,
        recoveryThreshold: 2,
        retries: 1,
        slowMs: 500,
        confirmMs: 1_000,
        settleMs: 0,
        startGraceMs: 60_000,
        budget: {count: 2, windowMs: 3_600_000},
        backoff: {baseMs: 2_000, factor: 2, capMs: 30_000},
      },
      observing: true,
      checks: [
        {name: 'tcp', kind: 'tcp', advisory: false, options: '127.0.0.1:5432'},
        {name: 'tcp-2', kind: 'tcp', advisory: false, options: '127.0.0.1:5433'},
        {
          name: 'dump',
          kind: 'file',
          advisory: true,
          options: {path: join(directory, 'var/dump.sql')},
        },
      ],
      fix: {
        use: 'systemd',
        options: {unit: 'web.service', scope: 'system'},
        notFor: ['database'],
        stopTimeoutMs: 20_000,
      },
      evidence: {
        command: [join(directory, 'dump.sh'), 'now'],
        timeoutMs: 3_000,
        log: join(directory, 'log/web.log'),
      },
      dependsOn: ['db'],
      drill: {
        crash: true,
        hang: true,
        error: [join(directory, 'break.sh'), 'error'],
        mend: ['curl', 'http://127.0.0.1:3000/mend'],
      },
      secrets: ['tops3cret', 'from a file', Buffer.from('user:tops3cret').toString('base64')],
      agentos: false,
    });
    expect(targets[0]?.url?.href).toBe('http://user:tops3cret@127.0.0.1:3000/health?key=1');
    expect(targets[1]).toMatchObject({
      name: 'db',
      address: '127.0.0.1:5432',
      preset: 'prod',
      overrides: {intervalMs: 7_000, timeoutMs: 4_000},
      fix: {use: 'command', options: {restart: [join(directory, 'restart.sh')]}},
      secrets: [],
    });
    expect(targets[2]).toMatchObject({
      name: 'worker',
      address: 'node worker.js',
      url: undefined,
      endpoint: undefined,
      fix: {use: 'child', options: {command: ['node', 'worker.js']}},
    });
  });

  test('leaves what it does not say to the defaults', async () => {
    const {targets, ...top} = await load('targets: [{name: web, url: "http://127.0.0.1/"}]');
    expect(top).not.toHaveProperty('stateDir');
    expect(top).not.toHaveProperty('healBudget');
    expect(targets).toEqual([
      expect.objectContaining({
        http: {method: 'GET', headers: {}, status: [[200, 399]], expect: []},
        endpoint: {host: '127.0.0.1', port: 80},
        checks: [],
        fix: {use: 'none', options: {}, notFor: [], stopTimeoutMs: 10_000},
        evidence: {timeoutMs: 5_000},
        dependsOn: [],
        preset: 'test',
        overrides: {},
        observing: false,
        drill: {},
        secrets: [],
      }),
    ]);
  });

  test('may be JSON, begin with a byte order mark, and use anchors', async () => {
    expect(
      (await load('{"targets": [{"name": "web", "port": 80}]}', {name: 'agent2.json'})).targets[0]
        ?.name,
    ).toBe('web');
    expect(
      (await load('\ufefftargets:\r\n  - name: web\r\n    port: 80\r\n')).targets[0]?.name,
    ).toBe('web');
    const {targets} = await load(
      'targets:\n  - &one\n    name: one\n    port: 80\n    fix: {use: command, restart: [x]}\n  - <<: *one\n    name: two\n',
    );
    expect(targets).toMatchObject([
      {name: 'one', fix: {use: 'command'}},
      {name: 'two', endpoint: {port: 80}, fix: {use: 'command'}},
    ]);
  });

  test('finds what is named by a relative path beside the file, also in a command that is one text', async () => {
    const directory = temporaryDirectory();
    const {targets} = await load(
      "targets: [{name: web, port: 80, fix: {use: command, stop: './web.sh stop', start: \"'./my web.sh' start ../x\"}}, {name: sup, port: 81, fix: {use: supervisor, program: sup, config: sup.conf}}]",
      {directory},
    );
    expect(targets.map(({fix}) => fix.options)).toMatchObject([
      {
        stop: [join(directory, 'web.sh'), 'stop'],
        start: [join(directory, 'my web.sh'), 'start', join(directory, '../x')],
      },
      {program: 'sup', config: join(directory, 'sup.conf')},
    ]);
  });

  test('names a fix that needs no options by its word', async () => {
    expect(
      (await load('targets: [{name: web, port: 80, fix: none}, {name: b, port: 81, fix: signal}]'))
        .targets,
    ).toMatchObject([{fix: {use: 'none', options: {}}}, {fix: {use: 'signal', options: {}}}]);
  });

  test(
    'shows the texts $' +
      '{env:…} and $' +
      '{file:…} where they are escaped, and others as they are',
    async () => {
      const {targets} = await load(
        'targets: [{name: web, port: 80, fix: {use: command, restart: [sh, -c, "echo $${env:X} $${file:X} ${X:-y} $$"]}}]',
      );
      expect(targets[0]?.fix.options).toEqual({
        restart: ['sh', '-c', 'echo ${env:X} ${file:X} ${X:-y} $$'],
      });
    },
  );
});

describe('the fingerprint of a target', () => {
  test('is the same for the same words, whatever stands around them and in whichever order', async () => {
    const [one] = (await load('targets: [{name: web, port: 80, interval: 5s}]')).targets;
    const [two] = (
      await load(
        'preset: test\n# a comment\ntargets:\n  - {interval: 5000ms, name: web, port: 80}\n  - {name: other, port: 81}\n',
      )
    ).targets;
    expect(two?.fingerprint).toBe(one?.fingerprint);
    expect(one?.fingerprint).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each([
    'interval: 6s',
    'preset: dev',
    'observe: true',
    'fix: {use: command, restart: [x]}',
    'checks: [{tcp: "a:1"}]',
    'drill: {crash: true}',
    'evidence: {log: x}',
  ])('is another one with %s', async more => {
    const [one] = (await load('targets: [{name: web, port: 80}]')).targets;
    const [two] = (await load(`targets: [{name: web, port: 80, ${more}}]`)).targets;
    expect(two?.fingerprint).not.toBe(one?.fingerprint);
  });

  test('changes with a secret and never shows it', async () => {
    const directory = temporaryDirectory();
    const one = await whole({TOKEN: 'tops3cret', PORT: '3001'}, directory);
    const two = await whole({TOKEN: 'another-s3cret', PORT: '3001'}, directory);
    expect(
      two.targets.map(({fingerprint}, index) => fingerprint === one.targets[index]?.fingerprint),
    ).toEqual([false, true, true]);
    expect(one.targets[0]?.fingerprint).not.toContain('tops3cret');
  });
});

describe('the effective config', () => {
  test('has every value with its origin, and secrets as they are written', async () => {
    const config = await whole();
    const shown = effectiveYaml(config);
    for (const line of [
      'interval: 5s # this target',
      'interval: 7s # defaults',
      'threshold: 3 # preset prod',
      'backoff: {base: 2s, factor: 2, cap: 30s} # this target',
      'budget: 3 in 5m # preset prod',
      'healBudget: 5 in 10m',
      'Authorization: Bearer ${env:TOKEN}',
      'file: secrets/key',
    ])
      expect(shown).toContain(line);
    expect(shown).not.toMatch(/tops3cret|from a file/);
    expect(JSON.stringify(effectiveConfig(config))).not.toMatch(/tops3cret|from a file/);
    expect(effectiveConfig(config).targets[1]).toMatchObject({
      interval: '7s',
      recovery: 2,
      origins: {interval: 'defaults', recovery: 'preset prod'},
    });
  });

  test('reads back as the same targets', async () => {
    const config = await whole();
    const again = await load(effectiveYaml(config), {
      env: {TOKEN: 'tops3cret', PORT: '3001'},
      directory: config.directory,
      name: 'again.yaml',
    });
    expect(again.targets.map(({name, fix, checks, http}) => ({name, fix, checks, http}))).toEqual(
      config.targets.map(({name, fix, checks, http}) => ({name, fix, checks, http})),
    );
  });
});

describe('the JSON schema', () => {
  test('allows the example, a file with every word, and secrets in the place of values', async () => {
    const validate = await validator();
    const example = await load(exampleConfig());
    const {written} = await whole();
    expect(validate(example.written)).toEqual([]);
    expect(validate(written)).toEqual([]);
    expect(example.targets).toMatchObject([{name: 'web', fix: {use: 'none'}}]);
  });

  test('and the loader allow the example of the docs', async () => {
    const [, example = ''] =
      /## An example\n+```yaml\n([^]*?)```/.exec(
        readFileSync(join(root, 'docs/config.md'), 'utf8'),
      ) ?? [];
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'secrets'));
    writeFileSync(join(directory, 'secrets/web-key'), 'a key\n');
    const {targets, written} = await load(example, {directory, env: {WEB_TOKEN: 'a token'}});
    expect(targets.map(({name}) => name)).toEqual(['db', 'web', 'worker']);
    expect((await validator())(written)).toEqual([]);
  });

  test.each([
    'prest: dev',
    'preset: prd',
    'healBudget: much',
    'targets: []',
    'targets: [{name: web, port: 80, intervall: 5s}]',
    'targets: [{name: web, port: 80, interval: soon}]',
    'targets: [{name: web, port: 99999}]',
    'targets: [{port: 80}]',
    'targets: [{name: web, port: 80, fix: {use: sytemd}}]',
    'targets: [{name: web, port: 80, fix: {use: systemd}}]',
    'targets: [{name: web, port: 80, fix: {use: systemd, unit: a, more: b}}]',
    'targets: [{name: web, port: 80, checks: [{tpc: x}]}]',
    'targets: [{name: web, port: 80, checks: [{file: {pth: x}}]}]',
  ])('refuses %s, as the loader does', async text => {
    const {parse} = await import('yaml');
    const value = {targets: [{name: 'web', port: 80}], ...(parse(text) as object)};
    expect((await validator())(value)).not.toEqual([]);
    await expect(load(JSON.stringify(value), {name: 'agent2.json'})).rejects.toThrow();
  });

  test('describes every key for editors', async () => {
    const schema = configJsonSchema(fakeKinds()) as {
      readonly $schema: string;
      readonly properties: Readonly<
        Record<
          string,
          {
            readonly description?: string;
            readonly items?: {
              readonly properties: Readonly<Record<string, {readonly description?: string}>>;
            };
          }
        >
      >;
    };
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    const http = ['method', 'headers', 'body', 'status', 'expect'];
    const undescribed = [
      schema.properties,
      schema.properties['targets']?.items?.properties ?? {},
    ].flatMap(properties =>
      Object.entries(properties).filter(
        ([key, {description}]) => description === undefined && !http.includes(key),
      ),
    );
    expect(undescribed).toEqual([]);
  });
});

let made: Promise<(value: unknown) => readonly string[]> | undefined;

/** What a JSON schema validator says against a value. */
function validator(): Promise<(value: unknown) => readonly string[]> {
  return (made ??= makeValidator());
}

async function makeValidator(): Promise<(value: unknown) => readonly string[]> {
  const {Ajv2020} = await import('ajv/dist/2020.js');
  const validate = new Ajv2020({allErrors: true, strict: false, validateFormats: false}).compile(
    configJsonSchema(fakeKinds()),
  );
  return value =>
    validate(value)
      ? []
      : (validate.errors ?? []).map(({instancePath, message}) => `${instancePath} ${message}`);
}
