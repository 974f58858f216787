import {rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {definition} from '../../source/fixes/child.ts';
import {sameProcess} from '../../source/io/process/processes.ts';
import {createProcessProbe} from '../../source/probes/target/process.ts';
import {program, temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {context, request, setup} from '../helpers/fix.ts';
import {until} from '../helpers/until.ts';

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

test('the end of a child that nobody saw alive names that child, not the one before', async () => {
  const stays = join(temporaryDirectory(), 'stays');
  writeFileSync(stays, '');
  const fix = definition.create(
    {command: ['sh', '-c', `[ ! -e "${stays}" ] || exec sleep 60`]},
    setup(),
  );
  const {child} = fix;
  if (!child) throw new Error('the fix has no child');
  onCleanup(() => child.stop());
  const probe = createProcessProbe({child});
  const started = async () => {
    expect(await fix.restart(request, context())).toMatchObject({kind: 'done'});
    return child.lastPid();
  };
  const first = await started();
  expect(probe.read()).toMatchObject({state: 'alive', identity: {pid: first}});
  rmSync(stays);
  for (let round = 0; round < 2; round++) {
    const pid = await started();
    expect(pid).not.toBe(first);
    await until('its end is known', () => child.exit() !== undefined);
    expect(probe.read()).toMatchObject({state: 'gone', pid});
    expect(
      (await probe.inspect({signal: AbortSignal.timeout(10_000), timeoutMs: 5_000, slowMs: 5_000}))
        .faults,
    ).toMatchObject([
      {kind: 'process_gone', text: expect.stringMatching(`^process ${pid} ended with exit code 0`)},
    ]);
  }
});
