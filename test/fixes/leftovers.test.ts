import {afterEach, expect, test} from 'vitest';
import {definition as child} from '../../source/fixes/child.ts';
import {definition as command} from '../../source/fixes/command.ts';
import {startProgram} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {context, request, setup} from '../helpers/fix.ts';
import {isAlive} from '../helpers/processes.ts';

afterEach(cleanUp);

test.for([
  {fix: {restart: ['true'] as const}, says: 'true done'},
  {fix: {start: ['true'] as const}, says: 'start: true done'},
])(
  'a command ends what the dead process left on the port before it starts ($says)',
  async ({fix, says}) => {
    const left = await startProgram('idle.mjs');
    const bystander = await startProgram('idle.mjs');
    const outcome = await command
      .create(fix, setup())
      .restart(request, {...context(), leftovers: async () => [left.info]});
    expect(outcome).toEqual({
      kind: 'done',
      detail: expect.stringMatching(
        new RegExp(`^process ${left.pid}, left over, stopped by SIGTERM in .*s; ${says}$`),
      ),
    });
    expect([isAlive(left.pid), isAlive(bystander.pid)]).toEqual([false, true]);
  },
);

test('another process with the number of a leftover is not touched', async () => {
  const other = await startProgram('idle.mjs');
  const outcome = await command.create({restart: ['true']}, setup()).restart(request, {
    ...context(),
    leftovers: async () => [{pid: other.pid, startKey: 'another'}],
  });
  expect(outcome).toMatchObject({kind: 'done'});
  expect(isAlive(other.pid)).toBe(true);
});

test('a child is started after the leftovers outside of its group have ended', async () => {
  const left = await startProgram('idle.mjs');
  const fix = child.create({command: ['sleep', '60']}, setup());
  onCleanup(() => fix.child?.stop());
  const outcome = await fix.restart(request, {...context(), leftovers: async () => [left.info]});
  expect(outcome).toMatchObject({kind: 'done'});
  expect(isAlive(left.pid)).toBe(false);
});
