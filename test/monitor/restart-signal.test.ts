import {rmSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import type {TargetSpec} from '../../source/config/spec.ts';
import {render} from '../../source/core/text/say.ts';
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
  target('über', 'command'),
];

test.each([
  ['', 'db'],
  ['touched by hand', 'db'],
  ['{"target": null}', 'db'],
  ['{"target": ""}', 'db'],
  ['{"target": "worker"}', 'worker'],
  // The name of a part is not the name of the target.
  ['{"from": {"target": "worker"}}', 'db'],
  ['"\\"target\\": \\"worker\\""', 'db'],
  // As Python's json module writes what is not ASCII.
  ['{"target": "\\u00fcber"}', 'über'],
  [`{"reason": "${'x'.repeat(20_000)}", "target": "worker"}`, 'worker'],
  ['\ufeff{"target": "worker"}', 'worker'],
  // Whoever consumes signals for it will come; nothing else is restarted in its place.
  ['{"target":"webui"}', undefined],
  ['{"target":"watched"}', undefined],
])('a restart signal that says %.60j is about %s', (text, name) => {
  const asked = restartAskedFor(readRestartSignal(text), targets);
  expect(asked.kind === 'target' ? asked.target.name : undefined).toBe(name);
});

test.each(['nobody we know', 'WORKER', 'work', 'worker ', ['worker'], {target: 'worker'}, 5, true])(
  'a restart signal with the target %j restarts nothing',
  target => {
    expect(restartAskedFor(readRestartSignal(JSON.stringify({target})), targets).kind).toBe(
      'unknown',
    );
  },
);

test('an unknown name is a problem until the file is gone, and what cannot be read restarts the first target', () => {
  const stateDir = makeStateDir();
  const path = join(stateDir, 'restart_signal');
  const specs = [{...specOf('web'), fix: {...specOf('web').fix, use: 'command' as const}}];
  const {loop, events} = loopOf(specs);
  const problems: string[] = [];
  const look = createSignalWatch(stateDir, {specs: () => specs}, loop, text =>
    problems.push(text === undefined ? '' : render(text)),
  );
  writeFileSync(path, '{"target": "nope"}');
  look();
  look();
  expect(events).toEqual([]);
  expect(problems).toEqual([
    'restart_signal names nope, which is no target; nothing is restarted: correct the name (web), or remove the file',
  ]);
  rmSync(path);
  look();
  expect(problems.slice(1)).toEqual(['']);
  writeFileSync(path, '{"target": "nope", "more": "');
  truncateSync(path, 300 * 1024 * 1024);
  look();
  expect(events).toMatchObject([{type: 'restart-requested', target: 'web'}]);
  expect(problems.at(-1)).toBe(
    'restart_signal is larger than 64 KiB, the most that is read; its content does not count, and web is restarted',
  );
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
