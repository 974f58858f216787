import {expect, test, vi} from 'vitest';
import {render} from '../../source/core/text/say.ts';
import {definition} from '../../source/fixes/pm2.ts';
import {catalogue} from '../../source/languages/zh.ts';
import {fakeManagers} from '../helpers/fake-managers.ts';

const {directory, restart} = fakeManagers();

test('the fix by pm2 says where its program is looked for when it is missing', async () => {
  vi.stubEnv('PATH', directory());
  expect(await restart(definition, {process: 'web'})).toEqual({
    kind: 'failed',
    detail: 'command not found: pm2; start agent2 with the directory of pm2 in PATH',
  });
});

test('what is to be done about a failure is said in every language, though the failure is told in other words there', async () => {
  vi.stubEnv('PATH', directory());
  const {kind, detail} = await restart(definition, {process: 'web'});
  expect(kind).toBe('failed');
  expect(render(detail, catalogue)).toBe(
    '找不到命令：pm2；请把 pm2 所在目录加入启动 agent2 时的 PATH',
  );
});
