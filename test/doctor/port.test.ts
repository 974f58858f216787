import {createServer} from 'node:http';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {connect} from '../../source/io/net/tcp.ts';
import {startProgram} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined} from '../helpers/doctor.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {freePort} from '../helpers/port.ts';
import {signal} from '../helpers/processes.ts';
import {startService, type Service} from '../helpers/service.ts';
import {until} from '../helpers/until.ts';
import {listening, pidFileOf} from './patient.ts';

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

describe('the port', () => {
  const tcpOnly = {
    name: 'web',
    url: undefined,
    pidFile: undefined,
    processName: undefined,
    agentos: false,
  };

  test('held by a stranger: who that is, and how to end it', async () => {
    const pidFile = pidFileOf(home, 'idle.pid', idle);
    const {port_foreign: found} = await examined({
      url: service.url,
      options: {pidFile, expect: [{path: 'status', equals: 'great'}]},
    });
    expect(found?.seen).toContain(`process ${service.pid} (`);
    expect(found?.seen).toContain('demo-service');
    expect(found?.next).toBe(`kill ${service.pid}`);
    // One that answers well is no stranger: the pid file is doubted.
    const doubted = await examined({url: service.url, options: {pidFile}});
    expect(doubted.port_foreign).toBeUndefined();
    expect(doubted.pid_file_invalid).toMatchObject({level: 'warn'});
    expect(doubted.pid_file_invalid?.seen).toMatch(new RegExp(`${idle}.*${service.pid}`));
  });

  test('is not held by a stranger where only the name of the process is another', async () => {
    const found = await examined({
      url: service.url,
      options: {pidFile: service.pidFile, processName: 'no-such-name', restart: ['true']},
    });
    expect(found.port_foreign).toBeUndefined();
    expect(found.process_mismatch).toMatchObject({level: 'warn', next: `ps -fp ${service.pid}`});
  });

  test('closed while the process lives', async () => {
    const port = await freePort();
    const {port_closed: found} = await examined({
      url: `http://127.0.0.1:${port}/`,
      options: {pidFile: pidFileOf(home, 'idle.pid', idle)},
    });
    expect(found?.seen).toContain(`process ${idle} is alive`);
    expect(found?.next).toContain('ss -ltnp');
  });

  test('slow to take a connection is not closed', async () => {
    const {pid, line} = await startProgram('queue.mjs');
    const endpoint = {host: '127.0.0.1', port: Number(line)};
    signal(pid, 'SIGSTOP');
    await until(
      'its queue is full',
      async () => (await connect({...endpoint, timeoutMs: 300})).kind === 'failed',
    );
    const findings = examined({spec: {...tcpOnly, endpoint}});
    setTimeout(() => signal(pid, 'SIGCONT'), 1_200);
    expect((await findings).port?.seen).toContain(`${line} listens`);
  });

  test('open on IPv4 alone, or on IPv6 alone: the address that works', async () => {
    const {port_other_address: four} = await examined({
      url: `http://[::1]:${service.port}/api/health`,
    });
    expect(four?.next).toBe(`agent2 check ${service.url}`);
    const port = await listening(
      createServer((_, response) => response.end()),
      '::1',
    );
    const {port_other_address: six} = await examined({url: `http://127.0.0.1:${port}/x`});
    expect(six?.next).toBe(`agent2 check http://[::1]:${port}/x`);
  });

  test('open to other machines', async () => {
    const port = await listening(
      createServer((_, response) => response.end()),
      '0.0.0.0',
    );
    const {port_exposed: found} = await examined({url: `http://127.0.0.1:${port}/`});
    expect(found).toMatchObject({
      level: 'warn',
      seen: expect.stringContaining('other machines'),
      next: `ss -ltnp 'sport = :${port}'`,
    });
  });
});
