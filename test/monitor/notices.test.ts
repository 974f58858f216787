import {expect, test} from 'vitest';
import type {Notice} from '../../source/core/model/effect.ts';
import {createNotices} from '../../source/monitor/notices.ts';

test('a notice goes to the log, and to all clients as the log wrote it', () => {
  const heard: Array<readonly [who: string, notice: Notice]> = [];
  const notices = createNotices(
    {now: () => 9},
    {
      write(notice) {
        heard.push(['log', notice]);
        return {
          kind: notice.kind,
          notice: {...notice, text: 'clean'},
          line: 'a line',
          logged: true,
        };
      },
    },
    {notify: notice => void heard.push(['control', notice])},
    ({notice, line}) => void heard.push([line, notice]),
  );
  const notice = {at: 1, target: 'web', level: 'error', kind: 'down', text: 'secret'} as const;
  notices.notify(notice);
  expect(heard).toEqual([
    ['log', notice],
    ['a line', {...notice, text: 'clean'}],
    ['control', {...notice, text: 'clean'}],
  ]);
  heard.length = 0;
  notices.log('it begins');
  notices.log('it waits', 'warning');
  expect(heard.filter(([who]) => who === 'log').map(([, {text: _, ...rest}]) => rest)).toEqual([
    {at: 9, target: 'agent2', level: 'info', kind: 'change'},
    {at: 9, target: 'agent2', level: 'warning', kind: 'change'},
  ]);
});

test('notices need no client', () => {
  const write = (notice: Notice) => ({kind: notice.kind, notice, line: '', logged: false});
  createNotices({now: () => 9}, {write}, {notify: () => {}}).log('it begins');
});
