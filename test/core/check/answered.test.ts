import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {combine} from '../../../source/core/check/combine.ts';
import {presetNames} from '../../../source/config/presets.ts';
import type {Failure} from '../../../source/core/model/fault.ts';
import {findTarget} from '../../../source/core/targets.ts';
import {healthy, seconds} from '../../helpers/virtual/scenes.ts';
import {createWorld, type Service} from '../../helpers/virtual/world.ts';

const life = fc.array(
  fc.tuple(
    fc.oneof(
      fc
        .constantFrom<Service['process']>(
          'alive',
          'gone',
          'gone-with-pid-file',
          'zombie',
          'zombie-without-pid-file',
        )
        .map(process => ({process})),
      fc.boolean().map(stranger => ({stranger})),
      fc.integer({min: 200, max: 9_000}).map(pid => ({pid})),
    ),
    fc.integer({min: 1, max: 40_000}),
  ),
  {minLength: 1, maxLength: 20},
);

describe('a right answer', () => {
  test('is never down and never fixed, whatever the processes look like, in random lives', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...presetNames),
        fc.constantFrom<'pid-file' | 'port'>('pid-file', 'port'),
        life,
        (preset, via, events) => {
          const world = createWorld({preset});
          world.via = via;
          world.service.answered = true;
          world.observe(({after}) => {
            expect(findTarget(after, 'web')?.health.level).not.toBe('down');
          });
          world.advance(seconds(10));
          for (const [change, ms] of events) {
            Object.assign(world.service, change);
            world.advance(ms);
          }
          expect(world.fixes()).toEqual([]);
          expect(world.logged('down')).toEqual([]);
          expect(world.target().repair.step).not.toBe('held');
        },
      ),
      {numRuns: 100},
    );
  });

  test('of whoever holds the port of a dead process is a warning, told once', () => {
    const world = healthy();
    Object.assign(world.service, {
      process: 'gone-with-pid-file',
      stranger: true,
      answered: true,
    });
    world.advance(seconds(60));
    expect(world.target().health.level).toBe('warn');
    expect(world.logged('warn').map(({text}) => text)).toEqual([
      'warning: process 100 is gone',
      'warning: port 1 is held by process 7 (nc)',
    ]);
  });

  test('that ends leaves a process that is gone, and the target is fixed', () => {
    const world = healthy();
    Object.assign(world.service, {process: 'gone-with-pid-file', answered: true});
    world.advance(seconds(60));
    expect(world.fixes()).toEqual([]);
    world.service.answered = false;
    world.advance(seconds(8));
    expect(world.target().fixes).toMatchObject([{cause: 'crashed', result: 'success'}]);
  });

  test("does not outweigh the end of agent2's own child, which is certain", () => {
    const world = healthy({fix: 'child'});
    Object.assign(world.service, {process: 'gone', answered: true});
    world.advance(seconds(1));
    expect(world.target().fixes).toMatchObject([{cause: 'crashed', result: 'success'}]);
  });
});

describe('the faults of a check', () => {
  const gone: Failure = {probe: 'process', kind: 'process_gone', pid: 5, text: 'gone'};
  const foreign: Failure = {
    probe: 'port',
    kind: 'port_foreign',
    port: 1,
    pid: 7,
    command: 'nc',
    text: 'held',
  };
  const result = (fault: Failure) => ({readings: {}, faults: [fault]});

  test('about processes stay faults without a right answer', () => {
    expect(combine([result(gone), result(foreign)])).toMatchObject({
      kind: 'failed',
      faults: [gone, foreign],
    });
  });

  test('about processes warn beside a right answer, also where another check failed', () => {
    expect(combine([result(gone), result(foreign)], true)).toMatchObject({
      kind: 'ok',
      warnings: [gone, foreign],
    });
    const failed: Failure = {probe: 'x', kind: 'file_missing', text: 'x'};
    expect(combine([result(gone), result(failed)], true)).toMatchObject({
      kind: 'failed',
      faults: [failed],
      warnings: [gone],
    });
  });

  test('that name a dead process warn where a relative of it listens, and a stranger stays one', () => {
    const owner = {pid: 7, command: 'web', ours: true, holder: 'successor'} as const;
    const readings = {port: {port: 1, listening: true, owner}};
    expect(combine([result(gone), {readings, faults: []}])).toMatchObject({
      kind: 'ok',
      warnings: [gone],
    });
    expect(combine([result(gone), {readings, faults: [foreign]}])).toMatchObject({
      kind: 'failed',
      faults: [foreign],
    });
  });
});
