import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {readIfThere, writeAtomically} from '../../../source/io/files/atomic-file.ts';
import {openLog} from '../../../source/io/logs/log-file.ts';
import {takeLock} from '../../../source/io/state-dir/lock.ts';
import {
  createSignalLook,
  isSignalThere,
  removeSignal,
  signalPath,
  writeSignal,
} from '../../../source/io/state-dir/restart-signal.ts';
import {prepareStateDir} from '../../../source/io/state-dir/prepare.ts';
import {startProgram, temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {until} from '../../helpers/until.ts';

afterEach(cleanUp);

describe('an atomic write', () => {
  test('replaces the whole text and leaves nothing else behind', () => {
    const dir = temporaryDirectory();
    const path = join(dir, 'status.json');
    writeAtomically(path, 'one');
    writeAtomically(path, 'two');
    expect(readIfThere(path)).toBe('two');
    expect(readdirSync(dir)).toEqual(['status.json']);
  });

  test('that fails leaves the old file and no temporary one', () => {
    const dir = temporaryDirectory();
    const path = join(dir, 'taken');
    mkdirSync(join(path, 'in'), {recursive: true});
    expect(() => writeAtomically(path, 'text')).toThrow();
    expect(readdirSync(dir)).toEqual(['taken']);
  });
});

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

describe('the log', () => {
  test('goes on in the new file after it was moved away and reopened, and no line is lost', async () => {
    const path = join(temporaryDirectory(), 'agent2.log');
    const problems: Array<string | undefined> = [];
    const log = openLog(path, text => problems.push(text));
    await until('open', () => existsSync(path));
    log.write('one');
    renameSync(path, `${path}.1`);
    log.write('two');
    log.reopen();
    await until('reopened', () => existsSync(path));
    log.write('three');
    await until('written', () => readFileSync(path, 'utf8') === 'three\n');
    expect(readFileSync(`${path}.1`, 'utf8')).toBe('one\ntwo\n');
    log.close();
    expect(problems).toEqual([]);
  });

  test('that cannot be opened says so instead of ending the program', async () => {
    const problems: Array<string | undefined> = [];
    openLog(temporaryDirectory(), text => problems.push(text));
    await until('told', () => problems.length > 0);
    expect(problems[0]).toMatch(/^log .* cannot be written: EISDIR/);
  });
});

describe('a restart signal', () => {
  test('is written as AgentOS reads it, with the cause beside', () => {
    const path = signalPath(temporaryDirectory());
    writeSignal(path, {
      timestamp: '2026-01-27T10:30:45.123456+00:00',
      reason: 'process_not_alive',
      cause: 'crashed',
      target: 'web',
    });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      timestamp: '2026-01-27T10:30:45.123456+00:00',
      reason: 'process_not_alive',
      requested_by: 'agent2',
      cause: 'crashed',
      target: 'web',
    });
    removeSignal(path);
    removeSignal(path);
    expect(isSignalThere(path)).toBe(false);
  });

  test('of somebody else is noticed once for each writing, empty or not; our own is not', () => {
    const path = signalPath(temporaryDirectory());
    let seen = 0;
    const look = createSignalLook(
      path,
      () => seen++,
      text => expect(text).toBeUndefined(),
    );
    writeSignal(path, {
      timestamp: '',
      reason: 'process_not_alive',
      cause: 'crashed',
      target: 'web',
    });
    look();
    expect(seen).toBe(0);
    writeFileSync(path, '');
    look();
    look();
    expect(seen).toBe(1);
    removeSignal(path);
    look();
    writeFileSync(path, 'again');
    look();
    expect(seen).toBe(2);
  });

  test('that is a directory is none', () => {
    const path = signalPath(temporaryDirectory());
    mkdirSync(path);
    createSignalLook(
      path,
      () => expect.unreachable(),
      text => expect(text).toBeUndefined(),
    )();
  });
});

describe('a state directory', () => {
  test('is made, with its parents only where nobody chose it', () => {
    const dir = temporaryDirectory();
    expect(prepareStateDir(join(dir, 'a', 'b'), false)).toMatchObject({
      kind: 'no-parent',
      path: join(dir, 'a'),
    });
    expect(prepareStateDir(join(dir, 'a', 'b'), true)).toEqual({kind: 'ready'});
    expect(prepareStateDir(join(dir, 'a', 'c'), false)).toEqual({kind: 'ready'});
  });

  test('may be a link to a directory, but not a file', () => {
    const dir = temporaryDirectory();
    symlinkSync(dir, join(dir, 'link'));
    writeFileSync(join(dir, 'file'), '');
    expect(prepareStateDir(join(dir, 'link'), false)).toEqual({kind: 'ready'});
    expect(prepareStateDir(join(dir, 'file'), false)).toMatchObject({kind: 'not-a-directory'});
  });
});
