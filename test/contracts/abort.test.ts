import {getEventListeners} from 'node:events';
import {expect, test} from 'vitest';
import {linkedSignal, onAbort} from '../../source/contracts/abort.ts';
import {createGatherer} from '../../source/io/evidence/gatherer.ts';
import {makeHome} from '../helpers/home.ts';

const listenersOf = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

test('who stops listening to a signal is not kept by it', () => {
  const {signal} = new AbortController();
  const stop = onAbort(signal, () => expect.unreachable('it was never aborted'));
  expect(listenersOf(signal)).toBe(1);
  stop();
  expect(listenersOf(signal)).toBe(0);
});

test('an aborted signal is heard at once, and once', () => {
  let heard = 0;
  onAbort(AbortSignal.abort(), () => void heard++);
  expect(heard).toBe(1);
  expect(() => onAbort(undefined, () => expect.unreachable('no signal'))()).not.toThrow();
});

test('a linked signal follows the first of the others with its reason, until it is released', () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const linked = linkedSignal(first.signal, undefined, second.signal);
  const other = linkedSignal(first.signal);
  other.release();
  second.abort('enough');
  expect(linked.signal.reason).toBe('enough');
  linked.release();
  first.abort('late');
  expect(other.signal.aborted).toBe(false);
  expect([listenersOf(first.signal), listenersOf(second.signal)]).toEqual([0, 0]);
});

test('gathered evidence leaves nothing at the signal of its fix', async () => {
  const gatherer = createGatherer({
    target: 'web',
    stateDir: makeHome().path,
    command: ['true'],
    timeoutMs: 5_000,
    secrets: [],
    now: Date.now,
  });
  const {signal} = new AbortController();
  await gatherer.gather(
    {
      action: 'restart',
      cause: 'hung',
      reason: 'health_check_failed',
      attempt: 1,
      faults: [],
      gather: true,
      stopFirst: false,
      mayStop: true,
    },
    {},
    signal,
  );
  expect(listenersOf(signal)).toBe(0);
});
