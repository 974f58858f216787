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

test('nothing is said where no service manager listens, and its words are taken out of the environment', () => {
  expect(notifyServiceManager({})).toBeUndefined();
  const env = {NOTIFY_SOCKET: '/run/notify', WATCHDOG_USEC: '3000000', HOME: '/'};
  expect(notifyServiceManager(env)).toBeDefined();
  expect(env).toEqual({HOME: '/'});
});

test('it hears how we are when that changes, that we are ready once everything was checked or that took too long, and that we end', async () => {
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

test('one who is paused need not be waited for', async () => {
  const said = played();
  const {loop} = loopAt();
  loop.dispatch({type: 'paused', at: loop.now(), target: 'web'});
  const manager = notifyServiceManager({NOTIFY_SOCKET: '/run/notify'});
  manager?.everySecond(loop);
  await manager?.settled();
  expect(said()[0]).toMatch(/^--ready/);
});

test('a watchdog hears three times within its time that the loop goes on', async () => {
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

test('that it cannot be told is a problem of ours', async () => {
  played(1);
  const {loop} = loopAt();
  const manager = notifyServiceManager({NOTIFY_SOCKET: '/run/notify'});
  manager?.everySecond(loop);
  await manager?.settled();
  expect(loop.getSnapshot().problems['service manager']).toMatch(
    /^agent2 cannot notify the service manager: systemd-notify: /,
  );
});
