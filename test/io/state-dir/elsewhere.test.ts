import {createServer, type Server} from 'node:net';
import {mkdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import type {MonitorCard} from '../../../source/documents/monitor-card.ts';
import {heldText} from '../../../source/monitor/claim-state-dir.ts';
import {stopMonitor} from '../../../source/instances/stop.ts';
import {isElsewhere, ownPlace} from '../../../source/io/state-dir/elsewhere.ts';
import {holderOf, takeLock, type TakenLock} from '../../../source/io/state-dir/lock.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';

let dir: string;

beforeEach(() => {
  dir = temporaryDirectory();
  mkdirSync(join(dir, 'run'));
});
afterEach(async () => {
  vi.useRealTimers();
  await cleanUp();
});

const CONTAINER = {...ownPlace(), pidNamespace: 'pid:[1]'};
const MACHINE = {
  host: 'other',
  boot: '11111111-1111-1111-1111-111111111111',
  pidNamespace: 'pid:[4026531836]',
};

test('a card says where its pid counts', () => {
  taken().release();
  taken();
  const card = JSON.parse(readFileSync(cardOf(process.pid), 'utf8')) as MonitorCard;
  expect(card).toMatchObject({host: hostname(), ...ownPlace()});
});

test('a place is another one by boot and pid namespace, and by its name only where those are unknown', () => {
  const here = {host: 'a', boot: '1', pidNamespace: 'x'};
  expect(isElsewhere(here, here)).toBe(false);
  expect(isElsewhere({...here, host: 'renamed'}, here)).toBe(false);
  expect(isElsewhere({...here, pidNamespace: 'y'}, here)).toBe(true);
  expect(isElsewhere({...here, boot: '2'}, here)).toBe(true);
  expect(isElsewhere({host: 'a'}, {host: 'a'})).toBe(false);
  expect(isElsewhere({host: 'b'}, {host: 'a'})).toBe(true);
  expect(isElsewhere({}, here)).toBe(false);
});

describe('a monitor on another machine', () => {
  test.each([4_194_303, process.pid, 1])(
    'with pid %d holds the directory while it renews its card, and its files stay',
    pid => {
      write(pid, MACHINE);
      const before = [readFileSync(cardOf(pid), 'utf8'), readFileSync(lock(), 'utf8')];
      const held = takeLock(dir, ['web']);
      expect(held).toMatchObject({kind: 'held', by: {pid, elsewhere: 'other'}});
      expect([readFileSync(cardOf(pid), 'utf8'), readFileSync(lock(), 'utf8')]).toEqual(before);
      expect(holderOf(dir)).toMatchObject({pid, elsewhere: 'other'});
      renewedAgo(pid, 61_000);
      taken();
      expect(holderOf(dir)).toBeUndefined();
    },
  );

  test('is named, and neither stopped nor signalled', async () => {
    write(process.pid, MACHINE);
    const holder = holderOf(dir);
    if (!holder) throw new Error('nobody holds it');
    expect(heldText(holder, dir)).toBe(
      `another agent2, pid ${process.pid} on the host other (in another container, or on another machine), already uses ${dir}; stop it there, or give this one its own directory: --state-dir DIR`,
    );
    expect(await stopMonitor(dir, holder, {force: true})).toMatchObject({
      ok: false,
      text: expect.stringContaining('runs on the host other'),
    });
  });

  test('that took over from one that did not renew its card keeps the lock, also with the same pid', () => {
    const mine = taken();
    write(process.pid, MACHINE);
    expect(mine.keep()).toMatchObject({kind: 'lost', to: {elsewhere: 'other'}});
    mine.release();
    expect(holderOf(dir)).toMatchObject({pid: process.pid, elsewhere: 'other'});
  });

  test('that was this one before a reboot has ended', () => {
    write(4_194_303, {...MACHINE, host: hostname()});
    expect(holderOf(dir)).toBeDefined();
    utimesSync(cardOf(4_194_303), 1_000_000, 1_000_000);
    expect(holderOf(dir)).toBeUndefined();
  });

  test('that was this one before a reboot has ended, though the clock was behind since', () => {
    write(4_194_303, {...MACHINE, host: hostname()});
    renewedAgo(4_194_303, -3_600_000);
    expect(holderOf(dir)).toBeUndefined();
    write(4_194_303, MACHINE);
    renewedAgo(4_194_303, -3_600_000);
    expect(holderOf(dir)).toMatchObject({elsewhere: 'other'});
  });
});

describe('a monitor in another pid namespace of this machine', () => {
  test('holds the directory while somebody listens on its socket, however old its card', async () => {
    write(1, CONTAINER);
    await listening();
    renewedAgo(1, 3_600_000);
    expect(takeLock(dir, ['web'])).toMatchObject({kind: 'held', by: {pid: 1}});
  });

  test('that was killed is dead at once, however new its card, where its socket is left behind', async () => {
    write(1, CONTAINER);
    (await listening(true)).close();
    renewedAgo(1, 6_000);
    taken();
  });

  test('has time to open its socket', () => {
    write(1, CONTAINER);
    expect(holderOf(dir)).toMatchObject({pid: 1});
    renewedAgo(1, 61_000);
    expect(holderOf(dir)).toBeUndefined();
  });
});

test('a held lock is renewed every ten seconds, by one time stamp', () => {
  vi.useFakeTimers({toFake: ['Date']});
  const mine = taken();
  const renewedAt = () => statSync(cardOf(process.pid)).mtimeMs;
  const [first, text] = [renewedAt(), readFileSync(cardOf(process.pid), 'utf8')];
  for (let second = 0; second < 9; second++) {
    vi.advanceTimersByTime(1_000);
    expect(mine.keep()).toEqual({kind: 'kept'});
  }
  expect(renewedAt()).toBe(first);
  vi.advanceTimersByTime(1_000);
  mine.keep();
  expect(Math.abs(renewedAt() - Date.now())).toBeLessThan(2);
  expect(readFileSync(cardOf(process.pid), 'utf8')).toBe(text);
});

function write(pid: number, place: object): void {
  writeFileSync(lock(), `${pid}\n`);
  writeFileSync(cardOf(pid), JSON.stringify({pid, startKey: '1@x', targets: ['web'], ...place}));
}

function lock(): string {
  return join(dir, 'agent2.pid');
}

function cardOf(pid: number): string {
  return join(dir, 'run', `monitor.${pid}.json`);
}

function renewedAgo(pid: number, ms: number): void {
  const at = (Date.now() - ms) / 1000;
  utimesSync(cardOf(pid), at, at);
}

function taken(): TakenLock {
  const result = takeLock(dir, ['web']);
  if (result.kind !== 'taken') throw new Error(`held by ${result.by.pid}`);
  return result;
}

/** `isKilled`: the file of the socket stays when it is closed. */
async function listening(isKilled = false): Promise<Server> {
  const server = createServer();
  const path = join(dir, 'run/agent2.sock');
  await new Promise<void>(resolve => server.listen(isKilled ? `${path}.new` : path, resolve));
  if (isKilled) renameSync(`${path}.new`, path);
  onCleanup(() => void server.close());
  return server;
}
