import {expect, test} from 'vitest';
import {createFixWait, endMsOf} from '../../source/monitor/fix-wait.ts';
import {specOf} from './stand-ins.ts';
import {render} from '../../source/core/text/say.ts';

const under = (targets: readonly string[], ended: Promise<unknown>) => ({
  endFixes: () => ({targets, ended}),
});
const never = new Promise<never>(() => {});

test('running fixes are named during the wait for them', async () => {
  const wait = createFixWait();
  const heard: string[] = [];
  let end = () => {};
  const ended = new Promise<void>(resolve => (end = resolve));
  const waiting = wait.wait(under(['web', 'db'], ended), text => void heard.push(render(text)));
  expect(wait.awaited()).toEqual(['web', 'db']);
  expect(heard).toEqual([
    expect.stringMatching(/^waits at most 1m for the running fix of web, db;/),
  ]);
  end();
  await waiting;
  expect(wait.awaited()).toEqual([]);
});

test('the wait ends at the limit, or by a hurry before or during it', async () => {
  const late = createFixWait(20);
  await late.wait(under(['web'], never), () => {});
  expect(late.awaited()).toEqual([]);
  const hurried = createFixWait();
  const waiting = hurried.wait(under(['web'], never), () => {});
  hurried.hurry();
  await waiting;
  await hurried.wait(under(['web'], never), () => expect.unreachable());
});

test('without a running fix there is no wait', async () => {
  await createFixWait().wait(under([], never), () => expect.unreachable());
});

test('a shutdown may take as long as the slowest fix', () => {
  const fix = (use: 'none' | 'child' | 'command', stopTimeoutMs = 0) =>
    specOf('web', undefined, {fix: {use, options: {}, notFor: [], stopTimeoutMs}});
  expect(endMsOf([fix('none')])).toBe(5_000);
  expect(endMsOf([fix('none'), fix('child', 10_000)])).toBe(25_000);
  expect(endMsOf([fix('command'), fix('child', 10_000)])).toBe(65_000);
});
