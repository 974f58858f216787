import {spawnSync} from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {stopMonitor} from '../../../source/instances/stop.ts';
import {endLeftover, rememberChild} from '../../../source/io/run/leftover-child.ts';
import {remember} from '../../../source/io/state-dir/preferences.ts';
import {prepareStateDir} from '../../../source/io/state-dir/prepare.ts';
import {whyNotRecordable} from '../../../source/io/state-dir/recorder.ts';
import {registerPlace} from '../../../source/io/state-dir/registry.ts';
import {distrustStateDir} from '../../../source/io/state-dir/trust.ts';
import {holderOf} from '../../../source/io/state-dir/lock.ts';
import {start, temporaryDirectory, type Started} from '../../fixtures/services/start.ts';
import {cli} from '../../helpers/root.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {isAlive} from '../../helpers/processes.ts';

const [OWNER, STRANGER] = [33, 65_534];

let stateDir: string;

beforeEach(() => {
  stateDir = join(temporaryDirectory(), 'state');
  mkdirSync(stateDir);
});
afterEach(cleanUp);

describe.runIf(isRoot())('root writes nothing by a directory of somebody else:', () => {
  let foreign: string;
  const ofStranger = 'belongs to the user 65534, but agent2 runs as root';

  beforeEach(() => {
    foreign = join(stateDir, 'theirs');
    mkdirSync(foreign);
    chownSync(foreign, STRANGER, STRANGER);
  });
  afterEach(() => {
    expect(readdirSync(foreign)).toEqual([]);
    vi.unstubAllEnvs();
  });

  test('no recording', () => {
    expect(whyNotRecordable(join(foreign, 'record.jsonl'))).toContain(ofStranger);
  });

  test('no preferences', async () => {
    vi.stubEnv('XDG_CONFIG_HOME', foreign);
    await expect(remember('language', 'zh')).rejects.toThrow(ofStranger);
  });

  test('no registry', () => {
    expect(() => registerPlace(foreign, stateDir)).toThrow(ofStranger);
  });

  test('no archive', () => {
    writeFileSync(join(stateDir, 'agent2_status.json'), '{}');
    const {status, stderr} = spawnSync(cli, ['maintain', 'all', '--state-dir', stateDir], {
      encoding: 'utf8',
    });
    expect({status, stderr}).toEqual({
      status: 1,
      stderr: expect.stringContaining(
        `${stateDir} is left as it is: it holds ${foreign}, which ${ofStranger}`,
      ) as string,
    });
  });
});

describe.runIf(isRoot())('a state directory', () => {
  test.each<[string, (path: string) => void, string]>([
    [
      'of another user',
      path => chownSync(path, STRANGER, STRANGER),
      'it belongs to the user 65534, but agent2 runs as root; try: chown root STATE',
    ],
    [
      'that all may write',
      path => chmodSync(path, 0o777),
      'it is writable for others (mode 777), but agent2 runs as root; try: chmod go-w STATE',
    ],
    [
      'that all may write, though sticky',
      path => chmodSync(path, 0o1777),
      'it is writable for others (mode 1777), but agent2 runs as root; try: chmod go-w STATE',
    ],
    [
      'below one that all may write',
      path => chmodSync(join(path, '..'), 0o777),
      'it lies in a directory that is writable for others',
    ],
    [
      'in which somebody left a directory',
      path => {
        mkdirSync(join(path, 'run'));
        chownSync(join(path, 'run'), STRANGER, STRANGER);
      },
      'it holds STATE/run, which belongs to the user 65534',
    ],
    [
      'in which somebody left the directory of a target',
      path => {
        mkdirSync(join(path, 'targets/web'), {recursive: true});
        chmodSync(join(path, 'targets/web'), 0o777);
      },
      'it holds STATE/targets/web, which is writable for others',
    ],
    [
      'in which somebody left a link, to nothing yet',
      path => {
        symlinkSync('/nonexistent', join(path, 'run'));
        lchownSync(join(path, 'run'), STRANGER, STRANGER);
      },
      'it holds STATE/run, which belongs to the user 65534, but agent2 runs as root; try: ls -ld STATE/run',
    ],
    [
      'with a link of root into the directory of somebody',
      path => {
        mkdirSync(join(path, '../theirs'));
        chownSync(join(path, '../theirs'), STRANGER, STRANGER);
        symlinkSync(join(path, '../theirs'), join(path, 'targets'));
      },
      'it holds STATE/targets, which belongs to the user 65534',
    ],
    [
      'of somebody in a sticky directory',
      path => {
        chownSync(path, STRANGER, STRANGER);
        chmodSync(join(path, '..'), 0o1777);
      },
      'it lies in a directory that is writable for others (mode 1777), but agent2 runs as root; try: ls -ld PARENT',
    ],
  ])('%s is refused by root, and nothing is written to it', (_, spoil, text) => {
    spoil(stateDir);
    const before = readdirSync(stateDir);
    const prepared = prepareStateDir(stateDir, true);
    expect(prepared).toMatchObject({
      kind: 'not-ours',
      path: stateDir,
      text: expect.stringContaining(
        text.replaceAll('STATE', stateDir).replaceAll('PARENT', dirname(stateDir)),
      ),
    });
    expect(readdirSync(stateDir)).toEqual(before);
  });

  test('that a link of a stranger names is refused, and one of root is not', () => {
    const link = join(stateDir, '..', 'link');
    symlinkSync(stateDir, link);
    expect(prepareStateDir(link, false)).toEqual({kind: 'ready'});
    chmodSync(join(stateDir, '..'), 0o777);
    expect(prepareStateDir(link, false).kind).toBe('not-ours');
  });

  test('is not made where somebody else decides what it is', () => {
    chownSync(stateDir, STRANGER, STRANGER);
    expect(prepareStateDir(join(stateDir, 'a/b'), true).kind).toBe('not-ours');
    expect(readdirSync(stateDir)).toEqual([]);
  });

  test('of another user, or its own that all may write, is refused by a user; a volume of root is not', () => {
    chownSync(stateDir, STRANGER, 0);
    expect(distrustStateDir(stateDir, OWNER)).toBe(
      `belongs to the user ${STRANGER}, and agent2 runs as ${OWNER}; try: ls -ld ${stateDir}`,
    );
    chownSync(stateDir, OWNER, 0);
    expect(distrustStateDir(stateDir, OWNER)).toBeUndefined();
    chmodSync(stateDir, 0o777);
    expect(distrustStateDir(stateDir, OWNER)).toBe(
      `is writable for everybody (mode 777); try: chmod o-w ${stateDir}`,
    );
    chownSync(stateDir, 0, 0);
    expect(distrustStateDir(stateDir, OWNER)).toBeUndefined();
    mkdirSync(join(stateDir, 'run'));
    chownSync(join(stateDir, 'run'), STRANGER, 0);
    expect(distrustStateDir(stateDir, OWNER)).toContain(`holds ${join(stateDir, 'run')}, which`);
  });
});

