import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {inDiskTurn} from '../../../source/io/files/disk-turn.ts';
import {openLog, type LogEvents, type LogFile} from '../../../source/io/logs/log-file.ts';
import {PATIENCE_MS, until} from '../../helpers/until.ts';
import {render} from '../../../source/core/text/say.ts';

let directory: string;
let path: string;
let problems: Array<string | undefined>;
let log: LogFile;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'agent2-log-'));
  path = join(directory, 'agent2.log');
  problems = [];
});

afterEach(async () => {
  await log.close();
  vi.restoreAllMocks();
  rmSync(directory, {recursive: true, force: true});
});

const events: LogEvents = {
  onProblem: text => problems.push(text && render(text)),
  lostLine: count => `${count} lost`,
};
const read = (name: string) => readFileSync(join(directory, name), 'utf8');
const open = (maxSize: number, keep: number) => (log = openLog(path, events, {maxSize, keep}));
/** Resolves when they are in the file. */
async function write(...lines: readonly string[]): Promise<void> {
  lines.forEach(line => log.write(line));
  await log.settled(PATIENCE_MS);
}
/** As if so much time had gone by. */
function later(ms: number): void {
  const now = performance.now() + ms;
  vi.spyOn(performance, 'now').mockReturnValue(now);
}

describe('a log', () => {
  test('goes on in the new file after it was moved away and reopened, and no line is lost', async () => {
    log = openLog(path, events);
    await until('open', () => existsSync(path));
    await write('one');
    renameSync(path, `${path}.1`);
    log.write('two');
    log.reopen();
    await until('reopened', () => existsSync(path));
    log.write('three');
    await until('written', () => readFileSync(path, 'utf8') === 'three\n');
    expect(readFileSync(`${path}.1`, 'utf8')).toBe('one\ntwo\n');
    expect(problems).toEqual([]);
  });

  test('that cannot be opened says so instead of ending the program', async () => {
    log = openLog(directory, events);
    await until('told', () => problems.length > 0);
    expect(problems[0]).toMatch(/^log .* cannot be written: it is a directory/);
  });
});

describe('a log that grew to its size', () => {
  test('becomes .1, older ones move on, the last goes, and no line is lost or cut', async () => {
    open(20, 2);
    await write('line 1 ....', 'line 2 ....', 'line 3 ....', 'line 4 ....');
    expect(readdirSync(directory).sort()).toEqual(['agent2.log', 'agent2.log.1', 'agent2.log.2']);
    expect([read('agent2.log.2'), read('agent2.log.1'), read('agent2.log')]).toEqual([
      'line 2 ....\n',
      'line 3 ....\n',
      'line 4 ....\n',
    ]);
    expect(problems).toEqual([]);
  });

  test('counts on from what it finds, and takes a line that is longer than the size', async () => {
    writeFileSync(path, 'old\n');
    open(8, 3);
    await write('a line that is longer than that', 'b');
    expect([read('agent2.log.2'), read('agent2.log.1'), read('agent2.log')]).toEqual([
      'old\n',
      'a line that is longer than that\n',
      'b\n',
    ]);
  });

  test('fills the gap that a sudden end in the midst of it left, and moves compressed ones along', async () => {
    writeFileSync(`${path}.2`, 'two');
    writeFileSync(`${path}.4.gz`, 'four');
    open(4, 4);
    await write('aaa', 'bbb', 'ccc');
    expect(readdirSync(directory).sort()).toEqual([
      'agent2.log',
      'agent2.log.1',
      'agent2.log.2',
      'agent2.log.3',
      'agent2.log.4.gz',
    ]);
    expect([read('agent2.log.3'), read('agent2.log.2'), read('agent2.log.1')]).toEqual([
      'two',
      'aaa\n',
      'bbb\n',
    ]);
    await write('ddd');
    expect(readdirSync(directory).sort()).toEqual([
      'agent2.log',
      'agent2.log.1',
      'agent2.log.2',
      'agent2.log.3',
      'agent2.log.4',
    ]);
    expect(read('agent2.log.4')).toBe('two');
  });
});

describe('a log that somebody else handles', () => {
  test('goes on in the file that was moved away until it is told, and leaves the new one alone', async () => {
    open(8, 3);
    await write('one');
    renameSync(path, `${path}-20260127`);
    writeFileSync(path, '');
    await write('two', 'three', 'four');
    expect([read('agent2.log-20260127'), read('agent2.log')]).toEqual([
      'one\ntwo\nthree\nfour\n',
      '',
    ]);
    log.reopen();
    await write('five');
    expect(read('agent2.log')).toBe('five\n');
    expect(existsSync(`${path}.1`)).toBe(false);
  });

  test('begins anew soon after it was deleted', async () => {
    open(1_000, 3);
    await write('one');
    rmSync(path);
    later(1_500);
    await write('two');
    expect(read('agent2.log')).toBe('two\n');
  });

  test('counts anew after it was cut', async () => {
    open(12, 3);
    await write('one two');
    truncateSync(path);
    later(1_500);
    await write('three');
    expect([readdirSync(directory), read('agent2.log')]).toEqual([['agent2.log'], 'three\n']);
  });
});

test('a log whose directory takes no new file is written on, and says so', async () => {
  open(8, 1);
  await write('one');
  // A directory of that name cannot be replaced, not even by root.
  writeFileSync(join(directory, 'x'), '');
  rmSync(`${path}.1`, {force: true});
  const {mkdirSync} = await import('node:fs');
  mkdirSync(join(`${path}.1`, 'full'), {recursive: true});
  await write('two', 'three');
  expect(read('agent2.log')).toBe('one\ntwo\nthree\n');
  await vi.waitFor(
    () => expect(problems[0]).toMatch(/^log .* cannot be rotated and keeps growing: /),
    {
      timeout: PATIENCE_MS,
    },
  );
});

test('a log never waits for a disk that blocks, keeps the newest lines, and says how many are missing', async () => {
  log = openLog(path, events);
  await log.settled(PATIENCE_MS);
  let answer = () => {};
  const answered = new Promise<void>(resolve => (answer = resolve));
  const blocked = () => answered;
  void inDiskTurn(blocked);
  void inDiskTurn(blocked);
  const line = 'x'.repeat(1_023);
  for (let number = 0; number < 3_000; number++) log.write(`${line}${number}`);
  expect(await log.settled(10)).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('');
  answer();
  await log.settled(PATIENCE_MS);
  const [first, second, ...others] = read('agent2.log').trimEnd().split('\n');
  const lost = Number(/^(\d+) lost$/.exec(first ?? '')?.[1]);
  expect(lost).toBeGreaterThan(1_900);
  expect(second).toBe(`${line}${lost}`);
  expect(others.at(-1)).toBe(`${line}2999`);
  expect(others).toHaveLength(2_999 - lost);
});

test('a log that cannot be closed, since its disk blocks, is left', async () => {
  log = openLog(path, events);
  await log.settled(PATIENCE_MS);
  let answer = () => {};
  const answered = new Promise<void>(resolve => (answer = resolve));
  const blocked = () => answered;
  void inDiskTurn(blocked);
  void inDiskTurn(blocked);
  log.write('late');
  const begunAt = performance.now();
  await log.close();
  expect(performance.now() - begunAt).toBeLessThan(PATIENCE_MS);
  answer();
  await until('written', () => read('agent2.log') === 'late\n');
});
