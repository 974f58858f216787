import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import type {TargetSpec} from '../../source/config/spec.ts';
import {readRestartSignal} from '../../source/documents/restart-signal.ts';
import {createSignalWatch, restartAskedFor} from '../../source/monitor/restart-signal.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {loopOf, makeStateDir, specOf} from './stand-ins.ts';

afterEach(cleanUp);

const target = (name: string, use: string) => ({
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
  expect(restartAskedFor(readRestartSignal(text), targets)?.name).toBe(name);
});

test('each signal requests one restart, if a target can consume it', async () => {
  const stateDir = makeStateDir();
  const path = join(stateDir, 'restart_signal');
  const specs = [{...specOf('web'), fix: {...specOf('web').fix, use: 'command' as const}}];
  let watched: readonly TargetSpec[] = [];
  const {loop, events} = loopOf(specs);
  const look = createSignalWatch(stateDir, {specs: () => watched}, loop, () => {});
  writeFileSync(path, '{}');
  look();
  expect(events).toEqual([]);
  watched = specs;
  look();
  look();
  expect(events).toEqual([
    {type: 'restart-requested', at: loop.now(), target: 'web', by: 'signal-file'},
  ]);
});
