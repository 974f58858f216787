import {expect, test} from 'vitest';
import {examined} from '../helpers/doctor.ts';

test('a node that is too old is told, with what to install', async () => {
  expect((await examined({machine: {nodeVersion: 'v18.20.4'}})).node_old).toMatchObject({
    level: 'fail',
    seen: expect.stringContaining('20.19'),
    next: expect.stringContaining('install'),
  });
});
