import {chmodSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startProgram} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined, troubles} from '../helpers/doctor.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {freePort} from '../helpers/port.ts';
import {processState} from '../helpers/processes.ts';
import {startService, type Service} from '../helpers/service.ts';
import {until} from '../helpers/until.ts';
import {pidFileOf} from './patient.ts';

let home: Home;
let service: Service;
/** Lives and does nothing, in a session of its own. */
let idle: number;

beforeAll(async () => {
  home = makeHome();
  service = await startService(home);
  idle = (await startProgram('idle.mjs', [home.path])).pid;
});
afterAll(cleanUp);

describe('a service that is well', () => {
  test('gives no trouble, and its process, port and endpoint are named', async () => {
    const findings = await examined({
      url: service.url,
      options: {pidFile: service.pidFile, expect: [{path: 'status', equals: 'ok'}]},
    });
    expect(troubles(findings)).toEqual([]);
    expect(findings.process?.seen).toContain(`pid ${service.pid}`);
    expect(findings.port?.seen).toContain('127.0.0.1');
    expect(findings.endpoint?.seen).toContain('200');
  });
});

describe('the process', () => {
  test('of a stale pid file, with what starts the service', async () => {
    const {process_gone: found} = await examined({
      url: `http://127.0.0.1:${await freePort()}/`,
      options: {pidFile: pidFileOf(home, 'gone.pid', 4_194_000), restart: ['true', '--now']},
    });
    expect(found).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('was left behind'),
      next: 'true --now',
    });
  });

  test('of a stale pid file, while another one serves', async () => {
    const {pid_file_invalid: found} = await examined({
      url: service.url,
      options: {pidFile: pidFileOf(home, 'gone.pid', 4_194_000), restart: ['true']},
    });
    expect(found).toMatchObject({
      level: 'warn',
      seen: expect.stringContaining('names process 4194000, which is not to be seen here'),
    });
  });

  test('is not said to be started by what is not there', async () => {
    const {port_closed: found} = await examined({
      url: `http://127.0.0.1:${await freePort()}/`,
      options: {restart: ['./no-such-restart.sh']},
    });
    expect(found?.next).toContain('ss -ltnp');
  });

  test('of AgentOS is started by AgentOS', async () => {
    const port = await freePort();
    const {pid_file_missing: found} = await examined({
      spec: {
        url: new URL(`http://127.0.0.1:${port}/api/health`),
        endpoint: {host: '127.0.0.1', port},
      },
    });
    expect(found).toMatchObject({level: 'fail', next: 'agentos webui start'});
  });

  test('of a pid file that nobody should believe, or that is none', async () => {
    const pidFile = pidFileOf(home, 'open.pid', idle);
    chmodSync(pidFile, 0o666);
    const {pid_file_invalid: open} = await examined({url: service.url, spec: {pidFile}});
    expect(open?.next).toBe(`chmod o-w ${pidFile}`);
    writeFileSync(join(home.path, 'odd.pid'), 'abc\n');
    const {pid_file_invalid: odd} = await examined({
      url: service.url,
      spec: {pidFile: join(home.path, 'odd.pid')},
    });
    expect(odd).toMatchObject({
      seen: expect.stringContaining('contains "abc"'),
      next: `cat ${join(home.path, 'odd.pid')}`,
    });
  });

  test('that is suspended', async () => {
    service.signal('SIGSTOP');
    try {
      await until('it is suspended', () => processState(service.pid) === 'T');
      const {process_stopped: found} = await examined({
        url: service.url,
        options: {pidFile: service.pidFile},
      });
      expect(found?.next).toBe(`kill -CONT ${service.pid}`);
    } finally {
      service.signal('SIGCONT');
    }
  });
});
