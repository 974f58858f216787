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

test("the known directories are AgentOS's, the usual ones, and the registered ones that still exist", () => {
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

test("without a state home only AgentOS's directory is known", () => {
  expect(knownStateDirs()).toEqual([agentos()]);
});

test('a monitor has the names of its targets, and of its directory only in a usual place', () => {
  expect(namesOf(places.running('main', ['web', 'db']))).toEqual(['web', 'db', 'main']);
  expect(namesOf(places.running(join(places.home, 'srv'), ['queue']))).toEqual(['queue']);
  expect(namesOf(places.ended('old', ['web']))).toEqual(['old']);
});

test('a directory without a monitor has no targets, whatever lies in the place of its lock', () => {
  expect(watchedIn(places.ended('old', ['web']))).toBeUndefined();
  expect(watchedIn(join(places.home, 'nowhere'))).toBeUndefined();
  const odd = places.add('odd', {});
  mkdirSync(join(odd, 'agent2.pid'));
  expect(watchedIn(odd)).toBeUndefined();
});
