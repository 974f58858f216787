import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';
import {afterEach, describe, expect, test} from 'vitest';
import {holderOf, takeLock, type TakenLock} from '../../../source/io/state-dir/lock.ts';
import {readProcess} from '../../../source/io/process/processes.ts';
import {startLikeAgent2, startProgram, temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {root} from '../../helpers/root.ts';

afterEach(cleanUp);

/** A state directory with what a monitor of that pid left in it. */
function leftBehind(pid: number, card: object | undefined): string {
  const dir = temporaryDirectory();
  mkdirSync(join(dir, 'run'));
  writeFileSync(join(dir, 'agent2.pid'), `${pid}\n`);
  if (card)
    writeFileSync(
      join(dir, 'run', `monitor.${pid}.json`),
      JSON.stringify({pid, targets: ['web'], ...card}),
    );
  return dir;
}

function taken(dir: string): TakenLock {
  const lock = takeLock(dir, ['web']);
  if (lock.kind !== 'taken') throw new Error(`held by ${lock.by.pid}`);
  return lock;
}

describe('the lock of a state directory', () => {
  test('is the decimal pid and a newline, and is gone when released', () => {
    const dir = temporaryDirectory();
    const lock = takeLock(dir, ['web']);
    expect(readFileSync(join(dir, 'agent2.pid'), 'utf8')).toBe(`${process.pid}\n`);
    if (lock.kind === 'taken') lock.release();
    expect(existsSync(join(dir, 'agent2.pid'))).toBe(false);
  });

  test('held by a live process names it and what it watches', async () => {
    const dir = temporaryDirectory();
    const {pid, info} = await startProgram('idle.mjs');
    mkdirSync(join(dir, 'run'));
    writeFileSync(join(dir, 'agent2.pid'), `${pid}\n`);
    writeFileSync(
      join(dir, 'run', `monitor.${pid}.json`),
      JSON.stringify({pid, startKey: info.startKey, targets: ['web']}),
    );
    expect(takeLock(dir, ['other'])).toEqual({
      kind: 'held',
      by: {pid, startKey: info.startKey, targets: ['web']},
    });
    expect(readFileSync(join(dir, 'agent2.pid'), 'utf8')).toBe(`${pid}\n`);
  });

  test('of a pid that another process got since is stale', async () => {
    const dir = temporaryDirectory();
    const {pid} = await startProgram('idle.mjs');
    mkdirSync(join(dir, 'run'));
    writeFileSync(join(dir, 'agent2.pid'), `${pid}\n`);
    writeFileSync(
      join(dir, 'run', `monitor.${pid}.json`),
      JSON.stringify({pid, startKey: 'another start', targets: ['web']}),
    );
    expect(takeLock(dir, ['web']).kind).toBe('taken');
  });

  test.each(['', 'abc\n', '4194305\n', '1\n', '-1\n'])('that holds %j is stale', text => {
    const dir = temporaryDirectory();
    writeFileSync(join(dir, 'agent2.pid'), text);
    expect(takeLock(dir, ['web']).kind).toBe('taken');
    expect(readFileSync(join(dir, 'agent2.pid'), 'utf8')).toBe(`${process.pid}\n`);
    expect(readdirSync(join(dir, 'run'))).toEqual([`monitor.${process.pid}.json`]);
  });

  test('of a killed monitor goes, with what that one said of itself', () => {
    const dir = temporaryDirectory();
    mkdirSync(join(dir, 'run'));
    writeFileSync(join(dir, 'agent2.pid'), '4194305\n');
    writeFileSync(
      join(dir, 'run', 'monitor.4194305.json'),
      '{"pid":4194305,"startKey":"1@x","targets":["web"]}',
    );
    expect(takeLock(dir, ['web']).kind).toBe('taken');
    expect(readdirSync(join(dir, 'run'))).toEqual([`monitor.${process.pid}.json`]);
  });
});

describe('what a monitor left behind', () => {
  test('is stale after a reboot, also when its pid is used by a process of the same start tick', async () => {
    const {pid, info} = await startProgram('idle.mjs');
    const ticks = info.startKey.split('@')[0] ?? '';
    const dir = leftBehind(pid, {startKey: `${ticks}@00000000-0000-0000-0000-000000000000`});
    expect(holderOf(dir)).toBeUndefined();
    taken(dir);
    expect(readdirSync(join(dir, 'run'))).toEqual([`monitor.${process.pid}.json`]);
  });

  test('without a card is stale when the process that has its pid was started later, whatever it is called', async () => {
    const {pid} = await startLikeAgent2();
    const dir = leftBehind(pid, undefined);
    expect(holderOf(dir)).toMatchObject({pid});
    utimesSync(join(dir, 'agent2.pid'), 1_000_000, 1_000_000);
    expect(holderOf(dir)).toBeUndefined();
  });

  test('goes with the lock, and what a live process says of itself stays', async () => {
    const {pid, info} = await startProgram('idle.mjs');
    const dir = leftBehind(4_194_303, {startKey: '1@x'});
    mkdirSync(join(dir, 'targets', 'web'), {recursive: true});
    const left = [
      'agent2_status.json.4194301.tmp',
      'run/memory.json.4194301.tmp',
      'run/pid.4194301.tmp',
      'run/monitor.4194302.json',
      'targets/web/service.log.pid.json.4194301.tmp',
    ];
    for (const name of left) writeFileSync(join(dir, name), '{"pid"');
    writeFileSync(
      join(dir, 'run', `monitor.${pid}.json`),
      JSON.stringify({pid, startKey: info.startKey, targets: []}),
    );
    writeFileSync(join(dir, 'run', `pid.${pid}.tmp`), `${pid}\n`);
    writeFileSync(join(dir, 'notes.tmp'), 'of somebody');
    taken(dir);
    expect(left.filter(name => existsSync(join(dir, name)))).toEqual([]);
    expect(readdirSync(join(dir, 'run')).sort()).toEqual(
      [`monitor.${process.pid}.json`, `monitor.${pid}.json`, `pid.${pid}.tmp`].sort(),
    );
    expect(existsSync(join(dir, 'notes.tmp'))).toBe(true);
  });
});

test('what a monitor says of itself is renewed, also where its directory is made anew later', () => {
  const dir = join(temporaryDirectory(), 'state');
  mkdirSync(dir);
  const lock = takeLock(dir, ['web'], {asked: 'this', endMs: 1});
  if (lock.kind !== 'taken') throw new Error('held');
  const card = () =>
    JSON.parse(readFileSync(join(dir, 'run', `monitor.${process.pid}.json`), 'utf8')) as unknown;
  lock.renew(['web', 'db'], {endMs: 2});
  expect(card()).toMatchObject({pid: process.pid, targets: ['web', 'db'], asked: 'this', endMs: 2});
  rmSync(dir, {recursive: true});
  expect(() => lock.renew(['db'], {})).toThrow('ENOENT');
  expect(lock.keep()).toEqual({kind: 'renewed'});
  expect(card()).toMatchObject({targets: ['db'], endMs: 2});
  lock.release();
});

describe('a lock whose directory was removed', () => {
  test('is made anew, and kept from then on', () => {
    const dir = join(temporaryDirectory(), 'state');
    mkdirSync(dir);
    const lock = taken(dir);
    expect(lock.keep()).toEqual({kind: 'kept'});
    rmSync(dir, {recursive: true});
    expect(lock.keep()).toEqual({kind: 'renewed'});
    expect(readFileSync(join(dir, 'agent2.pid'), 'utf8')).toBe(`${process.pid}\n`);
    expect(readdirSync(join(dir, 'run'))).toEqual([`monitor.${process.pid}.json`]);
    expect(lock.keep()).toEqual({kind: 'kept'});
  });

  test('is lost to a monitor that was quicker, whose lock is left alone', async () => {
    const dir = join(temporaryDirectory(), 'state');
    mkdirSync(dir);
    const lock = taken(dir);
    const {pid, info} = await startProgram('idle.mjs');
    writeFileSync(join(dir, 'agent2.pid'), `${pid}\n`);
    writeFileSync(
      join(dir, 'run', `monitor.${pid}.json`),
      JSON.stringify({pid, startKey: info.startKey, targets: ['api']}),
    );
    expect(lock.keep()).toMatchObject({kind: 'lost', to: {pid, targets: ['api']}});
    lock.release();
    expect(readFileSync(join(dir, 'agent2.pid'), 'utf8')).toBe(`${pid}\n`);
  });
});

test('of eight that try in the same instant exactly one wins, and the others name it, also over a stale file and a directory of its name', async () => {
  const contenders = await startContenders(8);
  for (let round = 0; round < 10; round++) {
    const dir =
      round % 3 === 0
        ? join(temporaryDirectory(), 'state')
        : round % 3 === 1
          ? inTheWay()
          : leftBehind(4_194_303, {startKey: '1@x'});
    const answers = await Promise.all(
      contenders.map(contender => ask(contender, {take: dir, at: Date.now() + 10})),
    );
    const [winner, ...more] = answers.filter(({kind}) => kind === 'taken');
    expect(more).toEqual([]);
    expect(new Set(answers.filter(({kind}) => kind === 'held').map(({by}) => by))).toEqual(
      new Set([winner?.pid]),
    );
    expect(readFileSync(join(dir, 'agent2.pid'), 'utf8')).toBe(`${winner?.pid}\n`);
    expect(readdirSync(join(dir, 'run'))).toEqual([`monitor.${winner?.pid}.json`]);
    await Promise.all(contenders.map(contender => ask(contender, {release: true})));
    expect(existsSync(join(dir, 'agent2.pid'))).toBe(false);
  }
});

/** A state directory with a full directory in the place of the lock. */
function inTheWay(): string {
  const dir = temporaryDirectory();
  mkdirSync(join(dir, 'agent2.pid', 'within'), {recursive: true});
  return dir;
}

interface Answer {
  readonly kind: string;
  readonly pid: number;
  readonly by?: number;
}

/** Processes that take a lock when told, all at the same moment. */
async function startContenders(count: number): Promise<readonly ChildProcess[]> {
  const file = join(temporaryDirectory(), 'contender.mjs');
  const contents = `
    import {takeLock} from './source/io/state-dir/lock.ts';
    import {prepareStateDir} from './source/io/state-dir/prepare.ts';
    let lock;
    process.on('message', ({take, at}) => {
      if (take === undefined) {
        lock?.release?.();
        return process.send({kind: 'released', pid: process.pid});
      }
      while (Date.now() < at);
      const {kind} = prepareStateDir(take, false);
      if (kind !== 'ready') throw new Error(kind);
      lock = takeLock(take, ['web']);
      process.send({kind: lock.kind, pid: process.pid, by: lock.by?.pid});
    });
    process.send({kind: 'ready', pid: process.pid});`;
  await build({
    stdin: {contents, resolveDir: root, loader: 'ts'},
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: file,
    logLevel: 'error',
  });
  const contenders = Array.from({length: count}, () => fork(file, {execArgv: []}));
  onCleanup(() => void contenders.forEach(contender => contender.kill('SIGKILL')));
  await Promise.all(contenders.map(contender => once(contender, 'message')));
  expect(contenders.every(({pid}) => readProcess(pid ?? -1))).toBe(true);
  return contenders;
}

function ask(contender: ChildProcess, message: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) =>
      reject(
        new Error(`contender ${contender.pid} ended with code ${code}: what it threw is above`),
      );
    contender.once('exit', ended);
    contender.once('message', answer => {
      contender.off('exit', ended);
      resolve(answer as Answer);
    });
    contender.send(message);
  });
}
