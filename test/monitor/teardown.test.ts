import {expect, test} from 'vitest';
import {createTeardown, endAll} from '../../source/monitor/teardown.ts';

test('steps run in reverse order, all of them even if some throw, and only once', async () => {
  const teardown = createTeardown();
  const ran: string[] = [];
  teardown.add(() => void ran.push('lock'));
  teardown.add(async () => {
    await Promise.resolve();
    ran.push('log');
    throw new Error('the log');
  });
  teardown.add(() => {
    ran.push('socket');
    throw new Error('the socket');
  });
  const [first, second] = await Promise.all([teardown.run(), teardown.run()]);
  expect(ran).toEqual(['socket', 'log', 'lock']);
  expect(first.map(String)).toEqual(['Error: the socket', 'Error: the log']);
  expect(second).toBe(first);
});

test('the error of one step is thrown unchanged, those of several together', async () => {
  const only = new Error('the log');
  await expect(endAll({run: () => Promise.resolve([only])})).rejects.toBe(only);
  await expect(endAll({run: () => Promise.resolve([only, 'more'])})).rejects.toMatchObject({
    message: 'Error: the log; more',
    errors: [only, 'more'],
  });
  await endAll({run: () => Promise.resolve([])});
});
