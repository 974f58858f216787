import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {writeAtomically, writeExclusively} from '../../../source/io/files/atomic-file.ts';
import {readBeginning, readBounded, readIfThere} from '../../../source/io/files/bounded-file.ts';
import {FileError} from '../../../source/io/files/file-error.ts';
import {openToAppend, openToCut, openToRead} from '../../../source/io/files/regular-file.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {obstacles} from '../../helpers/obstacles.ts';

afterEach(cleanUp);

const isRoot = process.getuid?.() === 0;
/** What root may open all the same. */
const opens = (name: string) => isRoot && name === 'a file that nobody may read';

describe.each(obstacles)('$name in the place of a file', ({name, put}) => {
  test('is refused with a clause by every reader, and neither waited for nor read whole', async () => {
    const path = join(temporaryDirectory(), 'file');
    await put(path);
    const before = process.memoryUsage().rss;
    if (opens(name)) return expect(readIfThere(path)).toBe('{}');
    const caught = failureOf(() => readIfThere(path));
    expect(caught).toBeInstanceOf(FileError);
    expect(caught.message).toMatch(/^\/\S+ (is|has) [a-z]/);
    const reading = readBounded(path, 4_096);
    expect(reading).toEqual(
      name === 'a link to nothing'
        ? {kind: 'missing'}
        : {kind: 'refused', reason: expect.anything() as unknown},
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
  });

  test('is no place to append to, and what a link leads to stays as it is', async () => {
    const dir = temporaryDirectory();
    const path = join(dir, 'file');
    await put(path);
    if (opens(name) || name === 'four sparse GiB') return closeSync(openToAppend(path));
    for (const open of [openToAppend, openToCut, openToRead])
      expect(failureOf(() => open(path))).toBeInstanceOf(FileError);
    expect(existsSync(`${path}-is-not-there`)).toBe(false);
  });

  test('is replaced by an atomic write, unless it is a directory', async () => {
    const dir = temporaryDirectory();
    const path = join(dir, 'file');
    await put(path);
    if (lstatSync(path).isDirectory()) {
      expect(failureOf(() => writeAtomically(path, 'new'))).toMatchObject({
        code: expect.stringMatching(/EISDIR|ENOTEMPTY|EEXIST/) as string,
        message: `${path} is a directory, not a regular file`,
      });
    } else {
      writeAtomically(path, 'new');
      expect(readFileSync(path, 'utf8')).toBe('new');
    }
    expect(readdirSync(dir)).toEqual(['file']);
    expect(failureOf(() => writeExclusively(path, 'again'))).toMatchObject({code: 'EEXIST'});
  });
});

describe('a file that is reached by a link', () => {
  test('is read where links are usual, as in a mounted volume, and refused where only agent2 writes', () => {
    const dir = temporaryDirectory();
    writeFileSync(join(dir, 'secret'), 'hidden');
    symlinkSync('secret', join(dir, 'link'));
    expect(readBounded(join(dir, 'link'), 64)).toMatchObject({
      kind: 'bytes',
      bytes: Buffer.from('hidden'),
    });
    expect(() => readIfThere(join(dir, 'link'))).toThrow('is a symbolic link');
    expect(() => openToAppend(join(dir, 'link'))).toThrow('is a symbolic link');
    expect(readFileSync(join(dir, 'secret'), 'utf8')).toBe('hidden');
  });

  test('of a link to a device is refused before the device is opened', () => {
    const path = join(temporaryDirectory(), 'secret');
    symlinkSync('/dev/zero', path);
    expect(readBounded(path, 64)).toMatchObject({
      reason: {key: 'is a device, not a regular file'},
    });
  });
});

test('of a larger file its beginning is read', () => {
  const path = join(temporaryDirectory(), 'file');
  expect(readBeginning(path, 4)).toBeUndefined();
  writeFileSync(path, 'abcdefgh');
  expect(readBeginning(path, 4)).toBe('abcd');
});

test('what is too large is refused by its size, whatever it holds', () => {
  const path = join(temporaryDirectory(), 'file');
  writeFileSync(path, 'x'.repeat(2_049));
  expect(() => readIfThere(path, 2_048)).toThrow('is larger than 2 KiB, the most that is read');
  expect(readIfThere(path, 2_049)).toHaveLength(2_049);
  // A file in /proc says that it has no bytes.
  expect(() => readIfThere('/proc/self/environ', 1)).toThrow('is larger than 1 B');
});

test('what is appended goes behind what is there, unless it is emptied', () => {
  const path = join(temporaryDirectory(), 'file');
  for (const [text, emptied, whole] of [
    ['a', false, 'a'],
    ['b', false, 'ab'],
    ['c', true, 'c'],
  ] as const) {
    const file = openToAppend(path, {mode: 0o600, emptied});
    writeSync(file, text);
    closeSync(file);
    expect(readFileSync(path, 'utf8')).toBe(whole);
  }
  expect(lstatSync(path).mode & 0o777).toBe(0o600);
});

test.each([
  ['the path is below a file', (dir: string) => join(dir, 'plain', 'file'), /below something/],
  ['the name is too long', (dir: string) => join(dir, 'x'.repeat(300)), /too long/],
  ['the directory is missing', (dir: string) => join(dir, 'none', 'file'), /not there/],
  ['the path is in /proc', () => '/proc/self/nothing', /./],
])('a write says so where %s', (_, pathIn, words) => {
  const dir = temporaryDirectory();
  writeFileSync(join(dir, 'plain'), '');
  expect(() => writeAtomically(pathIn(dir), 'text')).toThrow(words);
  expect(() => openToAppend(pathIn(dir))).toThrow(words);
  expect(readdirSync(dir)).toEqual(['plain']);
});

test("root appends to no file of another user, and to none with another's name", ctx => {
  if (!isRoot) ctx.skip('only root can play another user');
  const dir = temporaryDirectory();
  writeFileSync(join(dir, 'theirs'), '');
  chownSync(join(dir, 'theirs'), 65_534, 65_534);
  expect(() => openToAppend(join(dir, 'theirs'))).toThrow('belongs to the user 65534');
  mkdirSync(join(dir, 'state'));
  writeFileSync(join(dir, 'precious'), 'kept');
  linkSync(join(dir, 'precious'), join(dir, 'state', 'agent2.log'));
  expect(() => openToAppend(join(dir, 'state', 'agent2.log'), {emptied: true})).toThrow(
    'has a second name',
  );
  expect(readFileSync(join(dir, 'precious'), 'utf8')).toBe('kept');
});

test('no descriptor stays open behind a refusal', () => {
  const dir = temporaryDirectory();
  const free = () => {
    const file = openToAppend(join(dir, 'free'));
    closeSync(file);
    return file;
  };
  const before = free();
  for (const path of [dir, '/dev/zero', join(dir, 'none', 'file')])
    for (const open of [openToAppend, openToCut, openToRead, readIfThere])
      failureOf(() => open(path));
  expect(free()).toBe(before);
  expect(() => fstatSync(before)).toThrow('EBADF');
});

function failureOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  return new Error('nothing failed');
}
