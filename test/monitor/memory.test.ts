import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
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
      /is damaged and was moved to .*\/memory\.damaged\.json; of the past only/,
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
    expect.stringMatching(/memory\.json cannot be used, and cannot be moved away: .*EISDIR/),
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
