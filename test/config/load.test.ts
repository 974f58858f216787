import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {load, whole} from './loaded.ts';

afterEach(cleanUp);

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
