import {existsSync, mkdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {readMonitorStatus} from '../../source/documents/monitor-status.ts';
import {claimStateDir} from '../../source/monitor/claim-state-dir.ts';
import {memoryPath} from '../../source/monitor/memory.ts';
import {createStateFiles, statusPath} from '../../source/monitor/state-files.ts';
import {createTargets} from '../../source/monitor/targets.ts';
import {readCard} from '../../source/io/state-dir/card.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {until} from '../helpers/until.ts';
import {heardProblems, loopOf, makeStateDir, opened, specOf, stillClock} from './stand-ins.ts';

afterEach(cleanUp);

async function filesOf(names = ['web'], replace?: () => Promise<void>) {
  const stateDir = makeStateDir();
  const clock = stillClock();
  const specs = names.map(name => specOf(name));
  const claim = claimStateDir({option: stateDir, watched: specOf('web'), asked: undefined}, specs);
  onCleanup(claim.release);
  const {heard, ...problems} = heardProblems();
  const targets = createTargets(await Promise.all(specs.map(spec => opened(spec, stateDir))));
  const facts = {awaited: [] as string[], screenLostAt: undefined as number | undefined};
  const files = createStateFiles({
    claim,
    clock,
    targets,
    problems,
    config: '/etc/agent2.yaml',
    facts: () => facts,
    ...(replace ? {replace} : {}),
  });
  const {loop} = loopOf(specs, clock);
  return {
    stateDir,
    clock,
    claim,
    heard,
    targets,
    facts,
    files,
    state: loop.getSnapshot,
    status: () => readFileSync(statusPath(stateDir), 'utf8'),
  };
}

test('status, memory and card name the targets, and the status the awaited fixes', async () => {
  const {files, state, status, stateDir, facts, targets, clock} = await filesOf();
  facts.awaited.push('web');
  facts.screenLostAt = 0;
  files.writeStatus(state());
  void files.remember(state());
  await files.flush();
  expect(readMonitorStatus(status())?.targets.map(({name}) => name)).toEqual(['web']);
  expect(JSON.parse(status())).toMatchObject({
    pid: process.pid,
    config: '/etc/agent2.yaml',
    awaited_fixes: ['web'],
    screen_lost: expect.any(String),
  });
  expect(readFileSync(memoryPath(stateDir), 'utf8')).toContain('web');
  targets.replace([await opened(specOf('db'), stateDir)]);
  files.renewCard();
  expect(readCard(stateDir, process.pid)?.targets).toEqual(['db']);
  // A reader has to see that it is alive.
  rmSync(statusPath(stateDir));
  clock.advance(10_000);
  files.everySecond(state());
  await files.flush();
  expect(existsSync(statusPath(stateDir))).toBe(true);
});

test('a flush writes a pending status', async () => {
  const {files, state, status, facts, stateDir} = await filesOf();
  files.writeStatus(state());
  facts.awaited.push('web');
  files.writeStatus(state());
  await until('the first is written', () => existsSync(statusPath(stateDir)));
  expect(status()).not.toContain('awaited_fixes');
  expect(await files.flush()).toBe(true);
  expect(status()).toContain('awaited_fixes');
});

test('nothing is written after the directory is lost', async () => {
  const {files, state, stateDir, claim, heard} = await filesOf();
  claim.release();
  files.writeStatus(state());
  void files.remember(state());
  files.renewCard();
  await files.flush();
  expect([
    existsSync(statusPath(stateDir)),
    existsSync(memoryPath(stateDir)),
    readCard(stateDir, process.pid),
  ]).toEqual([false, false, undefined]);
  expect([...heard.values()].filter(text => text !== undefined)).toEqual([]);
});

test('a failed write is reported, and tried again every second', async () => {
  const {files, state, stateDir, heard} = await filesOf();
  const run = join(stateDir, 'run');
  rmSync(run, {recursive: true});
  void files.remember(state());
  files.renewCard();
  await files.flush();
  expect(heard.get('memory')).toMatch('ENOENT');
  expect(heard.get('card')).toMatch(
    /^the file by which other agent2 commands find this one is out of date: .*ENOENT/,
  );
  files.everySecond(state());
  await files.flush();
  expect(heard.get('memory')).toMatch('ENOENT');
  mkdirSync(run, {mode: 0o700});
  files.everySecond(state());
  await files.flush();
  expect([heard.get('memory'), heard.get('card')]).toEqual([undefined, undefined]);
  expect(readCard(stateDir, process.pid)?.targets).toEqual(['web']);
  expect(existsSync(memoryPath(stateDir))).toBe(true);
  // Nothing is due any more.
  rmSync(memoryPath(stateDir));
  files.everySecond(state());
  await files.flush();
  expect(existsSync(memoryPath(stateDir))).toBe(false);
});

test('a status that cannot be written is reported until it can', async () => {
  const {files, state, stateDir, heard, clock} = await filesOf();
  mkdirSync(statusPath(stateDir));
  files.writeStatus(state());
  await files.flush();
  expect(heard.get('status file')).toMatch('is a directory');
  rmSync(statusPath(stateDir), {recursive: true});
  clock.advance(1_000);
  files.writeStatus(state());
  await files.flush();
  expect(heard.get('status file')).toBeUndefined();
});

test('after the directory was removed all files are created again, with the output directory of each target', async () => {
  const {files, state, stateDir, claim} = await filesOf(['web', 'db']);
  rmSync(stateDir, {recursive: true});
  expect(claim.keep()).toEqual({kind: 'renewed'});
  files.renew(state());
  await files.flush();
  for (const path of [
    statusPath(stateDir),
    memoryPath(stateDir),
    join(stateDir, 'targets/web'),
    join(stateDir, 'targets/db'),
    join(stateDir, 'agent2.pid'),
  ])
    expect(existsSync(path), path).toBe(true);
});

test('a disk that never answers delays neither the loop nor a fix for long, and is told by the end', async () => {
  let answer = () => {};
  const answered = new Promise<void>(resolve => (answer = resolve));
  // A turn at the disk that never ends is missing to the tests that follow.
  onCleanup(() => answer());
  const {files, state} = await filesOf(['web'], () => answered);
  const begunAt = performance.now();
  files.writeStatus(state());
  await files.remember(state());
  expect(performance.now() - begunAt).toBeLessThan(2_000);
  expect(await files.flush()).toBe(false);
});
