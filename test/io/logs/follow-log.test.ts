import {appendFileSync, renameSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {followLog} from '../../../source/io/logs/follow-log.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {until} from '../../helpers/until.ts';

afterEach(cleanUp);

test('what comes is followed over rotation and truncation, from before there is a file', async () => {
  const path = join(temporaryDirectory(), 'agent2.log');
  const stop = new AbortController();
  const seen: string[] = [];
  const following = (async () => {
    for await (const lines of followLog(path, {offset: 0}, stop.signal)) seen.push(...lines);
  })();
  const sees = (text: string) => until(text, () => seen.includes(text));
  writeFileSync(path, 'one\n');
  await sees('one');
  appendFileSync(path, 'two\nhal');
  await sees('two');
  appendFileSync(path, 'f\n');
  await sees('half');
  // Twice between two looks.
  renameSync(path, `${path}.1`);
  appendFileSync(`${path}.1`, 'late\n');
  renameSync(`${path}.1`, `${path}.2`);
  writeFileSync(`${path}.1`, 'between\n');
  writeFileSync(path, 'three, which is longer\n');
  await sees('three, which is longer');
  truncateSync(path);
  appendFileSync(path, 'four\n');
  await sees('four');
  stop.abort();
  await following;
  expect(seen).toEqual(['one', 'two', 'half', 'late', 'between', 'three, which is longer', 'four']);
});
