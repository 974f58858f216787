import {expect, test} from 'vitest';
import {definition} from '../../source/fixes/none.ts';
import {context, request, setup} from '../helpers/fix.ts';

test('a restart without a fix fails and says so, though the core never asks for one', async () => {
  expect(await definition.create({}, setup()).restart(request, context())).toEqual({
    kind: 'failed',
    detail: 'no restart is configured',
  });
  expect(definition.traits.heals).toBe(false);
});
