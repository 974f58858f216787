import {existsSync, mkdtempSync, readFileSync, renameSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {readRecordingLine, recordingWriter} from '../../../source/documents/recording.ts';
import {
  openRecorder,
  whyNotRecordable,
  type Recorder,
} from '../../../source/io/state-dir/recorder.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {createWorld} from '../../helpers/virtual/world.ts';
import {until} from '../../helpers/until.ts';
import {render} from '../../../source/core/text/say.ts';

afterEach(cleanUp);

const {initial} = createWorld();

function scratch(): string {
  const path = mkdtempSync(join(tmpdir(), 'agent2-test-'));
  onCleanup(() => rmSync(path, {recursive: true, force: true}));
  return path;
}

function recorder(
  path: string,
  maxBytes?: number,
): {readonly recorder: Recorder; readonly problems: Array<string | undefined>} {
  const problems: Array<string | undefined> = [];
  const opened = openRecorder(
    path,
    recordingWriter('test', []),
    text => problems.push(text && render(text)),
    maxBytes,
  );
  onCleanup(() => opened.close());
  return {recorder: opened, problems};
}

const kinds = (path: string) =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .trimEnd()
        .split('\n')
        .map(line => readRecordingLine(line).kind)
    : [];

/** The end of a recorder waits a moment for the disk, and no longer: a busy one writes after that. */
async function holds(path: string, ...wanted: readonly string[]): Promise<void> {
  await until(`${path} holds ${wanted.join()}`, () => kinds(path).join() === wanted.join(), {
    describe: () => kinds(path).join(),
  });
}

test('a recording begins with a header, and another run adds its own', async () => {
  const path = join(scratch(), 'record.jsonl');
  for (let run = 0; run < 2; run++) {
    const {recorder: opened, problems} = recorder(path);
    opened.record({type: 'started', at: 1}, initial);
    opened.record({type: 'tick', at: 2}, initial);
    await opened.close();
    expect(problems).toEqual([]);
    await holds(path, ...Array.from({length: run + 1}, () => ['header', 'event', 'event']).flat());
  }
});

test('a recording that was moved away goes on in a new file, with a header', async () => {
  const path = join(scratch(), 'record.jsonl');
  const {recorder: opened} = recorder(path);
  opened.record({type: 'tick', at: 1}, initial);
  await until(
    'it is written',
    () => existsSync(path) && readFileSync(path, 'utf8').includes('tick'),
  );
  renameSync(path, `${path}.old`);
  opened.reopen();
  opened.record({type: 'tick', at: 2}, initial);
  await opened.close();
  await holds(`${path}.old`, 'header', 'event');
  await holds(path, 'header', 'event');
});

test('a recording never grows without end: the last file is kept beside the new one', async () => {
  const path = join(scratch(), 'record.jsonl');
  const {recorder: opened} = recorder(path, 10_000);
  await until('it was begun anew', () => {
    for (let at = 1; at <= 20; at++) opened.record({type: 'tick', at}, initial);
    return existsSync(`${path}.1`) && existsSync(path);
  });
  await opened.close();
  expect(kinds(`${path}.1`)[0]).toBe('header');
  await until('the new one has a header', () => kinds(path).includes('header'));
});

test('a file that is none is told once, and stops nothing', async () => {
  const {recorder: opened, problems} = recorder('/dev/full');
  await until('it is told', () => {
    opened.record({type: 'tick', at: 1}, initial);
    return problems.length > 0;
  });
  for (let at = 0; at < 1_000; at++) opened.record({type: 'tick', at}, initial);
  expect(problems).toEqual([
    'the recording /dev/full cannot be written: it is a device, not a regular file',
  ]);
});

test('a place that cannot be written is known before anything begins', () => {
  expect(whyNotRecordable(join(scratch(), 'no', 'such', 'dir'))).toMatch(/ENOENT/);
  expect(whyNotRecordable(join(scratch(), 'new.jsonl'))).toBeUndefined();
});
