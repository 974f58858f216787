import {once} from 'node:events';
import {connect} from 'node:net';
import {setImmediate as turn} from 'node:timers/promises';
import {isDeepStrictEqual} from 'node:util';
import {afterEach, describe, expect, test} from 'vitest';
import {PROTOCOL, type Hello} from '../../../source/documents/control/hello.ts';
import {stateText} from '../../../source/documents/control/state.ts';
import {stateFrom, withDelta} from '../../helpers/documents.ts';
import type {State} from '../../../source/core/model/state.ts';
import type {TargetState} from '../../../source/core/model/target.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {liveMonitor, serveMonitor, type SseEvent} from '../../helpers/control.ts';
import {fakeMonitor, healthyTarget, named, stateOfAll} from '../../helpers/states.ts';
import {until} from '../../helpers/until.ts';
import {newTargets, targetsOf} from '../../../source/core/targets.ts';

afterEach(cleanUp);

describe('events', () => {
  test('begin with the status, then bring changes at most once a second, and every notice except of checks', async () => {
    const monitor = fakeMonitor(
      stateOfAll([named('web', healthyTarget()), named('db', healthyTarget())]),
    );
    const {server, ...api} = await serveMonitor(monitor);
    const reader = await api.read('/v1/events');
    expect(await reader.next('snapshot')).toMatchObject({
      status: 'monitoring',
      targets: [{name: 'web'}, {name: 'db'}],
    });
    const startedAt = performance.now();
    for (let failures = 1; failures <= 20; failures++) {
      const [web, db] = targetsOf(monitor.getSnapshot());
      if (web && db)
        monitor.show({
          ...monitor.getSnapshot(),
          targets: newTargets([web, {...db, health: {...db.health, failures}}]),
        });
      await turn();
    }
    server.control.notify({
      at: monitor.now(),
      target: 'db',
      level: 'debug',
      kind: 'check',
      text: 'ok',
    });
    server.control.notify({
      at: monitor.now(),
      target: 'db',
      level: 'error',
      kind: 'down',
      text: 'down: hung',
    });
    expect(await reader.next('notice')).toEqual({
      timestamp: expect.stringMatching(/\+00:00$/) as string,
      level: 'error',
      kind: 'down',
      target: 'db',
      text: 'down: hung',
    });
    await until('the last change', () =>
      JSON.stringify(reader.events.at(-1)?.data).includes('"consecutive_failures":20'),
    );
    const changes = reader.events.filter(({event}) => event === 'change');
    expect(changes.length).toBeLessThanOrEqual(
      2 + Math.floor((performance.now() - startedAt) / 1_000),
    );
    for (const {data} of changes) expect(data).toMatchObject({targets: [{name: 'db'}]});
    monitor.show({...monitor.getSnapshot(), problems: {log: 'the disk is full'}});
    expect(await reader.next('snapshot')).toMatchObject({troubles: {log: 'the disk is full'}});
  });
});

/** The state that the events of an attached screen make. */
function followed(events: readonly SseEvent[]): State | undefined {
  let state: State | undefined;
  for (const {event, data} of events) {
    if (event === 'state') state = stateFrom(JSON.stringify(data));
    if (event === 'delta' && state) state = withDelta(state, JSON.stringify(data));
  }
  return state;
}

function targetIn(events: readonly SseEvent[], index: number): TargetState | undefined {
  const state = followed(events);
  return state && targetsOf(state)[index];
}

describe('an attached screen', () => {
  test('has the state at every time, and gets the end of the stream', async () => {
    const monitor = liveMonitor(['web', 'db']);
    const api = await serveMonitor(monitor);
    const first = await api.read('/v1/attach');
    expect(await first.next('hello')).toEqual({
      protocol: PROTOCOL,
      version: '1.2.3',
      pid: 7,
      stateDir: api.home.stateDir,
      actions: {web: 'restart web', db: 'restart db'},
    } satisfies Hello & {readonly protocol: number});
    const same = (events: readonly SseEvent[]) =>
      isDeepStrictEqual(followed(events), stateFrom(stateText(monitor.getSnapshot())));
    await first.next('state');
    monitor.request({type: 'restart-requested', target: 'web', by: 'user'});
    const second = await api.read('/v1/attach');
    await second.next('state');
    monitor.request({type: 'paused', target: 'db', untilAt: monitor.now() + 60_000});
    await until('both have seen the pause', () =>
      [first, second].every(
        ({events}) => targetIn(events, 1)?.pausedUntil !== undefined && same(events),
      ),
    );
    const [web] = targetsOf(monitor.getSnapshot());
    if (!web) throw new Error('no web');
    monitor.dispatch({
      type: 'reconfigured',
      at: monitor.now(),
      targets: [{settings: web.settings, preset: 'dev', observing: false}],
    });
    expect(await first.next('hello')).toMatchObject({actions: {web: 'restart web'}});
    second.close();
    await monitor.close();
    await api.server.close();
    await until('the end', first.ended);
    expect(followed(first.events)?.status).toBe('stopped');
    expect(targetIn(first.events, 0)?.settings.name).toBe('web');
  });
});

describe('readers', () => {
  test('that do not read delay nobody, and get the whole state when they read again', async () => {
    const monitor = fakeMonitor(stateOfAll([named('web', healthyTarget())]));
    const api = await serveMonitor(monitor);
    const open = async (path: string) => {
      const socket = connect(api.socketPath);
      onCleanup(() => void socket.destroy());
      await once(socket, 'connect');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: agent2\r\n\r\n`);
      return socket;
    };
    const idle = await Promise.all(Array.from({length: 50}, () => open('/v1/events')));
    const told = idle.map(() => '');
    idle.forEach((socket, index) =>
      socket.on(
        'data',
        part => (told[index] = ((told[index] ?? '') + part.toString('utf8')).slice(-2_000)),
      ),
    );
    const stubborn = await open('/v1/attach');
    await until('all are there', () => told.every(text => text !== ''));
    for (let number = 1; number <= 150; number++) {
      const [web] = targetsOf(monitor.getSnapshot());
      // Every change is some 200 KB, and all of them are 30 MB.
      const address = `${number}`.padEnd(200_000, 'x');
      if (web)
        monitor.show({
          ...monitor.getSnapshot(),
          targets: newTargets([
            {
              ...web,
              fixCount: number,
              health: {...web.health, failures: number},
              settings: {...web.settings, address},
            },
          ]),
        });
      await turn();
    }
    await until('those who read know by now', () =>
      told.every(text => text.includes('"consecutive_failures":150')),
    );
    let tail = '';
    stubborn.on('data', part => (tail = (tail + part.toString('utf8')).slice(-500_000)));
    await until(
      'it is told all of it',
      () => tail.includes('"fixCount":150') && tail.includes('event: state'),
    );
  });
});
