import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {EXIT, UsageError} from '../../source/contracts/command.ts';
import {RECORDING_FILE, recorderFor} from '../../source/monitor/recording.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {loopOf, makeStateDir, specOf} from './stand-ins.ts';

afterEach(cleanUp);

test('nothing is recorded without --record', () => {
  const stateDir = makeStateDir();
  expect(recorderFor(undefined, stateDir, [], () => {})).toBeUndefined();
  expect(existsSync(join(stateDir, RECORDING_FILE))).toBe(false);
});

test('a recording without a name is in the state directory, begins with a header, and has no secret', async () => {
  const stateDir = makeStateDir();
  const recorder = recorderFor(true, stateDir, ['hunter2'], () => {});
  const {loop} = loopOf([specOf('web')]);
  recorder?.record(
    {type: 'problem', at: 1, about: 'log', text: 'hunter2 is wrong'},
    loop.getSnapshot(),
  );
  await recorder?.close();
  const lines = readFileSync(join(stateDir, RECORDING_FILE), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toContain('hunter2');
});

test.each([
  ['', /^--record has an empty file name/, EXIT.usage],
  ['http://127.0.0.1/?token=1', /agent2 run http:\/\/127\.0\.0\.1\/ --record$/, EXIT.usage],
])('a name like %j is refused', (option, message, exitCode) => {
  expect(() => recorderFor(option, '/nowhere', [], () => {})).toThrow(message);
  try {
    recorderFor(option, '/nowhere', [], () => {});
  } catch (error) {
    expect(error instanceof UsageError && error.exitCode).toBe(exitCode);
  }
});

test('a recording that cannot be written is refused before anything starts', () => {
  const path = join(makeStateDir(), 'a-directory');
  mkdirSync(path);
  expect(() => recorderFor(path, '/nowhere', [], () => {})).toThrow(
    new RegExp(`^--record ${path}: it cannot be written \\(it is a directory`),
  );
});
