import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {runHere} from '../helpers/command.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {isAlive} from '../helpers/processes.ts';
import {makePlaces, type Places} from '../instances/places.ts';

let places: Places;

beforeEach(async () => {
  places = await makePlaces();
});
afterEach(cleanUp);

const COMMANDS: ReadonlyArray<readonly [string, ...string[]]> = [
  ['status'],
  ['pause'],
  ['resume'],
  ['restart'],
  ['preset', 'prod'],
  ['logs'],
  ['maintain'],
  ['backtest'],
  ['drill', 'crash'],
  ['stop'],
  ['watch', '--read-only'],
];

test.each(COMMANDS)('%s --name of nothing that runs says what runs', async (name, ...words) => {
  places.running('main', ['web', 'db']);
  expect(await runHere(name, ...words, '--name', 'wbe')).toEqual({
    code: 64,
    stdout: '',
    stderr:
      "agent2: there is no monitor or target 'wbe'; running: web, db, main; did you mean web?\n",
  });
  expect(isAlive(places.monitor.pid)).toBe(true);
});

test.each([['status'], ['logs'], ['pause']] as const)(
  '%s --name of nothing says what has stopped, where nothing runs',
  async name => {
    places.ended('main', ['web']);
    expect(await runHere(name, '--name', 'other')).toMatchObject({
      code: 64,
      stderr:
        "agent2: there is no monitor or target 'other'; none is running, and stopped are web, main\n",
    });
  },
);

test('a name that a stopped monitor left is no mistake', async () => {
  places.running('main', ['web']);
  const old = places.ended('old', ['db']);
  writeFileSync(join(old, 'agent2.log'), 'a line\n');
  for (const name of ['old', 'db']) {
    expect((await runHere('status', '--name', name)).stdout).toContain('db');
    expect((await runHere('logs', '--name', name)).stdout).toBe('a line\n');
    expect(await runHere('stop', '--name', name)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`no agent2 is running in ${old}`) as string,
    });
  }
});

test('to stop what nothing runs of is done already', async () => {
  places.ended('main', ['web']);
  expect((await runHere('stop', '--name', 'other')).code).toBe(0);
});

test('a target that nothing knows is told by status with the nearest name', async () => {
  places.running('main', ['web', 'db']);
  expect((await runHere('status', 'wbe')).stderr).toBe(
    "agent2: there is no target 'wbe'; the targets are web, db; did you mean web?\n",
  );
});

test('logs --target of nothing that the monitor or its log knows says what it knows', async () => {
  const main = places.running('main', ['web', 'db']);
  writeFileSync(
    join(main, 'agent2.log'),
    '2026-01-27 10:30:00,000 - Agent2 - ERROR - gone: down: crashed\n',
  );
  expect(await runHere('logs', '--target', 'wbe')).toEqual({
    code: 64,
    stdout: '',
    stderr: "agent2: there is no target 'wbe'; the targets are web, db; did you mean web?\n",
  });
  expect(await runHere('logs', '--target', 'web')).toEqual({code: 0, stdout: '', stderr: ''});
  expect((await runHere('logs', '--target', 'gone')).stdout).toContain('down: crashed');
  expect((await runHere('logs', '--target', 'gone', '--since', '1s')).code).toBe(0);
});
