import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import type {Clock} from '../../../source/contracts/clock.ts';
import {PROTOCOL} from '../../../source/documents/control/hello.ts';
import {attachTo, type RemoteMonitor} from '../../../source/control/client/remote-monitor.ts';
import {systemClock} from '../../../source/io/clock.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {makeHome} from '../../helpers/home.ts';
import {healthyTarget, stateOf} from '../../helpers/states.ts';
import {until} from '../../helpers/until.ts';
import {fakeSocket} from '../fake-monitor-socket.ts';
import {targetsOf} from '../../../source/core/targets.ts';

afterEach(cleanUp);

const state = stateOf(healthyTarget());
const paused = stateOf(healthyTarget({paused: true}));

function socketPath(): string {
  return join(makeHome().path, 'run', 'agent2.sock');
}

/** Looks for it ten times as fast as the system's clock. What has to come from the other side gets its time, unless a test waits for the end of that: of the first answer (`hurried`), or of a silence. */
function quickClock({silence = false, hurried = false} = {}): Pick<Clock, 'now' | 'after'> {
  const clock = systemClock();
  const scaled = (ms: number) =>
    ms < 3_000 || hurried ? ms / 10 : silence && ms > 20_000 ? ms / 80 : ms;
  return {now: clock.now, after: (ms, callback) => clock.after(scaled(ms), callback)};
}

async function attached(path: string, silence = false): Promise<RemoteMonitor> {
  const result = await attachTo(() => path, quickClock({silence}));
  if (result.kind === 'not-attached') throw new Error(result.text);
  onCleanup(() => result.monitor.close());
  return result.monitor;
}

async function notAttached(path: string, hurried = false): Promise<string> {
  const result = await attachTo(() => path, quickClock({hurried}));
  if (result.kind === 'not-attached') return result.text;
  result.monitor.close();
  throw new Error('attached all the same');
}

const isUp =
  (monitor: RemoteMonitor, pid = 4242) =>
  () => {
    const link = monitor.link();
    return link.state === 'up' && link.pid === pid;
  };
const isLost = (monitor: RemoteMonitor) => () => monitor.link().state === 'lost';

describe('a monitor over its socket', () => {
  test('has the same state as the original, follows every change, and passes on requests', async () => {
    const path = socketPath();
    const socket = await fakeSocket(path, state);
    const [one, two] = [await attached(path), await attached(path)];
    expect(one.getSnapshot()).toEqual(state);
    expect(one.hello()).toMatchObject({pid: 4242, actions: {webui: 'node server.js'}});
    let heard = 0;
    one.subscribe(() => heard++);
    const before = one.getSnapshot();
    socket.show(paused);
    await until('both see it', () =>
      [one, two].every(monitor => targetsOf(monitor.getSnapshot())[0]?.paused),
    );
    expect(heard).toBe(1);
    expect(targetsOf(one.getSnapshot())[0]?.samples).toBe(targetsOf(before)[0]?.samples);
    two.request({type: 'resumed', target: 'webui'});
    await until('the request is there', () => socket.requests.length === 1);
    expect(socket.requests).toEqual([
      {url: '/v1/request', host: 'agent2', body: {type: 'resumed', target: 'webui'}},
    ]);
    expect(two.link()).toEqual({state: 'up', pid: 4242});
  });

  test('is read from pieces cut anywhere, also within a character', async () => {
    const path = socketPath();
    const socket = await fakeSocket(path, state);
    const monitor = await attached(path);
    const text = Buffer.from(
      'event: delta\r\ndata: {"{":{"problems":{"{":{"日誌":{"=":"ディスク満杯 🙂"}}}}}\r\n\r\n: still here\n\n',
    );
    for (let at = 0; at < text.length; at += 3) {
      socket.write(text.subarray(at, at + 3));
      await new Promise(setImmediate);
    }
    await until('it is whole', () => monitor.getSnapshot().problems['日誌'] === 'ディスク満杯 🙂');
    expect(socket.attached()).toBe(1);
  });

  test('that ends is shown as gone, and found again when another one starts', async () => {
    const path = socketPath();
    const socket = await fakeSocket(path, state);
    const monitor = await attached(path);
    await socket.close();
    await until('it is gone', isLost(monitor));
    expect(monitor.link()).toMatchObject({text: 'monitor gone (pid 4242)'});
    expect(monitor.getSnapshot()).toEqual(state);
    monitor.request({type: 'paused', target: 'webui'});
    const next = await fakeSocket(path, paused, {pid: 4343});
    await until('the next one is there', isUp(monitor, 4343));
    expect(monitor.getSnapshot()).toEqual(paused);
    expect(next.requests).toEqual([]);
  });

  test.each([
    ['no JSON', 'event: delta\ndata: {"{":\n\n'],
    [
      'a change that does not fit the state',
      'event: delta\ndata: {"{":{"targets":{"{":{"settings":{"=":1}}}}}\n\n',
    ],
    ['an invalid state', 'event: state\ndata: {"=":{}}\n\n'],
    ['an invalid greeting', 'event: hello\ndata: []\n\n'],
  ])('that sends %s is asked for all of it again', async (_, text) => {
    const path = socketPath();
    const socket = await fakeSocket(path, state);
    const monitor = await attached(path);
    socket.write(text);
    await until('it was asked again', () => socket.attached() === 2 && isUp(monitor)());
    expect(monitor.getSnapshot()).toEqual(state);
  });

  test.each([
    [
      'refuses a request',
      [409, '{"ok":false,"message":"webui has no fix\\u001b[31m"}'],
      'not done: webui has no fix',
    ],
    ['answers garbage', [500, '<html>'], 'not done: HTTP 500'],
  ] as const)('that %s shows a problem until a request is done', async (_, answer, text) => {
    const path = socketPath();
    await fakeSocket(path, state, {answer});
    const monitor = await attached(path);
    monitor.request({type: 'paused', target: 'webui'});
    await until('that is told', () => JSON.stringify(monitor.link()).includes('not done'));
    expect(monitor.link()).toEqual({state: 'up', pid: 4242, problem: text});
  });

  test('of another protocol is refused with its version, and what to do', async () => {
    const path = socketPath();
    await fakeSocket(path, state, {protocol: PROTOCOL + 1});
    expect(await notAttached(path)).toBe(
      `agent2 0.2.0 (pid 4242) speaks protocol ${PROTOCOL + 1}, this one ${PROTOCOL}; both need the same version: agent2 stop && agent2 start`,
    );
  });

  test('that is not there is awaited for a while, since it may have just started', async () => {
    expect(await notAttached(socketPath(), true)).toMatch(/^it has no socket/);
    const path = socketPath();
    const monitor = attached(path);
    await fakeSocket(path, state);
    expect((await monitor).getSnapshot()).toEqual(state);
  });

  test('that is another program is refused, and not asked again', async () => {
    const path = socketPath();
    const socket = await fakeSocket(path, state, {
      attach: response => void response.socket?.end('garbage\u001b[2J\n\n\n'),
    });
    expect(await notAttached(path)).toMatch(/^its socket: Parse Error: [\w ,/]+$/);
    expect(socket.attached()).toBe(1);
  });

  test('that falls silent is shown as lost, and found again when it answers', async () => {
    const path = socketPath();
    const socket = await fakeSocket(path, state);
    const monitor = await attached(path, true);
    await until('it is lost', isLost(monitor));
    expect(monitor.link()).toMatchObject({text: 'monitor lost (pid 4242): it does not answer'});
    await until('it is asked again', () => socket.attached() > 1 && isUp(monitor)());
  });
});
