import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {archivePreview, archiveRunning, archiveStopped} from '../../source/monitor/archive.ts';
import {readMemories} from '../../source/monitor/memory.ts';
import type {State} from '../../source/core/model/state.ts';
import type {Event} from '../../source/core/model/event.ts';
import {memoryText} from '../../source/documents/memory.ts';
import {memoriesFrom} from '../helpers/documents.ts';
import {statusText} from '../../source/documents/status.ts';
import {createWorld} from '../helpers/virtual/world.ts';

let home: string;
const at = new Date(2026, 0, 27, 10, 30, 45).getTime();

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'agent2-archive-'));
  mkdirSync(join(home, 'run'));
});
afterEach(() => rmSync(home, {recursive: true, force: true}));

/** Healed once, and down again with a fix that does not help. */
function past(): State {
  const world = createWorld();
  world.advance(12_000);
  world.service.process = 'gone-with-pid-file';
  world.advance(700_000);
  world.service.restartsInto = 'fails';
  world.service.process = 'gone-with-pid-file';
  world.advance(60_000);
  return world.state();
}

function keep(state: State): void {
  writeFileSync(join(home, 'run/memory.json'), memoryText(state));
  writeFileSync(join(home, 'agent2_status.json'), statusText(state, at, {pid: 1}));
}

const memory = (text: string) => memoriesFrom(text)?.get('web');
const archived = () =>
  memory(gunzipSync(readFileSync(join(home, 'archive/fixes-20260127-103045.json.gz'))).toString());
const inMemory = () => memory(readFileSync(join(home, 'run/memory.json'), 'utf8'));
const status = () =>
  JSON.parse(readFileSync(join(home, 'agent2_status.json'), 'utf8')) as {
    fixes: unknown[];
    targets: ReadonlyArray<{
      fixes: unknown[];
      ledger: unknown;
      last_incident: unknown;
      name: string;
    }>;
  };

test('without a monitor the history is archived privately and open incidents stay; restoring the archive restores everything', () => {
  const state = past();
  keep(state);
  const before = inMemory();
  const [closed, open] = [
    before?.fixes.filter(fix => fix.incident === 1),
    before?.fixes.filter(fix => fix.incident === 2),
  ];
  expect(closed).toHaveLength(1);
  expect(archivePreview(home)).toMatch(
    /^the history \(fixes: \d, incidents: 1; open incidents stay\) would be written to archive\/fixes-….json.gz/,
  );
  expect(existsSync(join(home, 'archive'))).toBe(false);
  expect(archiveStopped(home, at)).toMatch(
    /was archived in .*\/archive\/fixes-20260127-103045\.json\.gz \(\d+ B\) and starts empty$/,
  );
  expect(archived()).toEqual(before);
  expect([
    statSync(join(home, 'archive')).mode & 0o777,
    statSync(join(home, 'archive/fixes-20260127-103045.json.gz')).mode & 0o777,
  ]).toEqual([0o700, 0o600]);
  expect(inMemory()).toEqual({...before, fixes: open, incidents: [], ledger: {}});
  expect(status().targets[0]).toMatchObject({name: 'web', ledger: {}, last_incident: null});
  expect([status().fixes.length, status().targets[0]?.fixes.length]).toEqual([
    open?.filter(({result}) => result !== 'running').length,
    status().fixes.length,
  ]);
  expect(existsSync(join(home, 'agent2.pid'))).toBe(false);
  expect(archiveStopped(home, at)).toBe('there is no history to archive');
  writeFileSync(
    join(home, 'run/memory.json'),
    gunzipSync(readFileSync(join(home, 'archive/fixes-20260127-103045.json.gz'))),
  );
  expect(readMemories(home, join(home, 'agent2_status.json'), ['web']).get('web')).toEqual(before);
});

test("the fixes of AgentOS's own status file are archived too", () => {
  const fix = {
    timestamp: '2026-01-27T10:25:12.000000+00:00',
    issue: 'process not alive',
    action: 'restart',
    result: 'signal_created',
  };
  writeFileSync(
    join(home, 'agent2_status.json'),
    JSON.stringify({status: 'stopped', last_check: null, fixes: [fix]}),
  );
  archiveStopped(home, at);
  expect(
    memoriesFrom(
      gunzipSync(readFileSync(join(home, 'archive/fixes-20260127-103045.json.gz'))).toString(),
    )?.get('webui')?.fixes,
  ).toHaveLength(1);
  expect(JSON.parse(readFileSync(join(home, 'agent2_status.json'), 'utf8'))).toEqual({
    status: 'stopped',
    last_check: null,
    fixes: [],
  });
});

test('a monitor archives its history and starts empty; a second archive in the same second gets another name, and a failed backup changes nothing', () => {
  const state = past();
  const events: Event[] = [];
  const monitor = {
    getSnapshot: () => state,
    now: () => at,
    dispatch: (event: Event) => events.push(event),
  } as unknown as Parameters<typeof archiveRunning>[1];
  archiveRunning(home, monitor);
  archiveRunning(home, monitor);
  expect(readdirSync(join(home, 'archive')).sort()).toEqual([
    'fixes-20260127-103045-1.json.gz',
    'fixes-20260127-103045.json.gz',
  ]);
  expect(events[0]).toEqual({
    type: 'history-reset',
    at,
    archive: 'archive/fixes-20260127-103045.json.gz',
  });
  rmSync(join(home, 'archive'), {recursive: true});
  writeFileSync(join(home, 'archive'), 'in the way');
  chmodSync(join(home, 'archive'), 0o600);
  expect(() => archiveRunning(home, monitor)).toThrow(/is not a directory/);
  expect(events).toHaveLength(2);
});
