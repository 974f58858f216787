import {expect, test} from 'vitest';
import {watchedAt} from '../../../source/commands/doctor/subjects.ts';
import {readMonitorStatus} from '../../../source/documents/monitor-status.ts';

/** What is examined of a monitor that no longer runs and left this address in its status. */
async function examined(address: string) {
  const status = readMonitorStatus(JSON.stringify({targets: [{name: 'web', address}]}));
  if (!status) throw new Error('not a status');
  const {specs} = await watchedAt({
    stateDir: '/srv/state',
    which: '',
    startWords: '',
    pidFile: {kind: 'none'},
    monitor: undefined,
    status: {kind: 'read', writtenAt: 0, ...status},
  });
  return specs.map(({name, url, endpoint}) => ({name, url: url?.href, endpoint}));
}

test('a killed monitor of a url is examined at that url and its port', async () => {
  expect(await examined('http://127.0.0.1:3000/health')).toEqual([
    {
      name: 'web',
      url: 'http://127.0.0.1:3000/health',
      endpoint: {host: '127.0.0.1', port: 3000},
    },
  ]);
});

test('a killed monitor of a url without a port is examined at the usual one', async () => {
  expect((await examined('https://[::1]/'))[0]?.endpoint).toEqual({host: '::1', port: 443});
});

test('a killed monitor of a port is examined there, and one of neither only by name', async () => {
  expect((await examined('127.0.0.1:3000'))[0]).toMatchObject({endpoint: {port: 3000}});
  for (const address of ['/run/web.pid', 'npm run serve:3000', '127.0.0.1:123456'])
    expect(await examined(address)).toEqual([{name: 'web', url: undefined, endpoint: undefined}]);
});
