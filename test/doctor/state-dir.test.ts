import {chmodSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {logObject} from '../../source/documents/log-line.ts';
import {isoTime, logTime} from '../../source/format/time.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined} from '../helpers/doctor.ts';
import {startStandIn, type StandIn} from './stand-in.ts';

let monitor: StandIn;

beforeAll(async () => {
  monitor = await startStandIn();
});
afterAll(cleanUp);

describe('its files', () => {
  test('a status that is half a file, or of the future', async () => {
    expect(
      (await examined({stateDir: monitor.stateDir('{"status": "moni')})).status_corrupt,
    ).toMatchObject({level: 'fail', next: expect.stringContaining('agent2 start')});
    expect(
      (await examined({stateDir: monitor.stateDir({updated: isoTime(Date.now() + 3_600_000)})}))
        .status_future,
    ).toMatchObject({level: 'warn', next: 'date; timedatectl status'});
  });

  test('a log with errors of the last hour shows the last of them, without secrets', async () => {
    const path = monitor.stateDir();
    const line = (at: number, text: string) => `${logTime(at)} - Agent2 - ERROR - ${text}\n`;
    writeFileSync(
      join(path, 'agent2.log'),
      line(Date.now() - 7_200_000, 'old') +
        [1, 2, 3, 4]
          .map(number => line(Date.now(), `web: trouble ${number} token=abcdefgh`))
          .join(''),
    );
    const {log_errors: found} = await examined({stateDir: path});
    expect(found).toMatchObject({level: 'warn', next: 'agent2 logs --level error --since 1h'});
    expect(found?.seen).toMatch(/^4 errors in the last hour/);
    expect(found?.seen).toContain('trouble 4 token=***');
    expect(found?.seen).not.toMatch(/trouble 1|old/);
  });

  test('a log in JSON shows its errors too', async () => {
    const path = monitor.stateDir();
    const line = (level: 'error' | 'info', text: string) =>
      `${logObject({at: Date.now(), level, target: 'web', kind: 'change', text})}\n`;
    writeFileSync(join(path, 'agent2.log'), line('info', 'well') + line('error', 'no disk'));
    const {log_errors: found} = await examined({stateDir: path});
    expect(found?.seen).toMatch(
      /^one error in the last hour, as logged:\n {2}\d\d:\d\d:\d\d web: no disk$/,
    );
  });

  test('that everybody may write', async () => {
    const path = monitor.stateDir();
    chmodSync(path, 0o777);
    expect((await examined({stateDir: path})).state_dir_open).toMatchObject({
      level: 'warn',
      next: `chmod 755 ${path}`,
    });
  });

  test('that cannot be what they are', async () => {
    const path = join(monitor.home.path, 'a-file');
    writeFileSync(path, '');
    expect((await examined({stateDir: path})).state_dir_no_directory).toMatchObject({
      level: 'fail',
    });
  });

  test('on a disk that is full, or nearly', async () => {
    const disk = (freeBytes: number) => ({
      disk: async () =>
        ({
          kind: 'there',
          totalBytes: 10_000_000_000,
          usedBytes: 10_000_000_000 - freeBytes,
          freeBytes,
        }) as const,
    });
    expect(
      (await examined({stateDir: monitor.stateDir(), machine: disk(4_096)})).disk_full,
    ).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('4 KiB of'),
      next: expect.stringContaining('df -h'),
    });
    expect(
      (await examined({stateDir: monitor.stateDir(), machine: disk(100_000_000)})).disk_low?.level,
    ).toBe('warn');
  });
});
