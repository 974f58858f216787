import {describe, expect, test, vi} from 'vitest';
import {definition} from '../../source/fixes/supervisor.ts';
import {fakeManagers} from '../helpers/fake-managers.ts';

const {directory, restart} = fakeManagers();

describe('the fix by supervisor, where supervisorctl exits with 0 whatever happened', () => {
  test.each([
    ['stopped', {kind: 'done', detail: 'supervisor restarted web'}],
    [
      'not-found',
      {
        kind: 'failed',
        detail: 'supervisorctl says web: ERROR (no such process); try: supervisorctl status',
      },
    ],
    [
      'spawn',
      {
        kind: 'failed',
        detail: 'supervisorctl says web: ERROR (spawn error); try: supervisorctl tail web stderr',
      },
    ],
    [
      'gone',
      {
        kind: 'failed',
        detail:
          'supervisorctl says unix:///var/run/supervisor.sock no such file; is supervisord running? If its config file is elsewhere, add config: FILE',
      },
    ],
    [
      'authentication',
      {
        kind: 'failed',
        detail:
          'supervisorctl says Server requires authentication; put username and password into the [supervisorctl] section of its config file',
      },
    ],
    [
      'denied',
      {
        kind: 'failed',
        detail: expect.stringContaining(
          'run agent2 as a user that may write to the socket of supervisord',
        ) as string,
      },
    ],
  ])('reads its words: %s', async (trouble, outcome) => {
    expect(await restart(definition, {program: 'web'}, trouble)).toEqual(outcome);
  });
});

test('the fix by supervisor says where its program is looked for when it is missing', async () => {
  vi.stubEnv('PATH', directory());
  expect(await restart(definition, {program: 'web'})).toMatchObject({
    kind: 'failed',
    detail: expect.stringContaining(
      'command not found: supervisorctl; start agent2 with the directory',
    ) as string,
  });
});
