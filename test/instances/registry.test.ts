import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {knownStateDirs, namesOf, watchedIn} from '../../source/instances/registry.ts';
import {REGISTRY, registerPlace} from '../../source/io/state-dir/registry.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makePlaces, type Places} from './places.ts';

let places: Places;

beforeEach(async () => {
  places = await makePlaces();
});
afterEach(cleanUp);

const agentos = () => join(places.home, '.agentos/multi_agent');

test("the known directories are AgentOS's, the usual ones, and what is registered elsewhere and still there", () => {
  const web = places.running('web', ['web']);
  const [there, gone, neverOne] = ['there', 'gone', 'never'].map(name => join(places.home, name));
  places.add(there ?? '', {});
  places.add(gone ?? '', {});
  mkdirSync(neverOne ?? '');
  for (const path of [there, gone, neverOne, web]) registerPlace(places.usual, path ?? '');
  rmSync(gone ?? '', {recursive: true});
  writeFileSync(join(places.usual, REGISTRY, '0123456789abcdef'), '/etc\n');
  expect(knownStateDirs()).toEqual([agentos(), web, there]);
});

test('without a state home there is only the place of AgentOS', () => {
  expect(knownStateDirs()).toEqual([agentos()]);
});

test('a monitor is called by what it watches, and by its directory only in the usual place', () => {
  expect(namesOf(places.running('main', ['web', 'db']))).toEqual(['web', 'db', 'main']);
  expect(namesOf(places.running(join(places.home, 'srv'), ['queue']))).toEqual(['queue']);
  expect(namesOf(places.ended('old', ['web']))).toEqual(['old']);
});

test('nothing is watched where no monitor runs, and nobody knows what where it cannot be read', () => {
  expect(watchedIn(places.ended('old', ['web']))).toBeUndefined();
  expect(watchedIn(join(places.home, 'nowhere'))).toBeUndefined();
  const odd = places.add('odd', {});
  mkdirSync(join(odd, 'agent2.pid'));
  expect(watchedIn(odd)).toEqual([]);
});
