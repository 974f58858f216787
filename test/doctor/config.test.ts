import {chmodSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {message} from '../../source/core/text/message.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined} from '../helpers/doctor.ts';

afterEach(cleanUp);

test('the mistakes of a config file are told as they are, with what to type', async () => {
  const wrongConfig = {path: '/srv/my agent2.yaml', text: message`3:5 urll: is no key here`};
  expect((await examined({wrongConfig})).config_wrong).toMatchObject({
    level: 'fail',
    seen: '3:5 urll: is no key here',
    next: "agent2 config check '/srv/my agent2.yaml'",
  });
});

test('a config file that everybody may write is told, except to root, who does not take it anyway', async () => {
  const config = join(temporaryDirectory(), 'agent2.yaml');
  writeFileSync(config, 'targets: []\n');
  chmodSync(config, 0o644);
  expect((await examined({config, machine: {uid: 1000}})).config?.level).toBe('ok');
  chmodSync(config, 0o646);
  expect((await examined({config, machine: {uid: 1000}})).config_open).toMatchObject({
    level: 'warn',
    next: `chmod o-w ${config}`,
  });
  expect((await examined({config, machine: {uid: 0}})).config_open).toBeUndefined();
});
