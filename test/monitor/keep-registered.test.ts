import {mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {keepRegistered} from '../../source/monitor/keep-registered.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {render} from '../../source/core/text/say.ts';

let usual: string;
let stateDir: string;

beforeEach(() => {
  const home = makeHome();
  vi.stubEnv('XDG_STATE_HOME', join(home.path, 'state'));
  onCleanup(() => void vi.unstubAllEnvs());
  usual = join(home.path, 'state/agent2');
  stateDir = home.stateDir;
  mkdirSync(join(stateDir, 'run'), {recursive: true});
});
afterEach(cleanUp);

const pointers = () => readdirSync(join(usual, '.elsewhere'));

test('an unusual directory is registered, and again when the registration was removed', () => {
  const told: string[] = [];
  const registration = keepRegistered(stateDir, text => void told.push(render(text)));
  expect(pointers()).toHaveLength(1);
  rmSync(join(usual, '.elsewhere'), {recursive: true});
  registration.everySecond();
  expect(pointers()).toHaveLength(1);
  expect(told).toEqual([]);
});

test('a usual directory needs no registration', () => {
  const place = join(usual, 'web');
  mkdirSync(join(place, 'run'), {recursive: true});
  keepRegistered(place, () => {}).everySecond();
  expect(readdirSync(usual)).toEqual(['web']);
});

test('a failed registration is logged once, and again only after one that worked', () => {
  const told: string[] = [];
  mkdirSync(usual, {recursive: true});
  const inTheWay = join(usual, '.elsewhere');
  writeFileSync(inTheWay, '');
  const registration = keepRegistered(stateDir, text => void told.push(render(text)));
  registration.everySecond();
  expect(told).toEqual([
    expect.stringMatching(/^commands find this agent2 only with --state-dir .*cannot be written/),
  ]);
  rmSync(inTheWay);
  registration.everySecond();
  rmSync(inTheWay, {recursive: true});
  writeFileSync(inTheWay, '');
  registration.everySecond();
  expect(told).toHaveLength(2);
});