describe.runIf(isRoot())('root, told by files of a state directory whom to end,', () => {
  test.each([
    ['ends no process of root that a stranger named', STRANGER, 0, false],
    ['ends no process of another user that a stranger named', STRANGER, OWNER, false],
    ['ends the process of who wrote them', OWNER, OWNER, true],
  ])('%s', async (_, fileUid, uid, isEnded) => {
    const started = await running(uid);
    const {pid, info} = started;
    mkdirSync(join(stateDir, 'run'));
    const record = join(stateDir, 'service.log.pid.json');
    writeFileSync(join(stateDir, 'agent2.pid'), `${pid}\n`);
    writeFileSync(
      join(stateDir, `run/monitor.${pid}.json`),
      JSON.stringify({pid, startKey: info.startKey, targets: ['web']}),
    );
    rememberChild(record, {identity: info, ours: true});
    for (const path of ['', 'run', 'agent2.pid', `run/monitor.${pid}.json`, 'service.log.pid.json'])
      chownSync(join(stateDir, path), fileUid, fileUid);
    const holder = holderOf(stateDir);
    if (!holder) throw new Error('nobody holds it');
    if (!isEnded) {
      expect(await endLeftover(record, 1_000)).toMatchObject({kind: 'not-ours'});
      const stopped = await stopMonitor(stateDir, holder, {timeoutMs: 1_000, force: true});
      expect(stopped).toMatchObject({
        ok: false,
        text: expect.stringContaining(
          `agent2, pid ${pid}, was not stopped: ${stateDir}/agent2.pid belongs to the user ${fileUid}, and process ${pid}, which it names, to the user ${uid}`,
        ),
      });
      expect(isAlive(pid)).toBe(true);
      return;
    }
    expect(await stopMonitor(stateDir, holder, {timeoutMs: 5_000, force: true})).toMatchObject({
      ok: true,
    });
    expect(isAlive(pid)).toBe(false);
  });

  test('ends nobody because of files of root in a directory of a stranger', async () => {
    const {pid, info} = await running(0);
    const record = join(stateDir, 'service.log.pid.json');
    rememberChild(record, {identity: info, ours: true});
    chownSync(stateDir, STRANGER, STRANGER);
    expect(await endLeftover(record, 1_000)).toMatchObject({
      kind: 'not-ours',
      text: expect.stringContaining('it lies in a directory that belongs to the user'),
    });
    expect(isAlive(pid)).toBe(true);
  });

  test('ends no group that a stranger’s file names, whose leader is gone', async () => {
    const record = join(stateDir, 'service.log.pid.json');
    const {pid, info} = await running(0);
    rememberChild(record, {identity: {pid: 4_194_303, startKey: info.startKey}, ours: true});
    chownSync(record, STRANGER, STRANGER);
    expect(await endLeftover(record, 1_000)).toMatchObject({kind: 'not-ours'});
    expect(isAlive(pid)).toBe(true);
  });
});

function running(uid: number): Promise<Started> {
  return start(['sh', '-c', 'echo ready; exec sleep 600'], {uid, gid: uid, cwd: '/'});
}

function isRoot(): boolean {
  if (process.geteuid?.() === 0 && spawnSync('true', {uid: OWNER}).status === 0) return true;
  process.stderr.write('skipped what needs root: only root may give files away\n');
  return false;
}
