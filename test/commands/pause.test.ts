import {expect, test} from 'vitest';
import {runHere} from '../helpers/command.ts';

test('a time of two words is told to be one, not that nothing is called minutes', async () => {
  const two = await runHere('pause', '--for', '5', 'minutes');
  expect(two.stderr).toContain(
    '--for 5 minutes is read as two arguments, the second as a target; write one word, e.g. --for 5m',
  );
  const quoted = await runHere('pause', '--for', '5 minutes');
  expect(quoted.stderr).toContain("--for '5 minutes' is not valid; allowed: 1s to 30d");
  expect([two.code, quoted.code]).toEqual([64, 64]);
});
