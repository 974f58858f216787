import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {targetFrom} from '../../source/config/options/target.ts';
import {findAttachable} from '../../source/session/attachable.ts';
import {warnOfOtherHealer} from '../../source/session/other-healer.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {collector} from '../helpers/command.ts';
import {makePlaces, statusOf, targetOf, type Places} from '../instances/places.ts';

const URL = 'http://127.0.0.1:9/';
let places: Places;

beforeEach(async () => {
  places = await makePlaces();
});
afterEach(cleanUp);

/** A running monitor in a directory of another name that watches the address. */
function watching(name: string, address: string, more: object = {}): string {
  const {pid} = places.monitor;
  const status = {...statusOf(pid, []), targets: [{...targetOf(name), address, ...more}]};
  return places.add(name, {pid, watches: [name], status});
}

describe('what a running monitor of another name heals', () => {
  /** What a new monitor of these options warns of. */
  const warning = (options: object, url: string | undefined = URL) => {
    const {stream, text} = collector();
    const targets = [targetFrom(url, options, undefined, places.home)];
    warnOfOtherHealer({targets, stateDirOption: undefined, config: undefined}, stream);
    return text();
  };
  const restart = ['true'];

  test.each([
    [{restart}, URL],
    [{restart}, 'http://localhost:9/health'],
    [{unit: {unit: 'web'}, port: 9}, undefined],
    [{restart, name: 'mine'}, URL],
  ])('is named to a new monitor that would heal it too: %j %s', (options, url) => {
    const stateDir = watching('web', `${URL}health`);
    expect(warning(options, url)).toMatch(
      new RegExp(
        `^agent2: agent2, pid ${places.monitor.pid}, already heals \\S+ \\(as web, in ${stateDir}\\); two that heal one service take each other's restarts for crashes; use that one \\(agent2 status --state-dir ${stateDir}\\), stop it \\(agent2 stop --state-dir ${stateDir}\\), or only watch here \\(--observe\\)\\n$`,
      ),
    );
  });

  test('may be only watched, and healed where the other only watches, elsewhere, or has ended', () => {
    watching('web', URL);
    expect(warning({restart})).toContain('already heals');
    expect(warning({restart, observe: true})).toBe('');
    expect(warning({})).toBe('');
    expect(warning({restart}, 'http://127.0.0.1:10/')).toBe('');
    expect(warning({restart, port: 10})).toBe('');
    watching('web', URL, {observing: true});
    expect(warning({restart})).toBe('');
    watching('web', URL, {heals: false, fix: 'none'});
    expect(warning({restart})).toBe('');
    places.add('web', {pid: 4_194_000, watches: ['web']});
    watching('ended', URL);
    writeFileSync(join(places.usual, 'ended', 'agent2.pid'), '4194000\n');
    expect(warning({restart})).toBe('');
  });

  test('in the same directory is for the one that has it to say', () => {
    watching('127.0.0.1:9', URL);
    expect(warning({restart})).toBe('');
  });
});

describe('a url without a command', () => {
  const found = (url: string, options: object = {}, child?: readonly string[]) =>
    findAttachable(url, options, child)?.stateDir;

  test('shows the monitor that watches it under another name, by host and port', () => {
    const stateDir = watching('web', `${URL}health`);
    for (const url of [URL, 'http://localhost:9/other', 'http://[::1]:9'])
      expect(found(url)).toBe(stateDir);
    expect(found('http://127.0.0.1:10/')).toBeUndefined();
  });

  test('with a name, a directory or a command of its own is meant as a monitor of its own', () => {
    watching('web', URL);
    expect(found(URL, {name: 'mine'})).toBeUndefined();
    expect(found(URL, {stateDir: join(places.home, 'mine')})).toBeUndefined();
    expect(found(URL, {}, ['node', 'server.js'])).toBeUndefined();
  });

  test('prefers its usual directory, and asks which of several others', () => {
    watching('web', URL);
    watching('api', `${URL}api`);
    expect(() => found(URL)).toThrow(/several agent2 are running; choose one with --name/);
    const own = watching('127.0.0.1:9', URL);
    expect(found(URL)).toBe(own);
  });
});
