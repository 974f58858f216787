import {chmodSync, lstatSync, mkdirSync, readlinkSync, symlinkSync} from 'node:fs';
import {createServer} from 'node:net';
import {dirname, join} from 'node:path';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {
  findSocket,
  linkSocket,
  placeSocket,
  socketName,
  unlinkSocket,
} from '../../../source/io/socket/socket-path.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {makeHome} from '../../helpers/home.ts';

afterEach(async () => {
  vi.unstubAllEnvs();
  await cleanUp();
});

function stateDirOf(name: string) {
  const home = makeHome();
  const stateDir = join(home.path, name);
  mkdirSync(join(stateDir, 'run'), {recursive: true, mode: 0o700});
  vi.stubEnv('XDG_RUNTIME_DIR', join(home.path, 'run'));
  return {home, stateDir};
}

const LONG = 'x'.repeat(100);

async function serve(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(path, resolve));
  onCleanup(() => void server.close());
}

describe('the socket of a state directory', () => {
  test('is in its run folder, which is closed to others', async () => {
    const {stateDir} = stateDirOf('state');
    chmodSync(join(stateDir, 'run'), 0o755);
    expect(placeSocket(stateDir)).toBe(join(stateDir, 'run', 'agent2.sock'));
    expect(lstatSync(join(stateDir, 'run')).mode & 0o777).toBe(0o700);
    expect(findSocket(stateDir)).toBeUndefined();
    await serve(socketName(stateDir));
    expect(findSocket(stateDir)).toBe(socketName(stateDir));
  });

  test('whose path is too long for an address is in a short private folder, and is found by a link', async () => {
    const {home, stateDir} = stateDirOf(LONG);
    const path = placeSocket(stateDir);
    expect(path.length).toBeLessThan(104);
    expect(dirname(path)).toBe(join(home.path, 'run', 'agent2'));
    expect(lstatSync(dirname(path)).mode & 0o777).toBe(0o700);
    linkSocket(stateDir, path);
    expect(findSocket(stateDir)).toBe(path);
    // Another environment than that of the monitor makes no difference.
    vi.stubEnv('XDG_RUNTIME_DIR', '');
    expect(findSocket(stateDir)).toBe(path);
    unlinkSocket(stateDir, path);
    expect(findSocket(stateDir)).toBeUndefined();
  });

  test('is another one for every state directory', () => {
    const {home, stateDir} = stateDirOf(LONG);
    const other = join(home.path, `${LONG}y`);
    mkdirSync(join(other, 'run'), {recursive: true});
    expect(placeSocket(other)).not.toBe(placeSocket(stateDir));
    const sameByLink = join(home.path, `${LONG}z`);
    symlinkSync(stateDir, sameByLink);
    expect(placeSocket(sameByLink)).toBe(placeSocket(stateDir));
  });

  test('is never in a folder that somebody else may have led there by a link', () => {
    const {home, stateDir} = stateDirOf(LONG);
    mkdirSync(join(home.path, 'elsewhere'), {mode: 0o700});
    symlinkSync(join(home.path, 'elsewhere'), join(home.path, 'run', 'agent2'));
    vi.stubEnv('TMPDIR', home.path);
    expect(placeSocket(stateDir)).toMatch(new RegExp(`^${home.path}/agent2-\\d+/`));
  });

  test('is not trusted where the link leads into a folder that is open to others', () => {
    const {home, stateDir} = stateDirOf(LONG);
    mkdirSync(join(home.path, 'open'));
    chmodSync(join(home.path, 'open'), 0o755);
    symlinkSync(join(home.path, 'open', 'x.sock'), socketName(stateDir));
    expect(findSocket(stateDir)).toBeUndefined();
    linkSocket(stateDir, placeSocket(stateDir));
    expect(readlinkSync(socketName(stateDir))).toBe(placeSocket(stateDir));
  });
});
