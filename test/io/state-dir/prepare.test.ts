import {symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {prepareStateDir} from '../../../source/io/state-dir/prepare.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';

afterEach(cleanUp);

describe('a state directory', () => {
  test('is made, with its parents only where nobody chose it', () => {
    const dir = temporaryDirectory();
    expect(prepareStateDir(join(dir, 'a', 'b'), false)).toMatchObject({
      kind: 'no-parent',
      path: join(dir, 'a'),
    });
    expect(prepareStateDir(join(dir, 'a', 'b'), true)).toEqual({kind: 'ready'});
    expect(prepareStateDir(join(dir, 'a', 'c'), false)).toEqual({kind: 'ready'});
  });

  test('may be a link to a directory, but not a file', () => {
    const dir = temporaryDirectory();
    symlinkSync(dir, join(dir, 'link'));
    writeFileSync(join(dir, 'file'), '');
    expect(prepareStateDir(join(dir, 'link'), false)).toEqual({kind: 'ready'});
    expect(prepareStateDir(join(dir, 'file'), false)).toMatchObject({kind: 'not-a-directory'});
  });
});
