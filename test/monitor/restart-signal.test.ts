import {expect, test} from 'vitest';
import {restartAskedFor} from '../../source/monitor/restart-signal.ts';
import type {FixUse} from '../../source/core/model/state.ts';

const target = (name: string, use: FixUse) => ({
  name,
  fix: {use, options: {}, notFor: [], stopTimeoutMs: 0},
});
const targets = [
  target('webui', 'signal'),
  target('db', 'command'),
  target('watched', 'none'),
  target('worker', 'child'),
];

test.each([
  ['', 'db'],
  ['{"target": "worker"}', 'worker'],
  ['{"target":"nobody we know"}', 'db'],
  // Whoever consumes signals for it will come; nothing else is restarted in its place.
  ['{"target":"webui"}', undefined],
  ['{"target":"watched"}', undefined],
])('a restart signal that says %j is about %s', (text, name) => {
  expect(restartAskedFor(text, targets)?.name).toBe(name);
});
