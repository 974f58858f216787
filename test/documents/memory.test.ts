import {describe, expect, test} from 'vitest';
import {initialState} from '../../source/core/initial.ts';
import {emptyMemory, memoryOf} from '../../source/core/memory.ts';
import {presets} from '../../source/config/presets.ts';
import {memoryText, readMemory} from '../../source/documents/memory.ts';
import {memoriesFrom} from '../helpers/documents.ts';
import {createWorld} from '../helpers/virtual/world.ts';
import {targetsOf} from '../../source/core/targets.ts';

/** Down, and held after its budget was spent on fixes that do not help. */
function held() {
  const world = createWorld({preset: 'dev'});
  world.advance(5_000);
  world.service.restartsInto = 'broken';
  world.service.api = 'error';
  world.advance(400_000);
  expect(world.target().repair.step).toBe('held');
  return world;
}

describe('the memory of a target', () => {
  test('reads back whole', () => {
    const world = held();
    expect(memoriesFrom(memoryText(world.state()))?.get('web')).toEqual(
      JSON.parse(JSON.stringify(memoryOf(world.target()))),
    );
  });

  test('leaves a target held, its incident open and its budget spent after a restart of agent2', () => {
    const world = held();
    const memory = memoriesFrom(memoryText(world.state()))?.get('web');
    const [target] = targetsOf(
      initialState(
        [{settings: world.target().settings, preset: 'dev', observing: false, memory}],
        presets,
        world.now() + 60_000,
      ),
    );
    expect(target?.repair).toEqual(world.target().repair);
    expect(target?.incident).toMatchObject({number: 1, down: true, held: ['budget']});
    expect(target?.attemptTimes).toEqual(world.target().attemptTimes);
    expect(target?.attempts).toBe(world.target().attempts);
  });

  test('of a target held for its port has no next attempt, also when read back', () => {
    const world = createWorld();
    world.advance(5_000);
    world.service.stranger = true;
    world.service.process = 'gone-with-pid-file';
    world.advance(5_000);
    expect(memoriesFrom(memoryText(world.state()))?.get('web')?.held).toMatchObject({
      reason: 'port_taken',
      nextAttemptAt: Infinity,
    });
  });

  test('is not read from a damaged or foreign file', () => {
    for (const text of ['', '{', '[]', 'null', '{"targets":{}}', '{"version":1}'])
      expect(memoriesFrom(text)).toBeUndefined();
  });

  test('loses only its damaged fields, and lists them', () => {
    const text = memoryText(held().state());
    const document = JSON.parse(text) as {targets: Record<string, Record<string, unknown>>};
    const {web} = document.targets;
    if (!web) throw new Error('there is no such target');
    const damaged = {
      ...web,
      fixes: [{...(web.fixes as object[])[0], at: 'soon'}],
      incident: {...(web.incident as object), cause: 'boredom'},
      attempts: null,
    };
    const read = readMemory(JSON.stringify({...document, targets: {web: damaged, db: 7}}));
    if (read.kind !== 'read') throw new Error(`it is ${read.kind}`);
    expect(read.value.forgotten).toEqual([
      '.targets.web.fixes[0].at',
      '.targets.web.attempts',
      '.targets.web.incident.cause',
      '.targets.db',
    ]);
    const {incident: _, ...rest} = memoriesFrom(text)?.get('web') ?? emptyMemory;
    expect(Object.fromEntries(read.value.memories)).toEqual({
      web: {...rest, fixes: [], attempts: 0, spent: true},
      db: {...emptyMemory, spent: true},
    });
  });
});
