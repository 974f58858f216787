import {afterEach, expect, test} from 'vitest';
import {definition} from '../../source/fixes/child.ts';
import {sameProcess} from '../../source/io/process/processes.ts';
import {program} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {context, request, setup} from '../helpers/fix.ts';

afterEach(cleanUp);

test('the fix of our own child starts it, replaces it, and leaves nothing behind when it ends in the middle of a restart', async () => {
  const fix = definition.create({command: [process.execPath, program('idle.mjs')]}, setup());
  onCleanup(async () => fix.child?.stop());
  expect(await fix.child?.start()).toMatchObject({kind: 'done'});
  const first = fix.child?.identity();
  expect(await fix.restart(request, context())).toMatchObject({
    kind: 'done',
    detail: expect.stringContaining('started as process') as string,
  });
  const second = fix.child?.identity();
  expect(second?.pid).not.toBe(first?.pid);
  if (first) expect(sameProcess(first)?.state ?? 'zombie').toBe('zombie');
  await Promise.all([fix.restart(request, context()), fix.child?.stop()]);
  if (second) expect(sameProcess(second)?.state ?? 'zombie').toBe('zombie');
  expect(await fix.restart(request, context())).toEqual({
    kind: 'failed',
    detail: 'agent2 is ending',
  });
  expect(fix.child?.identity()).toBeUndefined();
});
