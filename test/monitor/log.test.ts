import {existsSync, readFileSync, renameSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {createCleaner} from '../../source/format/cleaner.ts';
import type {Notice} from '../../source/core/model/effect.ts';
import {LOG_FILE, openMonitorLog} from '../../source/monitor/log.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {until} from '../helpers/until.ts';
import {makeStateDir} from './stand-ins.ts';
import {render} from '../../source/core/text/say.ts';

afterEach(cleanUp);

function logOf(options: Parameters<typeof openMonitorLog>[1]) {
  const stateDir = makeStateDir();
  const reports: Array<string | undefined> = [];
  const log = openMonitorLog(
    stateDir,
    options,
    createCleaner(() => ['hunter2']),
    text => void reports.push(text && render(text)),
    {now: () => 0},
  );
  onCleanup(log.close);
  const path = join(stateDir, LOG_FILE);
  const lines = async () => {
    await log.close();
    return readFileSync(path, 'utf8').trim().split('\n');
  };
  return {log, path, reports, lines};
}

const notice = (text: string, level: Notice['level'] = 'info'): Notice => ({
  at: 0,
  target: 'web',
  level,
  kind: 'change',
  text,
});

test('notices are written without secrets, on one line each', async () => {
  const {log, lines} = logOf({log: {}});
  const written = log.write(notice('the password is hunter2\nsecond line'));
  expect(written.notice.text).toBe('the password is *** second line');
  expect(await lines()).toEqual([written.line]);
  expect(written).toMatchObject({logged: true, line: expect.stringContaining('password is ***')});
});

test('a notice below the level is not written, but returned', async () => {
  const {log, lines} = logOf({log: {level: 'warning'}});
  expect(log.write(notice('calm')).logged).toBe(false);
  expect(log.write(notice('alarm', 'error')).logged).toBe(true);
  expect(await lines()).toEqual([expect.stringContaining('alarm')]);
});

test('options win over the config, and a changed config applies from then on', async () => {
  const {log, lines} = logOf({
    log: {format: 'json'},
    logOfConfig: {level: 'error', format: 'text'},
  });
  log.write(notice('too low'));
  log.configure({level: 'debug'});
  log.write(notice('seen', 'debug'));
  log.configure(undefined);
  log.write(notice('below info', 'debug'));
  expect((await lines()).map(line => (JSON.parse(line) as {message: string}).message)).toEqual([
    'seen',
  ]);
});

test('a log that was moved away continues under its name', async () => {
  const {log, path, lines} = logOf({log: {}});
  log.write(notice('before'));
  await until('written', () => existsSync(path) && readFileSync(path, 'utf8') !== '');
  renameSync(path, `${path}.1`);
  log.reopen();
  log.write(notice('after'));
  expect(await lines()).toEqual([expect.stringContaining('after')]);
});
