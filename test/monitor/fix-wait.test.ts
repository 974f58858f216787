import {expect, test} from 'vitest';
import {createFixWait, endMsOf} from '../../source/monitor/fix-wait.ts';
import {specOf} from './stand-ins.ts';
import {render} from '../../source/core/text/say.ts';

const under = (targets: readonly string[], ended: Promise<unknown>) => ({
  endFixes: () => ({targets, ended}),
});
const never = new Promise<never>(() => {});

test('fixes under way are named while they are waited for', async () => {
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

test('nobody waits longer than the limit, nor in a hurry, whether that came before or after', async () => {
  const late = createFixWait(20);
  await late.wait(under(['web'], never), () => {});
  expect(late.awaited()).toEqual([]);
  const hurried = createFixWait();
  const waiting = hurried.wait(under(['web'], never), () => {});
  hurried.hurry();
  await waiting;
  await hurried.wait(under(['web'], never), () => expect.unreachable());
});

test('where no fix is under way nothing is said', async () => {
  await createFixWait().wait(under([], never), () => expect.unreachable());
});

test('an end may take as long as the slowest of its fixes', () => {
  const fix = (use: 'none' | 'child' | 'command', stopTimeoutMs = 0) =>
    specOf('web', undefined, {fix: {use, options: {}, notFor: [], stopTimeoutMs}});
  expect(endMsOf([fix('none')])).toBe(5_000);
  expect(endMsOf([fix('none'), fix('child', 10_000)])).toBe(25_000);
  expect(endMsOf([fix('command'), fix('child', 10_000)])).toBe(65_000);
});
