import {expect, test} from 'vitest';
import {message} from '../../source/core/text/message.ts';
import {examined} from '../helpers/doctor.ts';

test('where nothing is to be examined, it is told what to name', async () => {
  expect((await examined({nothingHere: true})).nothing_watched).toMatchObject({
    level: 'fail',
    next: expect.stringContaining('agent2 start http'),
  });
});

test('a config file that cannot be used is no nothing: its mistakes are told instead', async () => {
  const wrongConfig = {path: '/srv/agent2.yaml', text: message`it is empty`};
  const findings = await examined({nothingHere: true, wrongConfig});
  expect(findings.nothing_watched).toBeUndefined();
  expect(findings.config_wrong).toBeDefined();
});
