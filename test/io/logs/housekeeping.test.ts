import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {
  compress,
  compressibleIn,
  leftoversIn,
  removeLeftover,
} from '../../../source/io/logs/housekeeping.ts';

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'agent2-keep-'))));
afterEach(() => rmSync(home, {recursive: true, force: true}));

const NOW = Date.now();
const DAY = 86_400_000;
function put(name: string, daysAgo: number, text = 'text'): string {
  const path = join(home, name);
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
  utimesSync(path, new Date(NOW - daysAgo * DAY), new Date(NOW - daysAgo * DAY));
  return path;
}
const find = (targets?: readonly string[]) =>
  leftoversIn(home, {before: NOW - 30 * DAY, now: NOW, targets});

test('what is old, or left by dead processes, is found, and nothing else', () => {
  for (const name of [
    'agent2.log',
    'agent2.log.2',
    'agent2.log.3.gz',
    'agent2.log-20260101',
    'agent2_status.json',
    'service.log',
    'service.log.1',
    'fix-output.log',
    'record.jsonl',
    'record.jsonl.1',
    'archive/fixes-20250101-000000.json.gz',
    'targets/web/service.log',
    'targets/web/fix-output.log',
    'targets/gone/service.log',
    'targets/child/service.log',
    'targets/child/service.log.pid.json',
  ])
    put(name, 40);
  for (const name of ['agent2.log.1', 'targets/young/service.log']) put(name, 1);
  put('agent2_status.json.999999999.tmp', 1);
  put('run/monitor.999999999.json', 1);
  put(`run/monitor.${process.pid}.json`, 1);
  put('run/memory.json.999999998.tmp', 0);
  const names = (targets?: readonly string[]) =>
    find(targets)
      .map(({path}) => relative(home, path))
      .sort();
  const always = [
    'agent2.log-20260101',
    'agent2.log.2',
    'agent2.log.3.gz',
    'agent2_status.json.999999999.tmp',
    'fix-output.log',
    'record.jsonl.1',
    'run/monitor.999999999.json',
    'service.log.1',
    'targets/web/fix-output.log',
  ];
  expect(names()).toEqual(always);
  expect(names(['web'])).toEqual([...always, 'targets/gone/service.log'].sort());
});

test('a leftover that is another file by now is left alone', () => {
  const path = put('agent2.log.1', 40);
  const [found] = find();
  renameSync(path, join(home, 'agent2.log.2'));
  put('agent2.log.1', 0, 'new');
  expect(found && removeLeftover(found)).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('new');
  const [again] = find();
  expect(again && removeLeftover(again)).toBe(true);
  expect(existsSync(join(home, 'agent2.log.2'))).toBe(false);
});

test('rotated logs are compressed with their time, and followed where they are rotated on meanwhile', async () => {
  put('agent2.log', 0);
  put('agent2.log.1', 3, 'one');
  put('agent2.log.2.gz', 5);
  const [log] = compressibleIn(home);
  expect(compressibleIn(home)).toHaveLength(1);
  const compressing = compress(log?.path ?? '', log?.ino ?? 0);
  renameSync(join(home, 'agent2.log.2.gz'), join(home, 'agent2.log.3.gz'));
  renameSync(join(home, 'agent2.log.1'), join(home, 'agent2.log.2'));
  put('agent2.log.1', 0, 'newer');
  const bytes = await compressing;
  expect(bytes).toBe(statSync(join(home, 'agent2.log.2.gz')).size);
  expect(gunzipSync(readFileSync(join(home, 'agent2.log.2.gz'))).toString()).toBe('one');
  expect(existsSync(join(home, 'agent2.log.2'))).toBe(false);
  expect(Math.abs(statSync(join(home, 'agent2.log.2.gz')).mtimeMs - (NOW - 3 * DAY))).toBeLessThan(
    1_000,
  );
  expect(readFileSync(join(home, 'agent2.log.1'), 'utf8')).toBe('newer');
});
