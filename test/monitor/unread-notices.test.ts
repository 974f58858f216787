import {mkdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import type {Notice} from '../../source/core/model/effect.ts';
import {createCleaner} from '../../source/format/cleaner.ts';
import {openMonitorLog, type LoggedNotice} from '../../source/monitor/log.ts';
import {createNotices} from '../../source/monitor/notices.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';

afterEach(cleanUp);

const check: Notice = {at: 0, target: 'web', level: 'debug', kind: 'check', text: 'check ok'};
const down: Notice = {at: 0, target: 'web', level: 'error', kind: 'down', text: 'down: hunter2'};

test('a check below the log level is neither cleaned nor written', async () => {
  const {notices, cleaned, followed, heard, lines} = opened('info');
  notices.notify(check);
  expect({cleaned: cleaned(), followed, lines: await lines()}).toEqual({
    cleaned: 0,
    followed: [],
    lines: [],
  });
  expect(heard.map(({kind, logged}) => ({kind, logged}))).toEqual([{kind: 'check', logged: false}]);
});

test('a check is written to a debug log, and not sent to clients', async () => {
  const {notices, followed, lines} = opened('debug');
  notices.notify(check);
  expect(await lines()).toEqual([expect.stringContaining('web: check ok')]);
  expect(followed).toEqual([]);
});

test('no reader of a notice gets secrets', async () => {
  const {notices, followed, heard, lines} = opened('info');
  notices.notify(down);
  expect(await lines()).toEqual([expect.stringContaining('down: ***')]);
  expect(followed).toEqual([{...down, text: 'down: ***'}]);
  expect(heard.map(({line}) => line)).toEqual(await lines());
});

function opened(level: 'info' | 'debug') {
  const {stateDir} = makeHome();
  mkdirSync(stateDir);
  let asked = 0;
  const cleaner = createCleaner(() => {
    asked++;
    return ['hunter2'];
  });
  const log = openMonitorLog(stateDir, {log: {level}}, cleaner, () => undefined, {
    now: () => 0,
  });
  onCleanup(log.close);
  const followed: Notice[] = [];
  const heard: LoggedNotice[] = [];
  const control = {notify: (notice: Notice) => void followed.push(notice)};
  return {
    notices: createNotices({now: () => 0}, log, control, logged => void heard.push(logged)),
    cleaned: () => asked,
    followed,
    heard,
    lines: async () => {
      await log.close();
      return readFileSync(join(stateDir, 'agent2.log'), 'utf8').split('\n').filter(Boolean);
    },
  };
}
