import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {createPast} from '../../source/core/replay/past.ts';
import {targetsOf} from '../../source/core/targets.ts';
import {readRecordingLine} from '../../source/documents/recording.ts';

/** A crash of `db`, on which `web` depends, from the middle on; the log file could not be written when it begins. */
const LINES = readFileSync(
  new URL('../fixtures/documents/1/recording-blocked.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n');

test('a recording of version 1 is read whole, and replays', () => {
  const past = createPast();
  for (const text of LINES) {
    const line = readRecordingLine(text);
    if (line.kind !== 'event' && line.kind !== 'header') throw new Error(`${line.kind}: ${text}`);
    if (line.kind === 'event') past.apply(line.event);
    else {
      const {state} = line.header;
      expect(state.problems).toEqual({log: 'the disk is full'});
      expect(targetsOf(state)[1]?.blockedBy).toEqual({reason: 'dependency', target: 'db'});
      past.begin(state, line.header.at);
    }
  }
  const state = past.state();
  expect(state?.problems).toEqual({});
  expect(
    (state ? targetsOf(state) : []).map(({settings, fixes, health, blockedBy}) => ({
      name: settings.name,
      fixes: fixes.map(({result}) => result),
      level: health.level,
      checks: health.totalChecks,
      blockedBy,
    })),
  ).toEqual([
    {name: 'db', fixes: ['success'], level: 'ok', checks: 11, blockedBy: undefined},
    {name: 'web', fixes: ['success'], level: 'ok', checks: 11, blockedBy: undefined},
  ]);
});
