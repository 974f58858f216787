import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {presets} from '../../source/config/presets.ts';
import {budgetUsed} from '../../source/core/fix/waste.ts';
import {initialState} from '../../source/core/initial.ts';
import {findTarget} from '../../source/core/targets.ts';
import {obstacles} from '../helpers/obstacles.ts';
import {fix, newTarget, stateOfAll} from '../helpers/states.ts';
import {memoryText} from '../../source/documents/memory.ts';
import {statusText} from '../../source/documents/status.ts';
import {archivePreview, archiveStopped} from '../../source/monitor/archive.ts';
import {loadMemories} from '../../source/monitor/memory.ts';
import {createWorld} from '../helpers/virtual/world.ts';

let home: string;
const at = new Date(2026, 0, 27, 10, 30, 45).getTime();
const LATER = '{"version":99,"by":"7.0.0","targets":{"web":"in words of its own"}}\n';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'agent2-memory-'));
  mkdirSync(join(home, 'run'));
});
afterEach(() => rmSync(home, {recursive: true, force: true}));

const path = () => join(home, 'run/memory.json');
const files = () => readdirSync(join(home, 'run'));
const recalled = () => loadMemories(home, join(home, 'agent2_status.json'), ['web'], at);

/** Restarted once; the status file says so too. */
function restarted() {
  const world = createWorld();
  world.advance(12_000);
  world.service.process = 'gone-with-pid-file';
  world.advance(60_000);
  writeFileSync(join(home, 'agent2_status.json'), statusText(world.state(), at, {pid: 1}));
  return world.state();
}

test('a good memory is used, and nothing is moved aside', () => {
  writeFileSync(path(), memoryText(restarted()));
  const {memories, notes} = recalled();
  expect([memories.get('web')?.attemptTimes.length, notes, files()]).toEqual([
    1,
    [],
    ['memory.json'],
  ]);
});

