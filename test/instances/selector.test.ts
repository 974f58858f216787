import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {selectedStateDir, selectorWords, stateDirsOf} from '../../source/instances/selector.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makePlaces, statusOf, type Places} from './places.ts';

let places: Places;

beforeEach(async () => {
  places = await makePlaces();
});
afterEach(cleanUp);

describe('a name selects', () => {
  test('the monitors with a target of that name, and the directory of that name', () => {
    const main = places.running('main', ['web']);
    const web = places.ended('web', ['other']);
    places.running('else', ['db']);
    expect(stateDirsOf({name: 'web'})).toEqual([main, web]);
  });

  test('by the card, since the status file of a running monitor may be behind', () => {
    const {monitor} = places;
    places.add('main', {
      pid: monitor.pid,
      watches: ['new'],
      status: statusOf(monitor.pid, ['gone']),
    });
    expect(stateDirsOf({name: 'new'})).toEqual([join(places.usual, 'main')]);
    expect(stateDirsOf({name: 'gone'})).toEqual([join(places.usual, 'gone')]);
  });

  test('ended monitors with such a target, only if nothing else matches', () => {
    const old = places.ended('main', ['web']);
    expect(stateDirsOf({name: 'web'})).toEqual([old]);
    const now = places.running('other', ['web']);
    expect(stateDirsOf({name: 'web'})).toEqual([now]);
  });

  test('the usual directory of that name, if nothing matches', () => {
    expect(stateDirsOf({name: 'web'})).toEqual([join(places.usual, 'web')]);
  });
});

test('a directory given by option or environment is the only one selected', () => {
  places.running('web', ['web']);
  expect(stateDirsOf({stateDir: '/srv/a/../b', name: 'web'})).toEqual(['/srv/b']);
  vi.stubEnv('AGENT2_STATE_DIR', '/srv/c');
  expect(stateDirsOf({name: 'web'})).toEqual(['/srv/c']);
  expect(selectedStateDir({}, ['/srv/c'])).toBe('/srv/c');
  vi.stubEnv('AGENT2_STATE_DIR', '');
  expect(selectedStateDir({}, ['/srv/c'])).toBeUndefined();
  expect(selectedStateDir({name: 'web'}, ['/srv/c', '/srv/d'])).toBeUndefined();
});

describe('a directory and a name', () => {
  test.each([
    ['of another running monitor', () => places.running('main', ['web']), 'web, main'],
    ['of another monitor that has ended', () => places.ended('main', ['web']), 'main, web'],
  ])('%s select nobody, and say who is there', (_, make, there) => {
    const dir = make();
    const said = new RegExp(
      `^there is no monitor or target 'wed' in .*/main; there it is ${there}`,
    );
    expect(() => stateDirsOf({stateDir: dir, name: 'wed'})).toThrow(said);
    vi.stubEnv('AGENT2_STATE_DIR', dir);
    expect(() => stateDirsOf({name: 'wed'})).toThrow(said);
    expect(stateDirsOf({name: 'web'})).toEqual([dir]);
    expect(stateDirsOf({name: 'main'})).toEqual([dir]);
  });
});

describe('the words that select one of several monitors', () => {
  test('are a name, if each has a unique one', () => {
    const dirs = [places.running('one', ['web', 'db']), places.running('two', ['web', 'queue'])];
    expect(selectorWords(dirs, {})).toBe('--name db');
  });

  test('select that one alone', () => {
    const dirs = [places.running('one', ['web', 'db']), places.running('two', ['web', 'queue'])];
    const name = selectorWords(dirs, {}).replace('--name ', '');
    expect(stateDirsOf({name})).toEqual([dirs[0]]);
  });

  test('are its directory, if no name is unique, or a given name has matched them all', () => {
    const [one = '', two = ''] = ['a b', 'c'].map(name =>
      places.running(join(places.home, name), ['web']),
    );
    expect(selectorWords([one, two], {})).toBe(`--state-dir '${one}'`);
    const [three = '', four = ''] = ['three', 'four'].map(name => places.running(name, ['web']));
    expect(selectorWords([three, four], {name: 'web'})).toBe(`--state-dir ${three}`);
    expect(selectorWords([three], {})).toBe(`--state-dir ${three}`);
  });
});
