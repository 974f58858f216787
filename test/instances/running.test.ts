import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {holderIn, runningIn} from '../../source/instances/running.ts';
import {stateDirsOf} from '../../source/instances/selector.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makePlaces, type Places} from './places.ts';

let places: Places;

beforeEach(async () => {
  places = await makePlaces();
});
afterEach(cleanUp);

test('a pid file with a dead pid, a reused pid or no pid is no monitor', () => {
  const {monitor} = places;
  const lies = [
    places.add('gone', {pid: 4_194_000, watches: ['web']}),
    places.add('reused', {pid: monitor.pid, startKey: 'another start', watches: ['web']}),
    places.add('garbage', {}),
    places.add('empty', {}),
  ];
  writeFileSync(join(places.usual, 'garbage', 'agent2.pid'), `${monitor.pid} and more\n`);
  expect(lies.map(dir => holderIn(dir))).toEqual(lies.map(() => undefined));
});

test('a directory that cannot be read hides no other monitor', () => {
  const web = places.running('web', ['web']);
  mkdirSync(join(places.add('odd', {}), 'agent2.pid'));
  expect(runningIn({}, stateDirsOf({})).map(({stateDir}) => stateDir)).toEqual([web]);
});

test('what cannot be a lock is no monitor, also where its directory alone is selected', () => {
  const odd = places.add('odd', {});
  mkdirSync(join(odd, 'agent2.pid'));
  for (const selector of [{name: 'odd'}, {stateDir: odd}])
    expect(runningIn(selector, stateDirsOf(selector))).toEqual([]);
});
