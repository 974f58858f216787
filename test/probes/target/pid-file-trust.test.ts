import {spawnSync} from 'node:child_process';
import {chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {mayEnd, mayWake} from '../../../source/core/fix/may-signal.ts';
import {createProcessProbe} from '../../../source/probes/target/process.ts';
import {readProcess} from '../../../source/io/process/processes.ts';
import {stopProcess} from '../../../source/io/process/terminate.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {freePort} from '../../helpers/port.ts';
import {signal} from '../../helpers/processes.ts';
import {start, temporaryDirectory, type Started} from '../../fixtures/services/start.ts';
import {until} from '../../helpers/until.ts';

const context = {signal: new AbortController().signal, timeoutMs: 2_000, slowMs: 1_000};
const [SERVICE, STRANGER] = [33, 65_534];
const NOBODY_IS_SIGNALLED = 'agent2 signals no process because of';

let directory: string;
let pidFile: string;

beforeEach(() => {
  directory = join(temporaryDirectory(), 'run');
  mkdirSync(directory);
  pidFile = join(directory, 'web.pid');
});
afterEach(cleanUp);

describe.runIf(isRoot())('root signals because of a pid file', () => {
  test.each([
    ['of root', 0, 0, undefined],
    ['of root that names a process of the service', 0, SERVICE, undefined],
    ['of the service that names its own process', SERVICE, SERVICE, undefined],
    ['of the service in its own directory', SERVICE, SERVICE, SERVICE],
    ['of root in the directory of the service', 0, SERVICE, SERVICE],
  ])('%s', async (_, fileUid, uid, directoryUid) => {
    const {probe} = await named({fileUid, uid, directoryUid});
    expect(await probe.inspect(context)).toMatchObject({readings: {process: {state: 'alive'}}});
    expect(mayEnd(probe.read())).toBe(true);
  });

  test('in a sticky directory, like /tmp', async () => {
    chmodSync(directory, 0o1777);
    const {probe} = await named({fileUid: SERVICE, uid: SERVICE});
    await probe.inspect(context);
    expect(mayEnd(probe.read())).toBe(true);
  });

  test('in a directory that the group of the service may write', async () => {
    chownSync(directory, 0, SERVICE);
    chmodSync(directory, 0o2775);
    const {probe} = await named({fileUid: SERVICE, uid: SERVICE});
    await probe.inspect(context);
    expect(mayEnd(probe.read())).toBe(true);
  });
});

describe.runIf(isRoot())('root signals nobody because of a pid file', () => {
  test.each([
    ['of a stranger that names a process of root', STRANGER, 0],
    ['of a stranger that names a process of the service', STRANGER, SERVICE],
    ['of the service that names a process of root', SERVICE, 0],
  ])('%s: it is not believed', async (_, fileUid, uid) => {
    const {probe, started} = await named({fileUid, uid});
    const result = await probe.inspect(context);
    expect(result).toMatchObject({
      readings: {process: {state: 'unknown'}},
      faults: [],
      warnings: [
        {
          kind: 'pid_file_invalid',
          text: `pid file ${pidFile} belongs to the user ${fileUid}, and process ${started.pid}, which it names, to the user ${uid}: agent2 signals no process because of that file; try: ps -o user,args -p ${started.pid}`,
        },
      ],
    });
    expect([mayEnd(probe.read()), mayWake(probe.read())]).toEqual([false, false]);
  });

  test.each([
    ['of root that names one of root, where all may write', 0, 0, 0o777, undefined],
    ['of root in the directory of a stranger', 0, SERVICE, 0o755, STRANGER],
    ['of root that names one of root, in the directory of the service', 0, 0, 0o755, SERVICE],
    ['of the service where all may write', SERVICE, SERVICE, 0o777, undefined],
  ])(
    '%s: it is observed, until the place is right',
    async (_, fileUid, uid, mode, directoryUid) => {
      const {probe, started} = await named({fileUid, uid, directoryUid});
      chmodSync(directory, mode);
      const result = await probe.inspect(context);
      expect(result.readings.process).toMatchObject({state: 'alive', unproven: true});
      expect(result.warnings?.[0]?.text).toContain(
        `${NOBODY_IS_SIGNALLED} pid file ${pidFile}: it lies in a directory that`,
      );
      expect([mayEnd(probe.read()), mayWake(probe.read())]).toEqual([false, false]);
      chmodSync(directory, 0o755);
      chownSync(directory, 0, 0);
      expect((await probe.inspect(context)).warnings).toBeUndefined();
      expect(mayEnd(probe.read())).toBe(true);
      chmodSync(directory, 0o777);
      signal(started.pid, 'SIGKILL');
      await until('gone', () => probe.read().state === 'gone');
    },
  );

  test('that names a thread of the kernel, and that thread by no other way', async ctx => {
    const thread = readProcess(2);
    if (thread?.name !== 'kthreadd')
      return ctx.skip('the kernel’s threads are not to be seen here');
    writeFileSync(pidFile, '2\n');
    const {warnings} = await createProcessProbe({pidFile}).inspect(context);
    expect(warnings?.[0]?.text).toContain('a thread of the kernel');
    expect(await stopProcess(thread, {group: false})).toMatchObject({kind: 'not-ours'});
    return undefined;
  });

  test('that another process than the one found by its port replaces', async () => {
    const started = await running(0);
    const probe = createProcessProbe({pidFile});
    writeFileSync(pidFile, `${started.pid}\n`);
    await probe.inspect(context);
    expect(mayEnd(probe.read())).toBe(true);
    rmSync(pidFile);
    writeFileSync(pidFile, `${started.pid}\n`);
    chownSync(pidFile, STRANGER, STRANGER);
    const {warnings} = await probe.inspect(context);
    expect(warnings?.[0]?.text).toContain(`belongs to the user ${STRANGER}`);
  });
});

describe.runIf(isRoot())('a pid file of another pid namespace', () => {
  test('names nobody here, also after what it means has ended', async ctx => {
    const bystander = await running(0);
    const inside = await sameNumber(bystander.pid).catch((error: unknown) =>
      ctx.skip(`no pid namespace with pids of its own choice here: ${String(error)}`),
    );
    const probe = createProcessProbe({pidFile});
    const found = await probe.inspect(context);
    expect(found).toMatchObject({readings: {process: {state: 'unknown'}}, faults: []});
    expect(found.warnings?.[0]?.text).toMatch(
      new RegExp(
        `^pid file ${pidFile} may be of another pid namespace \\(a container\\), where process \\d+ has the number ${bystander.pid}: ${NOBODY_IS_SIGNALLED} that file; try: grep NSpid /proc/\\d+/status$`,
      ),
    );
    expect(mayEnd(probe.read())).toBe(false);
    signal(-inside.pid, 'SIGKILL');
    await until('the other one is gone', () => readProcess(inside.pid) === undefined);
    expect(await probe.inspect(context)).toMatchObject({
      readings: {process: {state: 'unknown'}},
      warnings: [{kind: 'pid_file_invalid'}],
    });
    expect(mayEnd(probe.read())).toBe(false);
    return undefined;
  });

  test('names nobody here where only the port tells whom it means', async ctx => {
    const bystander = await running(0);
    const port = await freePort();
    await sameNumber(bystander.pid, port).catch((error: unknown) =>
      ctx.skip(`no pid namespace with pids of its own choice here: ${String(error)}`),
    );
    const probe = createProcessProbe({pidFile, port});
    await probe.inspect(context);
    const {readings} = await probe.inspect(context);
    expect(readings.process).toMatchObject({state: 'alive', via: 'port'});
    const {identity} = readings.process as {identity: {pid: number}};
    signal(identity.pid, 'SIGKILL');
    await until('gone', () => probe.read().state === 'gone');
    for (let look = 0; look < 3; look++) {
      await probe.inspect(context);
      expect(mayEnd(probe.read())).toBe(false);
      expect(probe.identity()?.pid).not.toBe(bystander.pid);
    }
  });
});

/** Starts the first process of a new pid namespace, which starts one that has the number `pid` there and writes it to the file. */
async function sameNumber(pid: number, port?: number): Promise<Started> {
  const service =
    port === undefined
      ? `sh -c 'echo ready; exec sleep 600'`
      : `"${process.execPath}" -e "require('net').createServer().listen(${port}, '127.0.0.1', () => console.log('ready'))"`;
  const script = `echo ${pid - 1} > /proc/sys/kernel/ns_last_pid && { ${service} & echo $! > ${pidFile}; wait; }`;
  const started = await start(['unshare', '--pid', '--fork', '--mount-proc', 'sh', '-c', script]);
  if (Number(readFileSync(pidFile, 'utf8')) !== pid) throw new Error('the number is another one');
  return started;
}

async function named({
  fileUid,
  uid,
  directoryUid,
}: {
  readonly fileUid: number;
  readonly uid: number;
  readonly directoryUid?: number;
}) {
  const started = await running(uid);
  writeFileSync(pidFile, `${started.pid}\n`);
  chownSync(pidFile, fileUid, fileUid);
  if (directoryUid !== undefined) chownSync(directory, directoryUid, directoryUid);
  return {started, probe: createProcessProbe({pidFile})};
}

function running(uid: number): Promise<Started> {
  return start(['sh', '-c', 'echo ready; exec sleep 600'], {uid, gid: uid, cwd: '/'});
}

function isRoot(): boolean {
  if (process.geteuid?.() === 0 && spawnSync('true', {uid: SERVICE}).status === 0) return true;
  process.stderr.write('skipped what needs root: only root may give files away\n');
  return false;
}