test('a memory of a later agent2 is kept under another name, with a note; the fixes of the status file are used', () => {
  restarted();
  writeFileSync(path(), LATER);
  const {memories, notes} = recalled();
  const aside = 'memory.v99.20260127-103045.json';
  expect(memories.get('web')?.fixes).toHaveLength(1);
  expect(notes).toEqual([
    expect.stringMatching(
      /memory\.json was written by agent2 7\.0\.0 \(format 99; .* and was moved to .*\/memory\.v99\.20260127-103045\.json; .* To use it again, stop agent2, move the file back and start that version$/,
    ),
  ]);
  expect(files()).toEqual([aside]);
  expect(readFileSync(join(home, 'run', aside), 'utf8')).toBe(LATER);
});

test('a damaged memory is moved aside, with a note', () => {
  writeFileSync(path(), memoryText(restarted()).slice(0, 300));
  const {memories, notes} = recalled();
  expect(memories.get('web')?.fixes).toHaveLength(1);
  expect(notes).toEqual([
    expect.stringMatching(
      /is damaged and was moved to .*\/memory\.damaged\.json; what can be read of it/,
    ),
  ]);
  expect(files()).toEqual(['memory.damaged.json']);
});

test('a memory damaged in one place loses only that part, and the damaged file is kept', () => {
  const text = memoryText(restarted()).replace(/"incidents":\[\{/, '"incidents":[null,{');
  writeFileSync(path(), text);
  for (const _ of ['at once', 'and once more']) {
    const {memories, notes} = recalled();
    expect(memories.get('web')).toMatchObject({
      incidents: [],
      attemptTimes: [expect.any(Number)],
    });
    expect(notes).toEqual([
      expect.stringMatching(/is damaged at targets\.web\.incidents\[0\]: only that part is lost/),
    ]);
    expect(files()).toEqual(['memory.damaged.json', 'memory.json']);
    expect(readFileSync(join(home, 'run/memory.damaged.json'), 'utf8')).toBe(text);
  }
});

test('a memory that cannot be moved aside gets a note, and does not prevent the start', () => {
  restarted();
  writeFileSync(path(), LATER);
  mkdirSync(join(home, 'run/memory.v99.20260127-103045.json'));
  expect(recalled().notes).toEqual([
    expect.stringMatching(/memory\.json cannot be used, and cannot be moved away: it /),
  ]);
  expect(readFileSync(path(), 'utf8')).toBe(LATER);
});

test('an archive of the memory of a later agent2 is refused, and changes nothing', () => {
  restarted();
  writeFileSync(path(), LATER);
  const refused = /memory\.json was written by agent2 7\.0\.0 .*; use that version$/;
  expect(() => archivePreview(home)).toThrow(refused);
  expect(() => archiveStopped(home, at)).toThrow(refused);
  expect(readFileSync(path(), 'utf8')).toBe(LATER);
});

describe('of a memory that cannot be read whole', () => {
  const NAMES = ['web', 'db', 'queue'];
  const load = () => loadMemories(home, join(home, 'agent2_status.json'), NAMES, at);
  const started = () => {
    const {memories, notes} = load();
    const starts = NAMES.map(name => ({
      settings: newTarget({name}).settings,
      preset: 'dev',
      observing: false,
      memory: memories.get(name),
    }));
    const state = initialState(starts, presets, at);
    const target = (name: string) => {
      const found = findTarget(state, name);
      if (!found) throw new Error(`no ${name}`);
      return {paused: found.paused, freeFixes: found.policy.budget.count - budgetUsed(found, at)};
    };
    return {target, notes};
  };
  const whole = () => {
    const fixes = [fix({at: at - 1_000})];
    const state = stateOfAll([
      {...newTarget({name: 'web'}), paused: true},
      {...newTarget({name: 'db'}), fixes, attempts: 1, attemptTimes: [at - 1_000]},
      {...newTarget({name: 'queue'}), paused: true},
    ]);
    writeFileSync(join(home, 'agent2_status.json'), statusText(state, at, {pid: 1}));
    return memoryText(state);
  };
  const full = presets.dev.budget.count;

  test('a torn file keeps what stands before the tear, wherever that is', () => {
    const text = whole();
    fc.assert(
      fc.property(fc.integer({min: 0, max: text.length - 3}), end => {
        writeFileSync(path(), text.slice(0, end));
        const {target, notes} = started();
        expect(notes).toHaveLength(1);
        // Who paused it is known of the status file, too.
        expect([target('web').paused, target('queue').paused]).toEqual([true, true]);
        expect(target('queue').freeFixes).toBe(0);
        const isWhole = end > text.indexOf('"queue":') + 9;
        expect(target('db').freeFixes).toBe(isWhole ? full - 1 : 0);
      }),
    );
  });

  test.each([
    ['empty', ''],
    ['of zeros', '\0'.repeat(4_096)],
    ['of another program', '[1,2,3]'],
    ['of another type inside', '{"version":2,"targets":[]}'],
    ['of a version that is no number', '{"version":"two","targets":null}'],
  ])('one that is %s gives no fresh budget, and is kept and told', (_, text) => {
    whole();
    writeFileSync(path(), text);
    const {target, notes} = started();
    expect(notes).toEqual([
      expect.stringMatching(/was moved to .*starts with a spent heal budget/),
    ]);
    expect(readFileSync(join(home, 'run/memory.damaged.json'), 'utf8')).toBe(text);
    expect(target('web')).toEqual({paused: true, freeFixes: 0});
    expect(target('db')).toEqual({paused: false, freeFixes: 0});
  });

  test('a later version holds where its words are those of this one', () => {
    const text = whole().replace('"version":2', '"version":99');
    writeFileSync(path(), text);
    const {target, notes} = started();
    expect(notes).toEqual([expect.stringMatching(/was moved to/)]);
    expect(target('db')).toEqual({paused: false, freeFixes: full - 1});
    expect(target('web')).toEqual({paused: true, freeFixes: full});
  });

  test.each(['attempts', 'attemptTimes', 'fixes', 'waste', 'incident', 'held'])(
    'a target whose %s is of another type starts with a spent budget, and the others as they were',
    field => {
      const document = JSON.parse(whole()) as {targets: Record<string, Record<string, unknown>>};
      (document.targets.db ?? {})[field] = 'odd';
      writeFileSync(path(), JSON.stringify(document));
      const {target, notes} = started();
      expect(notes).toEqual([expect.stringMatching(`targets.db.${field}`)]);
      expect(target('db').freeFixes).toBe(0);
      expect(target('web')).toEqual({paused: true, freeFixes: full});
    },
  );

  test('a pause whose end is of another type stays a pause', () => {
    writeFileSync(path(), whole().replace('"paused":{}', '"paused":{"untilAt":"soon"}'));
    rmSync(join(home, 'agent2_status.json'));
    expect(started().target('web').paused).toBe(true);
  });

  test.each(obstacles.filter(({name}) => name !== 'a link to nothing'))(
    '$name in its place is moved away and told',
    async ({name, put}) => {
      whole();
      await put(path());
      const {target, notes} = started();
      const readable = process.getuid?.() === 0 && name === 'a file that nobody may read';
      expect(notes).toEqual([
        expect.stringMatching(
          readable ? /is damaged/ : /memory\.json cannot be read \(it .*\) and was moved to /,
        ),
      ]);
      expect(target('web')).toEqual({paused: true, freeFixes: 0});
      expect(files()).not.toContain('memory.json');
      expect(started().notes).toEqual([]);
    },
  );

  test('without any file of the past a target starts with its whole budget', () => {
    expect(started().target('web')).toEqual({paused: false, freeFixes: full});
  });
});
