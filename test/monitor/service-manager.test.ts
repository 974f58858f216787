import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test, vi} from 'vitest';
import {notifyServiceManager} from '../../source/monitor/service-manager.ts';
import type {RunningMonitor} from '../../source/runtime/monitor.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {loopOf, specOf, stillClock} from './stand-ins.ts';

afterEach(cleanUp);

/** A systemd-notify that writes down what it is given; returns how to read that. */
function played(exit = 0): () => readonly string[] {
  const bin = join(makeHome().path, 'bin');
  const said = join(bin, 'said');
  mkdirSync(bin);
  writeFileSync(said, '');
  writeFileSync(
    join(bin, 'systemd-notify'),
    `#!/bin/sh\nshift\necho "$@" >>'${said}'\nexit ${exit}\n`,
  );
  chmodSync(join(bin, 'systemd-notify'), 0o755);
  vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`);
  onCleanup(() => void vi.unstubAllEnvs());
  return () => readFileSync(said, 'utf8').trim().split('\n');
}

function loopAt(clock = stillClock()) {
  const {loop, events} = loopOf([specOf('web')], clock);
  loop.dispatch({type: 'started', at: loop.now()});
  return {loop, events, clock};
}

test('without a service manager nothing is sent, and its variables are removed from the environment', () => {
  expect(notifyServiceManager({})).toBeUndefined();
  const env = {NOTIFY_SOCKET: '/run/notify', WATCHDOG_USEC: '3000000', HOME: '/'};
  expect(notifyServiceManager(env)).toBeDefined();
  expect(env).toEqual({HOME: '/'});
});

test('the service manager gets each change of the status, READY after the first checks or a time limit, and STOPPING', async () => {
  const said = played();
  const {loop, clock} = loopAt();
  const manager = notifyServiceManager({NOTIFY_SOCKET: '/run/notify'});
  const second = async (monitor: RunningMonitor) => {
    manager?.everySecond(monitor);
    await manager?.settled();
  };
  await second(loop);
  await second(loop);
  expect(said()).toEqual([expect.stringMatching(/^STATUS=/)]);
  clock.advance(20_000);
  await second(loop);
  expect(said()).toHaveLength(2);
  expect(said()[1]).toMatch(/^--ready/);
  manager?.stopping();
  await manager?.settled();
  expect(said()[2]).toBe('STOPPING=1');
});

test('a paused target does not delay READY', async () => {
  const said = played();
  const {loop} = loopAt();
  loop.dispatch({type: 'paused', at: loop.now(), target: 'web'});
  const manager = notifyServiceManager({NOTIFY_SOCKET: '/run/notify'});
  manager?.everySecond(loop);
  await manager?.settled();
  expect(said()[0]).toMatch(/^--ready/);
});

test('the watchdog gets three beats within its time limit', async () => {
  const said = played();
  const {loop, clock} = loopAt();
  const manager = notifyServiceManager({
    NOTIFY_SOCKET: '/run/notify',
    WATCHDOG_USEC: '9000000',
    WATCHDOG_PID: String(process.pid),
  });
  for (let second = 0; second < 7; second++) {
    manager?.everySecond(loop);
    await manager?.settled();
    clock.advance(1_000);
  }
  expect(said().filter(line => line.includes('WATCHDOG=1'))).toHaveLength(3);
});

test("a failure to notify the service manager is agent2's own problem", async () => {
  played(1);
  const {loop} = loopAt();
  const manager = notifyServiceManager({NOTIFY_SOCKET: '/run/notify'});
  manager?.everySecond(loop);
  await manager?.settled();
  expect(loop.getSnapshot().problems['service manager']).toMatch(
    /^agent2 cannot notify the service manager: systemd-notify: /,
  );
});
