import {spawnSync} from 'node:child_process';
import {chownSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {cli} from '../helpers/root.ts';

afterEach(cleanUp);

/** Of no account of any machine. */
const UID = 54_321;

/** Runs agent2 as that uid, with nothing in the environment but PATH. */
function asNobody(...args: readonly string[]) {
  const {stdout, stderr, status} = spawnSync(process.execPath, [cli, ...args], {
    uid: UID,
    gid: UID,
    cwd: '/',
    env: {PATH: process.env.PATH},
    encoding: 'utf8',
    timeout: 20_000,
  });
  return {stdout, stderr, status};
}

test('a uid without an account and without HOME can use every command that needs no home, and is told what to set for the others', ({
  skip,
}) => {
  if (process.getuid?.() !== 0) skip('a uid without an account can only be played by root');
  const help = asNobody('--help');
  if (/EACCES|Cannot find module/.test(help.stderr)) skip('that uid may not read this program');
  expect(help.status).toBe(0);
  expect(asNobody('status')).toMatchObject({
    status: 3,
    stdout: expect.stringContaining('no agent2 is running') as string,
  });
  expect(asNobody('run', 'http://127.0.0.1:1/')).toEqual({
    stdout: '',
    stderr: `agent2: this user (uid ${UID}) has no home directory for agent2's files; name a directory: --state-dir DIR, or set HOME\n`,
    status: 64,
  });
  expect(asNobody('service', 'print', 'systemd', 'http://127.0.0.1:1/').stderr).not.toMatch('bug');

  const directory = mkdtempSync(join(tmpdir(), 'agent2-test-'));
  onCleanup(() => rmSync(directory, {recursive: true, force: true}));
  chownSync(directory, UID, UID);
  const check = asNobody('doctor', '--json', 'http://127.0.0.1:1/', '--state-dir', directory);
  expect(JSON.parse(check.stdout)).toHaveProperty('findings');
});
