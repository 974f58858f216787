import {mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {fileVersion} from '../../../source/io/files/file-version.ts';
import {watchFile} from '../../../source/io/files/watch-file.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {until} from '../../helpers/until.ts';
import {render} from '../../../source/core/text/say.ts';

afterEach(cleanUp);

/** Counts the changes that are told; `after` waits for one more than there were before `change`. */
function watched(path: string) {
  let count = 0;
  const problems: string[] = [];
  const watch = watchFile(
    path,
    () => (count += 1),
    text => problems.push(render(text)),
  );
  onCleanup(() => watch.close());
  return {
    problems,
    watch,
    count: () => count,
    async after(change: () => void) {
      const before = count;
      change();
      await until('the change is told', () => count > before);
    },
  };
}

describe('a watched file', () => {
  test('tells that it was written, again and again', async () => {
    const path = join(temporaryDirectory(), 'agent2.yaml');
    writeFileSync(path, 'one');
    const {after, problems} = watched(path);
    await after(() => writeFileSync(path, 'two'));
    await after(() => writeFileSync(path, 'three'));
    expect(problems).toEqual([]);
  });

  test('tells that it was written between being read and being watched', async () => {
    const path = join(temporaryDirectory(), 'agent2.yaml');
    writeFileSync(path, 'one');
    const since = fileVersion(path);
    writeFileSync(path, 'other');
    let count = 0;
    const watch = watchFile(
      path,
      () => (count += 1),
      () => undefined,
      since,
    );
    onCleanup(() => watch.close());
    await until('the change is told', () => count === 1);
  });

  test('tells that another took its place, as editors save, and goes on with that one', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'agent2.yaml');
    writeFileSync(path, 'one');
    const {after} = watched(path);
    const replace = (text: string) => () => {
      writeFileSync(join(directory, '.swap'), text);
      renameSync(join(directory, '.swap'), path);
    };
    await after(replace('two'));
    await after(replace('three'));
    await after(() => writeFileSync(path, 'four'));
  });

  test('tells that the link on the way to it was swapped, as mounted volumes do', async () => {
    const directory = temporaryDirectory();
    const version = (name: string) => {
      mkdirSync(join(directory, name));
      writeFileSync(join(directory, name, 'agent2.yaml'), name);
      symlinkSync(name, join(directory, '..data_tmp'));
      renameSync(join(directory, '..data_tmp'), join(directory, '..data'));
    };
    version('..1');
    symlinkSync('..data/agent2.yaml', join(directory, 'agent2.yaml'));
    const {after} = watched(join(directory, 'agent2.yaml'));
    await after(() => version('..2'));
    await after(() => version('..3'));
  });

  test('that is a link tells of writes where it leads', async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'real'));
    writeFileSync(join(directory, 'real/file.yaml'), 'one');
    symlinkSync('real/file.yaml', join(directory, 'agent2.yaml'));
    const {after} = watched(join(directory, 'agent2.yaml'));
    await after(() => writeFileSync(join(directory, 'real/file.yaml'), 'two'));
  });

  test('tells one change for many writes at once, and none for other files', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'agent2.yaml');
    writeFileSync(path, 'one');
    const {after, count} = watched(path);
    writeFileSync(join(directory, 'other'), 'x');
    await after(() => ['a', 'ab', 'abc', 'abcd'].forEach(text => writeFileSync(path, text)));
    await after(() => writeFileSync(path, 'last'));
    expect(count()).toBe(2);
  });

  test('that is taken away and put back within a second is one change', async () => {
    const path = join(temporaryDirectory(), 'agent2.yaml');
    writeFileSync(path, 'one');
    const {after, count} = watched(path);
    await after(() => writeFileSync(path, 'two'));
    const begun = performance.now();
    await after(() => {
      rmSync(path);
      writeFileSync(path, 'three');
    });
    // On a machine too slow for that, it was gone for long.
    if (performance.now() - begun < 1_000) expect(count()).toBe(2);
  });

  test('that stays away is told after a second, and again when it is back', async () => {
    const path = join(temporaryDirectory(), 'agent2.yaml');
    writeFileSync(path, 'one');
    const {after} = watched(path);
    await after(() => writeFileSync(path, 'two'));
    const begun = performance.now();
    await after(() => rmSync(path));
    expect(performance.now() - begun).toBeGreaterThanOrEqual(1_000);
    await after(() => writeFileSync(path, 'three'));
  });

  test('tells nothing more once it is closed', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'agent2.yaml');
    writeFileSync(path, 'one');
    const closed = watched(path);
    const open = watched(path);
    await closed.watch.close();
    await open.after(() => writeFileSync(path, 'two'));
    expect(closed.count()).toBe(0);
  });
});
