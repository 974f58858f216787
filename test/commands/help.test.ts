import {load} from 'agent2:commands';
import {afterEach, expect, test, vi} from 'vitest';

afterEach(() => void vi.restoreAllMocks());

test.each(Object.keys(load))('agent2 %s --help ends with examples of it', async name => {
  const definition = await load[name]?.();
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation(chunk => {
    text += String(chunk);
    return true;
  });
  expect(await definition?.run(['--help'])).toBe(0);
  const [, examples = ''] = text.split('\nExamples:\n');
  expect(examples).toContain(name === 'watch' ? '  agent2 http' : `agent2 ${name}`);
});
