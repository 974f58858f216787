import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {EXIT} from '../../source/contracts/command.ts';
import {readCard} from '../../source/io/state-dir/card.ts';
import {claimStateDir, otherPlaceText} from '../../source/monitor/claim-state-dir.ts';
import {startLikeAgent2} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {specOf} from './stand-ins.ts';

let stateDir: string;

beforeEach(() => {
  vi.stubEnv('AGENT2_STATE_DIR', undefined);
  onCleanup(() => void vi.unstubAllEnvs());
  ({stateDir} = makeHome());
});
afterEach(cleanUp);

function claim(option: string | undefined = stateDir) {
  const claimed = claimStateDir({option, watched: specOf('web'), asked: 'asked'}, [specOf('web')]);
  onCleanup(claimed.release);
  return claimed;
}

const pidFile = () => join(stateDir, 'agent2.pid');
/** Somebody else's lock: of a process that lives, and has the name of agent2 on its command line. */
async function takenByAnother(): Promise<number> {
  const {pid} = await startLikeAgent2();
  mkdirSync(join(stateDir, 'run'), {recursive: true});
  writeFileSync(pidFile(), `${pid}\n`);
  return pid;
}

test('a claimed directory has a card with the targets, and can be released and taken again', () => {
  const claimed = claim();
  expect(claimed).toMatchObject({stateDir});
  expect(claimed.isHeld()).toBe(true);
  expect(readCard(stateDir, process.pid)).toMatchObject({targets: ['web'], asked: 'asked'});
  claimed.renew([specOf('web'), specOf('db')]);
  expect(readCard(stateDir, process.pid)).toMatchObject({targets: ['web', 'db'], asked: 'asked'});
  claimed.release();
  claimed.release();
  expect([claimed.isHeld(), existsSync(pidFile())]).toEqual([false, false]);
  claimed.retake([specOf('db')]);
  expect([claimed.isHeld(), readFileSync(pidFile(), 'utf8')]).toEqual([true, `${process.pid}\n`]);
  expect(readCard(stateDir, process.pid)).toMatchObject({targets: ['db'], asked: 'asked'});
});

test('a removed directory is created again, and is lost when another monitor was faster', async () => {
  const claimed = claim();
  expect(claimed.keep()).toEqual({kind: 'kept'});
  rmSync(stateDir, {recursive: true});
  expect(claimed.keep()).toEqual({kind: 'renewed'});
  rmSync(stateDir, {recursive: true});
  const pid = await takenByAnother();
  expect(claimed.keep()).toMatchObject({kind: 'lost', to: {pid}});
  expect(claimed.isHeld()).toBe(false);
  claimed.release();
  expect(readFileSync(pidFile(), 'utf8')).toBe(`${pid}\n`);
});

test('a directory that another monitor holds is refused, at first and when it is to be taken again', async () => {
  const claimed = claim();
  claimed.release();
  const pid = await takenByAnother();
  const held = {
    message: expect.stringMatching(
      new RegExp(`^another agent2, pid ${pid}, already uses ${stateDir}`),
    ),
    exitCode: EXIT.failed,
  };
  expect(() => claim()).toThrow(expect.objectContaining(held));
  expect(() => claimed.retake([])).toThrow(expect.objectContaining(held));
  expect(claimed.isHeld()).toBe(false);
});

test('a directory with a missing parent is not created, and a file is refused', () => {
  expect(() => claim(join(stateDir, 'no/such/parent'))).toThrow(/create it: mkdir -p/);
  writeFileSync(stateDir, '');
  expect(() => claim()).toThrow(/it is not a directory; choose another: --state-dir DIR$/);
});

test('a config that names another directory gets it at the next start', () => {
  const watched = {name: 'main', agentos: false, stateDir: '/var/lib/other'};
  expect(otherPlaceText(undefined, watched, '/var/lib/other')).toBeUndefined();
  expect(otherPlaceText(undefined, watched, stateDir)).toMatch('/var/lib/other');
  expect(otherPlaceText(stateDir, watched, stateDir)).toBeUndefined();
});
