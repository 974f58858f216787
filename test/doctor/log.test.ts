import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {logObject} from '../../source/documents/log-line.ts';
import {logTime} from '../../source/format/time.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined} from '../helpers/doctor.ts';
import {startStandIn, type StandIn} from './stand-in.ts';

let monitor: StandIn;

beforeAll(async () => {
  monitor = await startStandIn();
});
afterAll(cleanUp);

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
