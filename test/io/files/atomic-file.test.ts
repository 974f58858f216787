import {mkdirSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {writeAtomically} from '../../../source/io/files/atomic-file.ts';
import {readIfThere} from '../../../source/io/files/bounded-file.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';

afterEach(cleanUp);

describe('an atomic write', () => {
  test('replaces the whole text and leaves nothing else behind', () => {
    const dir = temporaryDirectory();
    const path = join(dir, 'status.json');
    writeAtomically(path, 'one');
    writeAtomically(path, 'two');
    expect(readIfThere(path)).toBe('two');
    expect(readdirSync(dir)).toEqual(['status.json']);
  });

  test('that fails leaves the old file and no temporary one', () => {
    const dir = temporaryDirectory();
    const path = join(dir, 'taken');
    mkdirSync(join(path, 'in'), {recursive: true});
    expect(() => writeAtomically(path, 'text')).toThrow();
    expect(readdirSync(dir)).toEqual(['taken']);
  });
});
