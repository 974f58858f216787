import {afterEach, expect, test} from 'vitest';
import {askProgram} from '../../../source/io/run/ask-program.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {endProcessesNaming} from '../../helpers/processes.ts';

afterEach(cleanUp);

const ask = (script: string, timeoutMs = 30_000, ...words: readonly string[]) =>
  askProgram(['sh', '-c', script, ...words], {timeoutMs});

test('an answer is the exit code and both outputs', async () => {
  expect(await ask('echo one; echo two >&2; exit 3')).toEqual({
    kind: 'answered',
    code: 3,
    output: 'one\n',
    complaint: 'two\n',
  });
  expect(await ask('kill -9 $$')).toMatchObject({kind: 'answered', code: 1});
});

test('a program is asked in the C locale', async () => {
  expect(await ask('echo $LC_ALL')).toMatchObject({output: 'C\n'});
});

test('an answer does not wait for a process that the program left running with its output', async () => {
  const directory = temporaryDirectory();
  onCleanup(() => endProcessesNaming(directory));
  const left = 'sh -c "sleep 60; :" "$0" & echo ready';
  expect(await ask(left, 20_000, directory)).toMatchObject({code: 0, output: 'ready\n'});
});

test('a program that is missing or too slow is a value, and one that is no longer wanted is a rejection', async () => {
  expect(await askProgram(['no-such-program-here'], {timeoutMs: 1_000})).toEqual({kind: 'missing'});
  expect(await ask('sleep 60', 100)).toEqual({kind: 'late'});
  const signal = AbortSignal.abort(new Error('not wanted'));
  await expect(askProgram(['true'], {timeoutMs: 1_000, signal})).rejects.toThrow('not wanted');
});
