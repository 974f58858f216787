import {rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test, type TestContext} from 'vitest';
import {definition} from '../../source/fixes/child.ts';
import {readProcess} from '../../source/io/process/processes.ts';
import {program, start, startProgram, temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {context, request, setup} from '../helpers/fix.ts';
import {freePort} from '../helpers/port.ts';
import {deadPid, kill, kinds, limit, pidFileFor, watch} from '../helpers/port-holder.ts';
import {signal} from '../helpers/processes.ts';
import {hasTool} from '../helpers/tool.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

async function preforks(ctx: TestContext, named: 'master' | 'worker', count: number, port = 0) {
  if (!hasTool('python3', '--version')) ctx.skip('no python3 here');
  const pidFile = pidFileFor();
  const started = await start([
    'python3',
    program('preforks.py'),
    String(port),
    pidFile,
    named,
    String(count),
  ]);
  const [number = '', ...workers] = started.line.split(' ');
  return {pid: started.pid, port: number, workers: workers.map(Number), pidFile};
}

describe('a pid file with a dead pid, at first sight,', () => {
  test('and a right answer by another process are a warning that names the holder', async () => {
    const dead = await deadPid();
    const {pid, line: port} = await startProgram('answers.mjs');
    const target = await watch({port, path: '/ok', pidFile: pidFileFor(dead)});
    const named = new RegExp(`^port ${port} is held by process ${pid} \\(.*answers.mjs\\)$`);
    expect(await target.look()).toMatchObject({
      faults: [],
      warnings: [
        {kind: 'process_gone', text: expect.stringMatching(/its pid file \S+ was left behind/)},
        {kind: 'port_foreign', pid, text: expect.stringMatching(named)},
      ],
    });
    // From the first answer on the holder is the service, and the pid file is doubted.
    for (const see of [target.check, target.check])
      expect(await see()).toMatchObject({
        kind: 'ok',
        warnings: expect.arrayContaining([expect.objectContaining({kind: 'pid_file_invalid'})]),
      });
    expect((await target.look()).faults).toEqual([]);
  });

  test.for(['/500', '/to?/x&404'])(
    'and a wrong answer by another process (%s) are a stranger on the port',
    async path => {
      const dead = await deadPid();
      const {pid, line: port} = await startProgram('answers.mjs');
      const target = await watch({port, path, pidFile: pidFileFor(dead)});
      for (const see of [target.look, target.check])
        expect(await see()).toMatchObject({
          faults: expect.arrayContaining([expect.objectContaining({kind: 'port_foreign', pid})]),
        });
    },
  );

  test('and an open port without a url are a stranger on the port', async () => {
    const dead = await deadPid();
    const {pid, line: port} = await startProgram('answers.mjs');
    const target = await watch({port, pidFile: pidFileFor(dead)});
    expect((await target.look()).faults).toMatchObject([
      {kind: 'process_gone'},
      {kind: 'port_foreign', pid},
    ]);
  });

  test('and a proxy without a backend are no stranger, and the proxy is known once the backend is there', async () => {
    const dead = await deadPid();
    const backend = await freePort();
    const proxy = await startProgram('proxy.mjs', ['0', String(backend)]);
    const pidFile = pidFileFor(dead);
    const target = await watch({port: proxy.line, path: '/ok', pidFile});
    const seen = await target.look();
    expect([kinds(seen.faults), kinds(seen.warnings)]).toEqual([
      ['process_gone'],
      ['port_foreign'],
    ]);
    await target.owner?.noteStranger(limit());
    await startProgram('answers.mjs', [String(backend), '', pidFile]);
    for (let look = 0; look < 2; look++) {
      const seen = await target.check();
      expect(seen.kind).toBe('ok');
      // That the pid file names another process than the one on the port is worth a word; that somebody holds the port is not.
      expect(kinds(seen.kind === 'ok' ? seen.warnings : [])).toEqual(['pid_file_invalid']);
    }
    expect((await target.look()).faults).toEqual([]);
  });

  test('and a manager that holds the socket for its workers are no stranger, whose new worker proves the restart', async ctx => {
    const manager = await preforks(ctx, 'worker', 1);
    await kill(...manager.workers);
    const target = await watch({port: manager.port, path: '/ok', pidFile: manager.pidFile});
    const seen = await target.look();
    expect([kinds(seen.faults), kinds(seen.warnings)]).toEqual([
      ['process_gone'],
      ['port_foreign'],
    ]);
    await target.owner?.noteStranger(limit());
    rmSync(manager.pidFile);
    signal(manager.pid, 'SIGUSR1');
    await until('a new worker answers', async () => (await target.check()).kind === 'ok');
    const again = await target.check();
    expect(again.kind === 'ok' && again.warnings).toBeUndefined();
  });

  test('and a manager that a fix did not change are a stranger after that fix', async ctx => {
    const manager = await preforks(ctx, 'worker', 1);
    await kill(...manager.workers);
    const target = await watch({port: manager.port, path: '/ok', pidFile: manager.pidFile});
    await target.look();
    await target.owner?.noteStranger(limit());
    expect(kinds((await target.look()).faults)).toEqual(['process_gone', 'port_foreign']);
  });
});

describe('a service that is known by its port', () => {
  test('and that somebody restarts is the same service at once, well or not yet', async () => {
    const port = await freePort();
    const first = await startProgram('answers.mjs', [String(port), '/500']);
    const target = await watch({port, path: '/ok'});
    expect((await target.check()).kind).toBe('ok');
    await kill(first.pid);
    expect(kinds((await target.look()).faults)).toEqual(['process_gone']);
    const second = await startProgram('answers.mjs', [String(port), '/500']);
    signal(second.pid, 'SIGUSR2');
    expect(await target.look()).toMatchObject({
      readings: {process: {state: 'alive', identity: {pid: second.pid}}},
      faults: [],
    });
    await until('it is ill', async () => (await target.check()).kind === 'failed');
    const ill = await target.check();
    expect(kinds(ill.kind === 'failed' ? ill.faults : [])).toEqual(['status_unexpected']);
  });

  test('is another process once that answers right, and a stranger while it does not', async () => {
    const port = await freePort();
    const first = await startProgram('answers.mjs', [String(port)]);
    const target = await watch({port, path: '/ok'});
    await target.check();
    await kill(first.pid);
    const other = await startProgram('answers.mjs', [String(port), '/500', pidFileFor()]);
    signal(other.pid, 'SIGUSR2');
    await until('the other one is ill', async () => (await target.check()).kind === 'failed');
    expect(kinds((await target.look()).faults)).toEqual(['process_gone', 'port_foreign']);
    await kill(other.pid);
    const well = await startProgram('answers.mjs', [String(port), '/500', pidFileFor()]);
    expect((await target.look()).faults).toEqual([]);
    expect((await target.check()).kind).toBe('ok');
    expect(await target.check()).toMatchObject({
      readings: {process: {state: 'alive', identity: {pid: well.pid}}},
    });
  });

  test('shares no more than an interpreter and a name with a stranger on its port', async ctx => {
    const service = await preforks(ctx, 'master', 1);
    const {port} = service;
    const target = await watch({port, path: '/ok', processName: 'python'});
    expect((await target.check()).kind).toBe('ok');
    await kill(service.pid, ...service.workers);
    await start([
      'python3',
      '-uc',
      `import http.server as h; s = h.HTTPServer(('127.0.0.1', ${port}), h.BaseHTTPRequestHandler); print('up', flush=True); s.serve_forever()`,
    ]);
    for (const see of [target.look, target.check])
      expect(await see()).toMatchObject({
        faults: expect.arrayContaining([expect.objectContaining({kind: 'port_foreign'})]),
      });
  });
});

test("the machine's own service manager is neither the service nor a stranger, as it holds the socket of an activated unit", async () => {
  const systemd = join(temporaryDirectory(), 'systemd');
  symlinkSync(process.execPath, systemd);
  const {pid, line: port} = await start([systemd, program('answers.mjs')]);
  expect(readProcess(pid)?.name).toBe('systemd');
  const named = await watch({port, path: '/500', pidFile: pidFileFor(await deadPid())});
  expect(kinds((await named.look()).faults)).toEqual(['process_gone']);
  const unnamed = await watch({port, path: '/500'});
  const seen = await unnamed.check();
  expect(kinds(seen.kind === 'failed' ? seen.faults : [])).toEqual(['status_unexpected']);
  expect(seen).toMatchObject({readings: {process: {state: 'unknown'}}});
});

describe('workers whose master was killed', () => {
  test('that answer right are a warning; they are the leftovers of the master, and nobody else is', async ctx => {
    const service = await preforks(ctx, 'master', 2);
    const bystander = await startProgram('idle.mjs');
    const target = await watch({port: service.port, path: '/ok', pidFile: service.pidFile});
    expect((await target.check()).kind).toBe('ok');
    expect(await target.owner?.leftovers(limit())).toEqual([]);
    await kill(service.pid);
    expect(await target.check()).toMatchObject({
      kind: 'ok',
      readings: {port: {owner: {holder: 'leftover'}}},
      warnings: [
        {kind: 'process_gone'},
        {text: expect.stringMatching(`left over from process ${service.pid}$`)},
      ],
    });
    const left = await target.owner?.leftovers(limit());
    expect(left?.map(({pid}) => pid).toSorted()).toEqual(service.workers.toSorted());
    expect(left?.map(({pid}) => pid)).not.toContain(bystander.pid);
  });

  test('that answer wrong are no strangers', async ctx => {
    const service = await preforks(ctx, 'master', 1);
    const target = await watch({port: service.port, path: '/ok', pidFile: service.pidFile});
    await target.check();
    await kill(service.pid);
    for (const worker of service.workers) signal(worker, 'SIGUSR2');
    await until('they are ill', async () => (await target.check()).kind === 'failed');
    expect(kinds((await target.look()).faults)).toEqual(['process_gone']);
  });

  test('prove nothing about a new master that has no port', async ctx => {
    const service = await preforks(ctx, 'master', 2);
    const target = await watch({port: service.port, path: '/ok', pidFile: service.pidFile});
    await target.check();
    await kill(service.pid);
    await target.owner?.noteStranger(limit());
    const {pid: portless} = await startProgram('idle.mjs');
    writeFileSync(service.pidFile, `${portless}\n`);
    expect(await target.check()).toMatchObject({
      kind: 'ok',
      warnings: expect.arrayContaining([
        expect.objectContaining({
          kind: 'answer_unproven',
          text: expect.stringMatching(`left over from process ${service.pid}, holds port`),
        }),
      ]),
    });
    await kill(...service.workers);
    const info = readProcess(portless);
    expect(info?.state).toBe('alive');
    expect((await target.check()).kind).toBe('failed');
  });
});

describe("agent2's own child, and somebody else on its port", () => {
  /** A child that runs until it is ended, whatever it was told. */
  async function watched(port: string | number, command: readonly [string, ...string[]]) {
    const fix = definition.create(
      {command},
      {...setup(), port: Number(port), startGraceMs: 60_000, onProblem: () => undefined},
    );
    const {child} = fix;
    if (!child) throw new Error('the fix has no child');
    onCleanup(() => child.stop());
    const target = await watch({port, path: '/ok', child});
    const restart = async () => {
      await target.owner?.noteStranger(limit());
      expect(await fix.restart(request, context())).toMatchObject({kind: 'done'});
      // As the loop does before each check, so that the new process is known.
      target.read();
    };
    await restart();
    const end = async () => {
      await kill(child.identity()?.pid ?? 0);
      await until('its end is seen', () => child.identity() === undefined);
    };
    return {...target, child, restart, end};
  }

  const idle = [process.execPath, program('idle.mjs')] as const;
  const warningsOf = async (target: Awaited<ReturnType<typeof watched>>) => {
    const seen = await target.check();
    expect(seen.kind).toBe('ok');
    return kinds(seen.kind === 'ok' ? seen.warnings : []);
  };

  test('who took the port before the child opened it is a stranger at the end of the child, and proves no restart', async () => {
    const port = await freePort();
    const target = await watched(port, idle);
    const {pid} = await startProgram('answers.mjs', [String(port)]);
    // It may stand in front of the child, as a forwarder of a container does.
    expect(await warningsOf(target)).toEqual([]);
    await target.end();
    expect((await target.look()).faults).toMatchObject([
      {kind: 'process_gone'},
      {kind: 'port_foreign', pid},
    ]);
    await target.restart();
    expect(await warningsOf(target)).toEqual(['answer_unproven']);
    await target.end();
    expect(kinds((await target.look()).faults)).toEqual(['process_gone', 'port_foreign']);
  });

  test('a proxy that came later, and is wrong without the child, stands in front of it', async () => {
    const backend = await freePort();
    const port = await freePort();
    const target = await watched(port, [process.execPath, program('answers.mjs'), String(backend)]);
    await startProgram('proxy.mjs', [String(port), String(backend)]);
    await until('it answers', async () => (await target.check()).kind === 'ok');
    await target.end();
    const seen = await target.look();
    expect([kinds(seen.faults), kinds(seen.warnings)]).toEqual([
      ['process_gone'],
      ['port_foreign'],
    ]);
    await target.restart();
    await until('it answers', async () => (await target.check()).kind === 'ok');
    expect(await warningsOf(target)).toEqual([]);
  });

  test('who answers right after the child ended with 0 is watched in its place', async () => {
    const port = await freePort();
    const target = await watched(port, ['true']);
    await until('agent2 looks for a daemon', target.child.isDaemonising);
    const ill = await startProgram('answers.mjs', [String(port), '/500']);
    signal(ill.pid, 'SIGUSR2');
    await until('it is ill', async () => {
      const seen = await target.check();
      return seen.kind === 'failed' && kinds(seen.faults).includes('status_unexpected');
    });
    // It may need a while to be well.
    expect((await target.look()).faults).toEqual([]);
    expect(target.child.identity()).toBeUndefined();
    await kill(ill.pid);
    const well = await startProgram('answers.mjs', [String(port)]);
    expect(await warningsOf(target)).toEqual([]);
    await until('it is watched', () => target.child.identity()?.pid === well.pid);
  });
});
