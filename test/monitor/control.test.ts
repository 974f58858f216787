import {rmSync} from 'node:fs';
import {afterEach, expect, test, vi} from 'vitest';
import {ask} from '../../source/control/client/client.ts';
import {findSocket} from '../../source/io/socket/socket-path.ts';
import {
  createMonitorControl,
  serveControl,
  type ServedControl,
} from '../../source/monitor/control.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {PATIENCE_MS, until} from '../helpers/until.ts';
import {loopOf, makeStateDir, specOf} from './stand-ins.ts';
import {render} from '../../source/core/text/say.ts';

afterEach(async () => {
  vi.useRealTimers();
  await cleanUp();
});

const RETRY_MS = 15_000;
const notice = {at: 1, target: 'web', level: 'info', kind: 'change', text: 'hello'} as const;

function controlIn(stateDir: string, serve = serveControl) {
  const reports: Array<string | undefined> = [];
  const control = createMonitorControl(
    {
      stateDir,
      config: undefined,
      actionOf: name => `restart ${name}`,
      report: text => void reports.push(text && render(text)),
    },
    serve,
  );
  onCleanup(control.close);
  return {control, reports};
}

/** What serves in the place of a socket. */
function served(more: Partial<ServedControl> = {}): ServedControl {
  return {
    control: {notify: () => {}, handle: () => {}, close: () => {}},
    isThere: () => true,
    close: async () => {},
    ...more,
  };
}

test('the API answers on the socket of the state directory, stops at a close, and answers again', async () => {
  const stateDir = makeStateDir();
  const {control, reports} = controlIn(stateDir);
  const {loop, events} = loopOf([specOf('web')]);
  loop.dispatch({type: 'started', at: loop.now()});
  control.notify(notice);
  for (const by of ['first', 'again']) {
    control.open(loop);
    control.open(loop);
    await until(`it answers, ${by}`, () => findSocket(stateDir));
    const pause = await ask(stateDir, 'pause', {}, {deadlineMs: PATIENCE_MS});
    expect(pause).toMatchObject({kind: 'answered', status: 200});
    control.notify(notice);
    await control.close();
    expect(findSocket(stateDir)).toBeUndefined();
  }
  await control.close();
  expect(events.filter(({type}) => type === 'paused')).not.toEqual([]);
  expect(reports).toEqual([]);
});

test('a socket that cannot be served is reported and tried again, and reported as working again', async () => {
  vi.useFakeTimers();
  const serve = vi
    .fn<typeof serveControl>()
    .mockRejectedValueOnce(new Error('no room'))
    .mockRejectedValueOnce(new Error('no room'))
    .mockResolvedValue(served());
  const {control, reports} = controlIn('/nowhere', serve);
  control.open(loopOf([]).loop);
  await vi.advanceTimersByTimeAsync(0);
  const text = 'agent2 cannot listen on its control socket (no room); it tries again every 15 s';
  expect(reports).toEqual([text]);
  await vi.advanceTimersByTimeAsync(RETRY_MS);
  await vi.advanceTimersByTimeAsync(RETRY_MS);
  await vi.advanceTimersByTimeAsync(RETRY_MS);
  expect(reports).toEqual([text, text, undefined]);
  expect(serve).toHaveBeenCalledTimes(3);
});

test('a removed socket is created again', async () => {
  vi.useFakeTimers();
  let there = true;
  let closed = 0;
  const serve = vi.fn<typeof serveControl>().mockImplementation(async () => {
    there = true;
    return served({isThere: () => there, close: async () => void closed++});
  });
  const {control} = controlIn('/nowhere', serve);
  control.open(loopOf([]).loop);
  await vi.advanceTimersByTimeAsync(RETRY_MS);
  there = false;
  await vi.advanceTimersByTimeAsync(2 * RETRY_MS);
  expect([serve.mock.calls.length, closed]).toEqual([2, 1]);
});

test('a close waits for a socket that is opening, and reports one that cannot be removed', async () => {
  let have: (socket: ServedControl) => void = () => {};
  const socket = new Promise<ServedControl>(resolve => (have = resolve));
  const {control, reports} = controlIn('/nowhere', () => socket);
  control.open(loopOf([]).loop);
  const closing = control.close();
  have(served({close: () => Promise.reject(new Error('it is busy'))}));
  await closing;
  expect(reports).toEqual(['it is busy']);
});

test('a socket without its directory is reported', async () => {
  const stateDir = makeStateDir();
  rmSync(stateDir, {recursive: true});
  const {control, reports} = controlIn(stateDir);
  control.open(loopOf([]).loop);
  await until('it is reported', () => reports.length > 0);
  expect(reports[0]).toMatch(/^agent2 cannot listen on its control socket \(.*ENOENT/);
});
