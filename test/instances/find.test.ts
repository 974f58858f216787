import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {EXIT, UsageError} from '../../source/contracts/command.ts';
import {
  findMonitor,
  findRunningTarget,
  findStateDir,
  watchedNames,
} from '../../source/instances/find.ts';
import {isFile} from '../../source/io/files/directory.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makePlaces, statusOf, type Places} from './places.ts';

let places: Places;

beforeEach(async () => {
  places = await makePlaces();
});
afterEach(cleanUp);

/** What is said instead of an answer. */
function refusal(find: () => unknown): {readonly text: string; readonly code: number} {
  try {
    return {text: `found ${JSON.stringify(find())}`, code: 0};
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return {text: error.message, code: error.exitCode};
  }
}

describe('the selected monitor', () => {
  test('is the only running one, in spite of leftover and false files', () => {
    const web = places.running('web', ['web']);
    places.ended('old', ['old']);
    places.add('crashed', {pid: 4_194_000, watches: ['x'], status: statusOf(4_194_000, ['x'])});
    places.add('garbage', {status: '{"targets": '});
    mkdirSync(join(places.add('odd', {}), 'agent2.pid'));
    expect(findMonitor({}, undefined, 'pause')).toBe(web);
    expect(findMonitor({}, 'unknown', 'pause')).toBe(web);
    expect(watchedNames()).toEqual(['web']);
  });

  test('of several is the one that watches the target now', () => {
    const {monitor} = places;
    const renewed = places.add('renewed', {
      pid: monitor.pid,
      watches: ['new'],
      status: statusOf(monitor.pid, ['old']),
    });
    places.running('web', ['web', 'old']);
    expect(findMonitor({}, 'new', 'pause')).toBe(renewed);
    expect(findMonitor({}, 'old', 'pause')).toBe(join(places.usual, 'web'));
  });

  test('is missing when none runs, and the message names the directory', () => {
    places.ended('web', ['web']);
    expect(refusal(() => findMonitor({}, undefined, 'pause'))).toEqual({
      text: 'no agent2 is running; start one, e.g. agent2 start http://127.0.0.1:3000/, or name its directory: --state-dir DIR',
      code: EXIT.failed,
    });
    expect(refusal(() => findMonitor({name: 'web'}, undefined, 'pause')).text).toMatch(
      new RegExp(`^no agent2 is running in ${places.usual}/web; `),
    );
  });

  test('is not guessed among several; the message lists them and how to select one', () => {
    places.running('one', ['web', 'db']);
    places.running('two', ['web', 'queue']);
    const known = `web, db (${places.usual}/one); web, queue (${places.usual}/two)`;
    for (const wanted of [undefined, 'web'])
      expect(refusal(() => findMonitor({}, wanted, 'pause'))).toEqual({
        text: `several agent2 are running: ${known}; name one, e.g. agent2 pause --name db`,
        code: EXIT.usage,
      });
    expect(refusal(() => findMonitor({}, 'wbe', 'pause'))).toEqual({
      text: `there is no target 'wbe'; the targets are ${known}; did you mean web?`,
      code: EXIT.usage,
    });
  });

  test('is never one without a first status', () => {
    places.add('web', {pid: places.monitor.pid, watches: ['web']});
    expect(refusal(() => findMonitor({}, undefined, 'pause')).code).toBe(EXIT.failed);
  });
});

describe('the selected target', () => {
  test('is the only one, or the one of that name', () => {
    const one = places.running('one', ['web']);
    expect(findRunningTarget({}, undefined, 'drill crash')).toMatchObject({
      stateDir: one,
      target: {name: 'web'},
    });
    places.running('two', ['db', 'queue']);
    expect(findRunningTarget({}, 'db', 'drill crash').target.name).toBe('db');
    expect(refusal(() => findRunningTarget({}, undefined, 'drill crash')).text).toBe(
      `there are several: web (${places.usual}/one), db (${places.usual}/two), queue (${places.usual}/two); name one, e.g. agent2 drill crash web`,
    );
    expect(refusal(() => findRunningTarget({}, 'x', 'drill crash')).text).toMatch(
      /^there is no target 'x'; the targets are web /,
    );
  });

  test('needs the directory too when two monitors have a target of that name', () => {
    const one = places.running('one', ['web']);
    places.running('two', ['web']);
    const {text} = refusal(() => findRunningTarget({}, 'web', 'drill crash'));
    expect(text).toMatch(/^there are several: /);
    expect(text.endsWith(`e.g. agent2 drill crash web --state-dir ${one}`)).toBe(true);
    expect(findRunningTarget({stateDir: one}, 'web', 'drill crash').stateDir).toBe(one);
  });
});

describe('the selected files', () => {
  const hasLog = (dir: string) => isFile(join(dir, 'agent2.log'));
  const withLog = (dir: string) => {
    writeFileSync(join(dir, 'agent2.log'), '');
    return dir;
  };

  test('are those of the running monitor, rather than of ended ones', () => {
    withLog(places.ended('old', ['old']));
    withLog(places.ended('older', ['older']));
    expect(refusal(() => findStateDir({}, hasLog, 'logs')).text).toBe(
      `there are several: ${places.usual}/old, ${places.usual}/older; name one, e.g. agent2 logs --name old`,
    );
    const web = withLog(places.running('web', ['web']));
    expect(findStateDir({}, hasLog, 'logs')).toBe(web);
  });

  test('are found beside a directory that cannot be read', () => {
    const odd = withLog(places.add('odd', {}));
    mkdirSync(join(odd, 'agent2.pid'));
    const web = withLog(places.running('web', ['web']));
    expect(findStateDir({}, hasLog, 'logs')).toBe(web);
    expect(findStateDir({stateDir: odd}, hasLog, 'logs')).toBe(odd);
  });

  test('may be missing only in a selected directory', () => {
    expect(findStateDir({name: 'web'}, hasLog, 'logs', true)).toBe(join(places.usual, 'web'));
    expect(refusal(() => findStateDir({name: 'web'}, hasLog, 'logs'))).toEqual({
      text: `there are no files of a monitor in ${places.usual}/web; name its directory: agent2 logs --state-dir DIR`,
      code: EXIT.failed,
    });
    expect(refusal(() => findStateDir({}, hasLog, 'logs', true)).code).toBe(EXIT.failed);
  });
});
