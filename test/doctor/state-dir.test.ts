import {chmodSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined} from '../helpers/doctor.ts';
import {startStandIn, type StandIn} from './stand-in.ts';

let monitor: StandIn;

beforeAll(async () => {
  monitor = await startStandIn();
});
afterAll(cleanUp);

describe('a state directory', () => {
  test('that everybody may write to', async () => {
    const path = monitor.stateDir();
    chmodSync(path, 0o777);
    expect((await examined({stateDir: path})).state_dir_open).toMatchObject({
      level: 'warn',
      next: `chmod 755 ${path}`,
    });
  });

  test('that is a file', async () => {
    const path = join(monitor.home.path, 'a-file');
    writeFileSync(path, '');
    expect((await examined({stateDir: path})).state_dir_no_directory).toMatchObject({
      level: 'fail',
    });
  });
});
