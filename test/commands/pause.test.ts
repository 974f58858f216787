import {expect, test} from 'vitest';
import {definition} from '../../source/commands/pause.ts';

test('a time of two words is told to be one, not that nothing is called minutes', async () => {
  await expect(definition.run(['--for', '5', 'minutes'])).rejects.toThrow(
    '--for 5 minutes are two words, and the second would be a target; write it as one, e.g. --for 5m',
  );
  await expect(definition.run(['--for', '5 minutes'])).rejects.toThrow(
    "--for '5 minutes' is no usable duration",
  );
});
