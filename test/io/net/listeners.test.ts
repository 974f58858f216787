import {execFileSync} from 'node:child_process';
import {createServer} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {findByLsof, findListener, parseLsof} from '../../../source/io/net/listeners.ts';
import {isConnection, parseSocketTable} from '../../../source/io/net/socket-table.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {startProgram} from '../../fixtures/services/start.ts';

afterEach(cleanUp);

describe('the listener of a port', () => {
  test('is found with its command and owner', async () => {
    const {pid, line} = await startProgram('answers.mjs');
    expect(await findListener(Number(line))).toEqual({
      pid,
      command: expect.stringContaining('answers.mjs'),
      uid: process.getuid?.(),
      pids: [pid],
    });
  });

  test('is nobody where nobody listens', async () => {
    expect(await findListener(1)).toBeUndefined();
  });

  test('is told apart by the address that a client would reach', async () => {
    const port = Number((await startProgram('answers.mjs')).line);
    expect((await findListener(port, {host: 'localhost'}))?.pid).toBeDefined();
    expect((await findListener(port, {host: '127.0.0.1'}))?.pid).toBeDefined();
    expect(await findListener(port, {host: '127.0.0.2'})).toBeUndefined();
  });

  test('on IPv6 is found too', async () => {
    const port = await new Promise<number>(resolve => {
      const server = createServer();
      server.listen(0, '::', () => resolve((server.address() as {port: number}).port));
      onCleanup(() => void server.close());
    });
    expect(await findListener(port, {host: '127.0.0.1'})).toMatchObject({pid: process.pid});
  });

  test('is told for many ports at once, each its own, and for one where nobody listens', async () => {
    const programs = await Promise.all([startProgram('answers.mjs'), startProgram('answers.mjs')]);
    const found = await Promise.all(
      [...programs.map(({line}) => Number(line)), 1].map(port => findListener(port)),
    );
    expect(found.map(listener => listener?.pid)).toEqual([
      ...programs.map(({pid}) => pid),
      undefined,
    ]);
  });

  test('is not searched for once that was aborted', async () => {
    await expect(findListener(1, {signal: AbortSignal.abort(new Error('enough'))})).rejects.toThrow(
      'enough',
    );
  });

  test('is found by lsof, where there is no /proc', async ({skip}) => {
    if (!hasLsof()) skip('lsof is not installed');
    const {pid, line} = await startProgram('answers.mjs');
    expect(await findByLsof(Number(line), undefined)).toMatchObject({
      pid,
      command: expect.stringContaining('answers.mjs'),
    });
    expect(await findByLsof(1, undefined)).toBeUndefined();
  });

  test('is read from what lsof prints', () => {
    expect(parseLsof('p501\ncnode\nu501\nf12\nf13\np502\ncPython\\x20App\nu0\nf3\n')).toEqual([
      {pid: 501, command: 'node', uid: 501},
      {pid: 502, command: 'Python\\x20App', uid: 0},
    ]);
    expect(parseLsof('')).toEqual([]);
  });

  test('is read from the table of the kernel, IPv4 and IPv6', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000    33        0 1527 1 000000006bee0ee8 100 0 0 10 0',
      '   1: 0100007F:1F90 0100007F:C000 01 00000000:00000000 00:00000000 00000000    33        0 1528 1 000000006bee0ee8 100 0 0 10 0',
      '   2: 0100007F:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000    33        0 1529 1 000000006bee0ee8 100 0 0 10 0',
      '   3: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1530 1 0 100 0 0 10 0',
      '   4: 0000000000000000FFFF00000100007F:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1531 1 0 100 0 0 10 0',
      '   5: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1532 1 0 100 0 0 10 0',
    ];
    expect(parseSocketTable(table, new Set([8080]))).toEqual([
      {port: 8080, address: '127.0.0.1', inode: '1527', uid: 33},
      {port: 8080, address: '::1', inode: '1530', uid: 0},
      {port: 8080, address: '127.0.0.1', inode: '1531', uid: 0},
      {port: 8080, address: '::', inode: '1532', uid: 0},
    ]);
    expect(table.filter(isConnection)).toEqual([table[2]]);
  });
});

function hasLsof(): boolean {
  try {
    execFileSync('lsof', ['-v'], {stdio: 'ignore'});
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}
