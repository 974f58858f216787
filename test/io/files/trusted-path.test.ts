import {
  chmodSync,
  chownSync,
  lchownSync,
  linkSync,
  mkdirSync,
  symlinkSync,
  writeFileSync,
  unlinkSync,
} from 'node:fs';
import {join} from 'node:path';
import {spawnSync} from 'node:child_process';
import {afterEach, describe, expect, test} from 'vitest';
import {distrustFile, distrustPath} from '../../../source/io/files/trusted-path.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {cli} from '../../helpers/root.ts';

afterEach(cleanUp);

const STRANGER = 65_534;
const www = {uid: 33, gids: [33]};

describe('a file that root relies on', () => {
  test.each([
    [{uid: 0, gid: 0, mode: 0o644}, undefined],
    [{uid: 0, gid: 0, mode: 0o664}, undefined],
    [
      {uid: 0, gid: 50, mode: 0o664},
      'is writable for others (mode 664), but agent2 runs as root; try: chmod go-w /etc/x',
    ],
    [
      {uid: 0, gid: 0, mode: 0o646},
      'is writable for others (mode 646), but agent2 runs as root; try: chmod go-w /etc/x',
    ],
    [
      {uid: 1000, gid: 0, mode: 0o644},
      'belongs to the user 1000, but agent2 runs as root; try: chown root /etc/x',
    ],
  ])('that is %j', (stats, reason) => {
    expect(distrustFile('/etc/x', stats)).toBe(reason);
  });

  test('may be of the service, or writable for its group, where it concerns that alone', () => {
    expect(distrustFile('/x', {uid: 33, gid: 33, mode: 0o664}, {owner: www})).toBeUndefined();
    expect(distrustFile('/x', {uid: 0, gid: 33, mode: 0o775}, {owner: www})).toBeUndefined();
    expect(distrustFile('/x', {uid: 33, gid: 33, mode: 0o666}, {owner: www})).toBeDefined();
    expect(distrustFile('/x', {uid: 34, gid: 33, mode: 0o644}, {owner: www})).toBeDefined();
  });

  test('and that it would run is worth a second thought before root gets it', () => {
    expect(distrustFile('/x', {uid: 33, gid: 33, mode: 0o644}, {isRun: true})).toMatch(
      /; if root should run what it says: chown root \/x$/,
    );
  });
});

describe.runIf(isRoot())('a path that root relies on', () => {
  test('is trusted by nobody but root itself, whether it exists or not', () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'a/b/file');
    expect(distrustPath(path)).toBeUndefined();
    mkdirSync(join(directory, 'a/b'), {recursive: true});
    writeFileSync(path, '');
    expect(distrustPath(path)).toBeUndefined();
    chownSync(path, STRANGER, STRANGER);
    expect(distrustPath(path)).toBe(
      `belongs to the user ${STRANGER}, but agent2 runs as root; try: chown root ${path}`,
    );
    expect(distrustPath(path, {}, 1000)).toBeUndefined();
    expect(distrustPath(path, {owner: {uid: STRANGER, gids: []}})).toBeUndefined();
  });

  test.each<[string, (directory: string) => void, string]>([
    ['writable for all', path => chmodSync(path, 0o777), 'is writable for others (mode 777)'],
    ['of a stranger', path => chownSync(path, STRANGER, 0), `belongs to the user ${STRANGER}`],
    [
      'of a stranger and sticky',
      path => {
        chownSync(path, STRANGER, 0);
        chmodSync(path, 0o1777);
      },
      `belongs to the user ${STRANGER}`,
    ],
    [
      'of a group of others',
      path => {
        chownSync(path, 0, STRANGER);
        chmodSync(path, 0o775);
      },
      'is writable for others (mode 775)',
    ],
  ])('is refused below a directory %s, however far above', (_, spoil, reason) => {
    const top = join(temporaryDirectory(), 'top');
    mkdirSync(join(top, 'a/b'), {recursive: true});
    spoil(top);
    for (const path of ['a', 'a/b', 'a/b/missing', 'missing/missing'])
      expect(distrustPath(join(top, path))).toContain(`lies in a directory that ${reason}`);
    expect(distrustPath(top)).toContain(reason);
  });

  test('may lie in a sticky directory, but not be one, and not be another user’s there', () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'file');
    writeFileSync(path, '');
    chmodSync(directory, 0o1777);
    expect(distrustPath(path)).toBeUndefined();
    expect(distrustPath(directory)).toContain('is writable for others (mode 1777)');
    linkSync(path, join(directory, 'second'));
    expect(distrustPath(path)).toContain('lies in a directory that is writable for others');
    mkdirSync(join(directory, 'theirs'));
    chownSync(join(directory, 'theirs'), STRANGER, STRANGER);
    writeFileSync(join(directory, 'theirs/file'), '');
    expect(distrustPath(join(directory, 'theirs/file'))).toContain('lies in a directory that');
  });

  test('is refused along a link of others, and along the real path behind a link of root', () => {
    const [directory, other] = [temporaryDirectory(), temporaryDirectory()];
    writeFileSync(join(other, 'file'), '');
    const link = join(directory, 'link');
    symlinkSync(other, link);
    expect(distrustPath(join(link, 'file'))).toBeUndefined();
    expect(distrustPath(join(link, '../missing/../file'))).toBeUndefined();
    chmodSync(other, 0o777);
    expect(distrustPath(join(link, 'file'))).toContain(`chmod go-w ${other}`);
    chmodSync(other, 0o755);
    chmodSync(directory, 0o777);
    expect(distrustPath(join(link, 'file'))).toContain(`chmod go-w ${directory}`);
    chmodSync(directory, 0o1777);
    expect(distrustPath(join(link, 'file'))).toBeUndefined();
    lchownSync(link, STRANGER, STRANGER);
    expect(distrustPath(join(link, 'file'))).toContain(
      `(mode 1777), but agent2 runs as root; try: ls -ld ${directory}`,
    );
    unlinkSync(link);
    symlinkSync(link, link);
    lchownSync(link, 0, 0);
    expect(distrustPath(link)).toMatch(
      /^is a symbolic link that leads nowhere but back; try: namei -l /,
    );
  });

  test('is trusted below directories that nobody can write, as in a volume mounted for reading', ctx => {
    const mounted = join(temporaryDirectory(), 'mounted');
    const path = join(mounted, 'agent2.yaml');
    mkdirSync(mounted);
    writeFileSync(path, 'targets: [{name: web, url: http://127.0.0.1:1}]', {mode: 0o644});
    chmodSync(mounted, 0o777);
    expect(distrustPath(path)).toContain('lies in a directory that is writable for others');
    const look = `"${cli}" config check --config ${path}`;
    const [trial, seen] = ['true', look].map(command =>
      spawnSync(
        'unshare',
        [
          '--mount',
          'sh',
          '-c',
          `mount --bind ${mounted} ${mounted} && mount -o remount,ro,bind ${mounted} && ${command}`,
        ],
        {encoding: 'utf8', timeout: 20_000},
      ),
    );
    if (trial?.status !== 0) return ctx.skip(`no mounts of its own here: ${trial?.stderr.trim()}`);
    expect(seen).toMatchObject({status: 0, stderr: ''});
    return undefined;
  });
});

function isRoot(): boolean {
  if (process.geteuid?.() === 0) return true;
  process.stderr.write('skipped what needs root: only root may give files away\n');
  return false;
}
