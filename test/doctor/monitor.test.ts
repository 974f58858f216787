import {once} from 'node:events';
import {createServer} from 'node:http';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {isoTime} from '../../source/format/time.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {examined, troubles} from '../helpers/doctor.ts';
import {processState, signal} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';
import {startStandIn, type StandIn} from './stand-in.ts';

let monitor: StandIn;

beforeAll(async () => {
  monitor = await startStandIn();
});
afterAll(cleanUp);

describe('the monitor', () => {
  test('that is well gives no trouble', async () => {
    const findings = await examined({stateDir: monitor.stateDir()});
    expect(troubles(findings)).toEqual([]);
    expect(findings.monitor?.seen).toMatch(new RegExp(`^pid ${monitor.pid}, up .*, watching web$`));
  });

  test('that was killed left its pid file, and a start takes it over', async () => {
    const path = monitor.stateDir({}, {running: false});
    writeFileSync(join(path, 'agent2.pid'), '4194000\n');
    const {monitor_stale_pid: found} = await examined({stateDir: path});
    expect(found).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('agent2.pid names 4194000, which ended without cleaning up'),
      next: 'agent2 start http://127.0.0.1:3000/ --name web --restart CMD',
    });
    writeFileSync(join(path, 'agent2.pid'), `${process.pid}\n`);
    expect((await examined({stateDir: path})).monitor_stale_pid?.seen).toContain('another program');
  });

  test('that answers, but cannot write its status, is not to be killed', async () => {
    const path = monitor.stateDir({updated: isoTime(Date.now() - 600_000)});
    const server = createServer((_, response) => response.end('{}')).listen(
      join(path, 'run', 'agent2.sock'),
    );
    onCleanup(() => void server.close());
    await once(server, 'listening');
    const findings = await examined({stateDir: path});
    expect(findings.monitor_stuck).toBeUndefined();
    expect(findings.status_unwritten).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining(
        'watches and answers, but could not write its status for 10 min',
      ),
    });
  });

  test('that is suspended, or hangs', async () => {
    const path = monitor.stateDir({updated: isoTime(Date.now() - 600_000)});
    expect((await examined({stateDir: path})).monitor_stuck).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('has written no status for 10 min'),
      next: `kill -KILL ${monitor.pid} && agent2 start http://127.0.0.1:3000/ --name web --restart CMD`,
    });
    signal(monitor.pid, 'SIGSTOP');
    try {
      await until('it stands', () => processState(monitor.pid) === 'T');
      expect((await examined({stateDir: path})).monitor_stopped).toMatchObject({
        level: 'fail',
        next: `kill -CONT ${monitor.pid}`,
      });
    } finally {
      signal(monitor.pid, 'SIGCONT');
    }
  });
});
