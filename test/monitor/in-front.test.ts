import {writeFileSync} from 'node:fs';
import {afterEach, describe, expect, test} from 'vitest';
import {readProcess} from '../../source/io/process/processes.ts';
import {program, start, startProgram} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {freePort} from '../helpers/port.ts';
import {deadPid, kill, kinds, pidFileFor, watch} from '../helpers/port-holder.ts';
import {childrenOf, signal} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

describe('what stands in front of a service', () => {
  test('is no stranger either while the service was ill from the first sight on, or another program takes its place', async () => {
    const backend = await freePort();
    const app = await startProgram('answers.mjs', [String(backend)]);
    const port = await freePort();
    const first = await startProgram('proxy.mjs', [String(port), String(backend)]);
    const pidFile = pidFileFor(app.pid);
    const ill = await watch({port, path: '/500', pidFile});
    for (const see of [ill.look, ill.check])
      expect(await see()).toMatchObject({
        readings: {port: {owner: {pid: first.pid, holder: 'unsure'}}},
      });
    const seen = await ill.check();
    expect(kinds(seen.kind === 'failed' ? seen.faults : [])).toEqual(['status_unexpected']);
    const target = await watch({port, path: '/ok', pidFile});
    expect((await target.check()).kind).toBe('ok');
    await kill(first.pid);
    const second = await startProgram('proxy.mjs', [String(port), String(backend), 'another']);
    expect(await target.look()).toMatchObject({
      faults: [],
      readings: {
        process: {identity: {pid: app.pid}},
        port: {owner: {pid: second.pid, ours: true}},
      },
    });
  });

  test.for([
    ['accepts no connections', 'setInterval(() => {}, 1e3); console.log(0)'],
    [
      'lost the port, though it accepts connections elsewhere,',
      `const {createServer} = require('node:http');
       const main = createServer((_, answer) => answer.end()).listen(0, '127.0.0.1');
       createServer().listen(0, '127.0.0.1', () => console.log(main.address().port));
       process.on('SIGUSR2', () => { main.close(); main.closeAllConnections(); });`,
    ],
  ])('is a stranger where the service %s', async ([, script = '']) => {
    const service = await start([process.execPath, '-e', script]);
    const port = service.line === '0' ? String(await freePort()) : service.line;
    const target = await watch({port, path: '/500', pidFile: pidFileFor(service.pid)});
    if (service.line !== '0') {
      expect((await target.check()).kind).toBe('ok');
      signal(service.pid, 'SIGUSR2');
      await until('the port is closed', async () => (await target.check()).kind === 'failed');
    }
    const {pid} = await startProgram('answers.mjs', [port]);
    for (const see of [target.look, target.check])
      expect(await see()).toMatchObject({
        faults: expect.arrayContaining([expect.objectContaining({kind: 'port_foreign', pid})]),
      });
  });

  test('and has ended is told, as the service behind it lives', async () => {
    const app = await startProgram('answers.mjs');
    const proxy = await startProgram('proxy.mjs', ['0', app.line]);
    const port = proxy.line;
    const target = await watch({port, path: '/ok', pidFile: pidFileFor(app.pid)});
    expect((await target.check()).kind).toBe('ok');
    await kill(proxy.pid);
    const seen = await target.check();
    expect(seen.kind === 'failed' && seen.faults).toMatchObject([
      {
        kind: 'connect_refused',
        listensOn: [Number(app.line)],
        frontEnded: proxy.pid,
        text: expect.stringMatching(
          new RegExp(
            `; process ${proxy.pid} \\(.*proxy.mjs .*\\), which stood in front of the service, has ended; the service listens on ${app.line}$`,
          ),
        ),
      },
    ]);
    await startProgram('proxy.mjs', [port, app.line]);
    expect((await target.check()).kind).toBe('ok');
    await kill(app.pid);
    expect(kinds((await target.look()).faults)).toEqual(['process_gone']);
  });

  test('is not the service, whose pid file came later than its first answer', async () => {
    const pidFile = pidFileFor(await deadPid());
    const backend = await startProgram('answers.mjs');
    const proxy = await startProgram('proxy.mjs', ['0', backend.line]);
    const target = await watch({port: proxy.line, path: '/ok', pidFile});
    for (let look = 0; look < 2; look++) expect((await target.check()).kind).toBe('ok');
    writeFileSync(pidFile, `${backend.pid}\n`);
    await target.check();
    expect(await target.check()).toMatchObject({
      readings: {process: {state: 'alive', identity: {pid: backend.pid}, atPort: 'stranger'}},
    });
    await kill(backend.pid);
    expect(await target.look()).toMatchObject({
      faults: [{kind: 'process_gone', pid: backend.pid}],
    });
  });

  test('is known after its restart too, so that an error behind it is no stranger', async () => {
    const backend = await freePort();
    const app = await startProgram('answers.mjs', [String(backend), '/500']);
    const port = await freePort();
    const proxy = await startProgram('proxy.mjs', [String(port), String(backend)]);
    const target = await watch({port, path: '/ok', pidFile: pidFileFor(app.pid)});
    expect((await target.check()).kind).toBe('ok');
    await kill(proxy.pid);
    await startProgram('proxy.mjs', [String(port), String(backend)]);
    signal(app.pid, 'SIGUSR2');
    await until('it is ill', async () => (await target.check()).kind === 'failed');
    const ill = await target.check();
    expect(kinds(ill.kind === 'failed' ? ill.faults : [])).toEqual(['status_unexpected']);
  });

  test('is not the service either while nobody has reaped that, and its next run is', async () => {
    // "sleep" reaps no child.
    const parent = await start([
      'sh',
      '-c',
      `'${process.execPath}' '${program('answers.mjs')}' & exec sleep 60`,
    ]);
    const [first = 0] = childrenOf(parent.pid);
    const proxy = await startProgram('proxy.mjs', ['0', parent.line]);
    const pidFile = pidFileFor(first);
    const target = await watch({port: proxy.line, path: '/ok', pidFile});
    expect((await target.check()).kind).toBe('ok');
    signal(first, 'SIGKILL');
    await until('it is a zombie', () => readProcess(first)?.state === 'zombie');
    const next = await startProgram('answers.mjs', [parent.line]);
    // Its pid file comes last.
    expect((await target.check()).kind).toBe('ok');
    writeFileSync(pidFile, `${next.pid}\n`);
    expect(await target.check()).toMatchObject({
      kind: 'ok',
      readings: {process: {state: 'alive', identity: {pid: next.pid}, atPort: 'stranger'}},
    });
  });

  test('leaves it to the answers whether a suspension of the service behind it matters', async () => {
    const backend = await freePort();
    const app = await startProgram('answers.mjs', [String(backend)]);
    const proxy = await startProgram('proxy.mjs', ['0', String(backend)]);
    const target = await watch({port: proxy.line, path: '/ok', pidFile: pidFileFor(app.pid)});
    expect((await target.check()).kind).toBe('ok');
    signal(app.pid, 'SIGSTOP');
    await until('it is suspended', () => readProcess(app.pid)?.state === 'stopped');
    // Hard evidence of a suspension would end in no verdict: whoever never held the port gets no signal.
    expect(target.read().faults).toEqual([]);
    const hung = await target.check();
    expect(hung).toMatchObject({
      kind: 'failed',
      faults: [{kind: 'response_timeout'}],
      warnings: [
        {
          kind: 'pid_file_invalid',
          text: expect.stringContaining(`process ${app.pid} is suspended (SIGSTOP); pid file`),
        },
      ],
    });
    signal(app.pid, 'SIGCONT');
    await until('it answers again', async () => (await target.check()).kind === 'ok');
  });

  test('is learnt anew at a good answer after something was wrong', async () => {
    const backend = await freePort();
    const app = await startProgram('answers.mjs', [String(backend), '/500']);
    const port = await freePort();
    const first = await startProgram('proxy.mjs', [String(port), String(backend)]);
    const target = await watch({port, path: '/ok', pidFile: pidFileFor(app.pid)});
    await target.check();
    await kill(first.pid);
    expect((await target.check()).kind).toBe('failed');
    // Another command line than the first one's.
    await startProgram('proxy.mjs', [String(port), String(backend), 'renamed']);
    expect((await target.check()).kind).toBe('ok');
    signal(app.pid, 'SIGUSR2');
    await until('it is ill', async () => (await target.check()).kind === 'failed');
    const ill = await target.check();
    expect(kinds(ill.kind === 'failed' ? ill.faults : [])).toEqual(['status_unexpected']);
  });
});
