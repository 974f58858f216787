import {load} from 'agent2:commands';
import {expect, test} from 'vitest';
import {runHere} from '../helpers/command.ts';

test.each(Object.keys(load))('agent2 %s --help ends with examples of it', async name => {
  const {stdout, code} = await runHere(name, '--help');
  expect(code).toBe(0);
  const [, examples = ''] = stdout.split('\nExamples:\n');
  expect(examples).toContain(name === 'watch' ? '  agent2 http' : `agent2 ${name}`);
});
