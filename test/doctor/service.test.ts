import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {createServer as createTls} from 'node:https';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {connect} from '../../source/io/net/tcp.ts';
import {firstLine, startProgram} from '../fixtures/services/start.ts';
import {makeCertificate} from '../helpers/certificate.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {examined, fakeProgram, troubles} from '../helpers/doctor.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {freePort} from '../helpers/port.ts';
import {processState, signal} from '../helpers/processes.ts';
import {root} from '../helpers/root.ts';
import {startService, type Service} from '../helpers/service.ts';
import {until, within} from '../helpers/until.ts';

let home: Home;
let service: Service;
/** Lives and does nothing, in a session of its own. */
let idle: number;

beforeAll(async () => {
  home = makeHome();
  service = await startService(home);
  idle =
    (
      await started(
        spawn(process.execPath, [join(root, 'test/fixtures/services/idle.mjs'), home.path], {
          detached: true,
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      )
    ).pid ?? -1;
});
afterAll(cleanUp);

describe('a service that is well', () => {
  test('gives no trouble, and its process, port and endpoint are named', async () => {
    const findings = await examined({
      url: service.url,
      options: {pidFile: service.pidFile, expect: [{path: 'status', equals: 'ok'}]},
    });
    expect(troubles(findings)).toEqual([]);
    expect(findings.process?.seen).toContain(`pid ${service.pid}`);
    expect(findings.port?.seen).toContain('127.0.0.1');
    expect(findings.endpoint?.seen).toContain('200');
  });
});

describe('the endpoint', () => {
  test('with a wrong path is told the path that answers', async () => {
    const {path_wrong: found} = await examined({url: `http://127.0.0.1:${service.port}/healt`});
    expect(found).toMatchObject({
      level: 'fail',
      next: `agent2 check http://127.0.0.1:${service.port}/api/health`,
    });
  });

  test('with a wrong body is told what was wanted and what was got', async () => {
    const {body_unexpected: found} = await examined({
      url: service.url,
      options: {expect: [{path: 'status', equals: 'great'}]},
    });
    expect(found?.seen).toMatch(/great.*ok|ok.*great/);
    expect(found?.next).toBe(`curl -s ${service.url}`);
  });

  test('behind a name that does not resolve', async () => {
    const {dns_failed: found} = await examined({url: 'http://nowhere.invalid:8080/health'});
    expect(found).toMatchObject({level: 'fail', next: 'getent hosts nowhere.invalid'});
  });

  test('with an expired certificate', async () => {
    const {key, cert} = makeCertificate({toDays: -1, fromDays: -10});
    const port = await listening(
      createTls({key, cert}, (_, response) => response.end()),
      '127.0.0.1',
    );
    const {tls_failed: found} = await examined({url: `https://127.0.0.1:${port}/`});
    expect(found?.level).toBe('fail');
    expect(found?.next).toContain(`openssl s_client -connect 127.0.0.1:${port}`);
  });

  test('that speaks http where https is asked for', async () => {
    const {tls_absent: found} = await examined({url: service.url.replace('http:', 'https:')});
    expect(found).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('does not speak TLS'),
      next: `agent2 check ${service.url}`,
    });
  });

  test('that a proxy variable would hide from curl', async () => {
    const {proxy_ignored: found} = await examined({
      url: service.url,
      machine: {env: {http_proxy: 'http://proxy:3128', PATH: process.env.PATH}},
    });
    expect(found).toMatchObject({level: 'warn', next: `curl --noproxy '*' -i ${service.url}`});
    expect(
      troubles(
        await examined({
          url: service.url,
          machine: {
            env: {
              http_proxy: 'http://proxy:3128',
              no_proxy: 'localhost,127.0.0.1',
              PATH: process.env.PATH,
            },
          },
        }),
      ),
    ).toEqual([]);
  });
});

describe('the port', () => {
  const tcpOnly = {
    name: 'web',
    url: undefined,
    pidFile: undefined,
    processName: undefined,
    agentos: false,
  };

  test('held by a stranger: who that is, and how to end it', async () => {
    const pidFile = pidFileOf('idle.pid', idle);
    const {port_foreign: found} = await examined({
      url: service.url,
      options: {pidFile, expect: [{path: 'status', equals: 'great'}]},
    });
    expect(found?.seen).toContain(`process ${service.pid} (`);
    expect(found?.seen).toContain('demo-service');
    expect(found?.next).toBe(`kill ${service.pid}`);
    // One that answers well may stand in front of it.
    const {port_other_process: proxy} = await examined({url: service.url, options: {pidFile}});
    expect(proxy).toMatchObject({level: 'warn', next: `ps -fp ${service.pid},${idle}`});
  });

  test('is not held by a stranger where only the name of the process is another', async () => {
    const found = await examined({
      url: service.url,
      options: {pidFile: service.pidFile, processName: 'no-such-name', restart: ['true']},
    });
    expect(found.port_foreign?.next).toBe(`ps -fp ${service.pid}`);
    expect(found.process_mismatch?.next).toBe(`ps -fp ${service.pid}`);
  });

  test('closed while the process lives', async () => {
    const port = await freePort();
    const {port_closed: found} = await examined({
      url: `http://127.0.0.1:${port}/`,
      options: {pidFile: pidFileOf('idle.pid', idle)},
    });
    expect(found?.seen).toContain(`process ${idle} lives`);
    expect(found?.next).toContain('ss -ltnp');
  });

  test('slow to take a connection is not closed', async () => {
    const {pid, line} = await startProgram('queue.mjs');
    const endpoint = {host: '127.0.0.1', port: Number(line)};
    signal(pid, 'SIGSTOP');
    await until(
      'its queue is full',
      async () => (await connect({...endpoint, timeoutMs: 300})).kind === 'failed',
    );
    const findings = examined({spec: {...tcpOnly, endpoint}});
    setTimeout(() => signal(pid, 'SIGCONT'), 1_200);
    expect((await findings).port?.seen).toContain(`${line} listens`);
  });

  test('open on IPv4 alone, or on IPv6 alone: the address that works', async () => {
    const {port_other_address: four} = await examined({
      url: `http://[::1]:${service.port}/api/health`,
    });
    expect(four?.next).toBe(`agent2 check ${service.url}`);
    const port = await listening(
      createServer((_, response) => response.end()),
      '::1',
    );
    const {port_other_address: six} = await examined({url: `http://127.0.0.1:${port}/x`});
    expect(six?.next).toBe(`agent2 check http://[::1]:${port}/x`);
  });

  test('open to other machines', async () => {
    const port = await listening(
      createServer((_, response) => response.end()),
      '0.0.0.0',
    );
    const {port_exposed: found} = await examined({url: `http://127.0.0.1:${port}/`});
    expect(found).toMatchObject({
      level: 'warn',
      seen: expect.stringContaining('other machines'),
      next: `ss -ltnp 'sport = :${port}'`,
    });
  });
});

describe('the process', () => {
  test('of a stale pid file, with what starts the service', async () => {
    const {process_gone: found} = await examined({
      url: `http://127.0.0.1:${await freePort()}/`,
      options: {pidFile: pidFileOf('gone.pid', 4_194_000), restart: ['true', '--now']},
    });
    expect(found).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('was left behind'),
      next: 'true --now',
    });
  });

  test('of a stale pid file, while another one serves', async () => {
    const {process_gone: found} = await examined({
      url: service.url,
      options: {pidFile: pidFileOf('gone.pid', 4_194_000), restart: ['true']},
    });
    expect(found).toMatchObject({
      seen: expect.stringContaining(`but process ${service.pid} (`),
      next: `ps -fp ${service.pid}`,
    });
  });

  test('is not said to be started by what is not there', async () => {
    const {port_closed: found} = await examined({
      url: `http://127.0.0.1:${await freePort()}/`,
      options: {restart: ['./no-such-restart.sh']},
    });
    expect(found?.next).toContain('ss -ltnp');
  });

  test('of AgentOS is started by AgentOS', async () => {
    const port = await freePort();
    const {pid_file_missing: found} = await examined({
      spec: {
        url: new URL(`http://127.0.0.1:${port}/api/health`),
        endpoint: {host: '127.0.0.1', port},
      },
    });
    expect(found).toMatchObject({level: 'fail', next: 'agentos webui start'});
  });

  test('of a pid file that nobody should believe, or that is none', async () => {
    const pidFile = pidFileOf('open.pid', idle);
    chmodSync(pidFile, 0o666);
    const {pid_file_invalid: open} = await examined({url: service.url, spec: {pidFile}});
    expect(open?.next).toBe(`chmod o-w ${pidFile}`);
    writeFileSync(join(home.path, 'odd.pid'), 'abc\n');
    const {pid_file_invalid: odd} = await examined({
      url: service.url,
      spec: {pidFile: join(home.path, 'odd.pid')},
    });
    expect(odd).toMatchObject({
      seen: expect.stringContaining('holds "abc"'),
      next: `cat ${join(home.path, 'odd.pid')}`,
    });
  });

  test('that is suspended', async () => {
    service.signal('SIGSTOP');
    try {
      await until('it is suspended', () => processState(service.pid) === 'T');
      const {process_stopped: found} = await examined({
        url: service.url,
        options: {pidFile: service.pidFile},
      });
      expect(found?.next).toBe(`kill -CONT ${service.pid}`);
    } finally {
      service.signal('SIGCONT');
    }
  });
});

describe('the fix', () => {
  const fix = (options: object, more: object = {}) =>
    examined({
      url: service.url,
      options: {restart: ['true']},
      spec: {fix: {use: 'command', options, notFor: [], stopTimeoutMs: 1_000}},
      ...more,
    });

  test('whose command is not there or cannot be executed', async () => {
    expect((await fix({restart: ['./no-such-restart.sh']})).fix_command_missing).toMatchObject({
      level: 'fail',
      next: 'ls -l ./no-such-restart.sh',
    });
    const script = join(home.path, 'restart.sh');
    writeFileSync(script, '#!/bin/sh\n', {mode: 0o644});
    expect((await fix({restart: [script]})).fix_command_not_executable).toMatchObject({
      level: 'fail',
      next: `chmod +x ${script}`,
    });
  });

  test('that needs a password', async () => {
    const bin = join(home.path, 'bin-sudo');
    fakeProgram(bin, 'sudo', 'sudo: a password is required', 1);
    const {fix_needs_password: found} = await fix(
      {restart: ['sudo', 'systemctl', 'restart', 'web']},
      {bin, machine: {uid: 1000}},
    );
    expect(found).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('systemctl restart web'),
      next: 'sudo visudo -f /etc/sudoers.d/agent2',
    });
  });

  test('by a unit that does not exist', async () => {
    const bin = join(home.path, 'bin-no-unit');
    fakeProgram(bin, 'systemctl', 'LoadState=not-found\nUnitFileState=');
    const {unit_missing: found} = await examined({
      url: service.url,
      options: {unit: {unit: 'wbe.service'}},
      bin,
    });
    expect(found).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('wbe.service'),
      next: 'systemctl list-units --all --type=service',
    });
  });

  test('by a unit where systemd is not the init', async () => {
    const bin = join(home.path, 'bin-no-systemd');
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'systemctl'),
      '#!/bin/sh\necho "System has not been booted with systemd as init system (PID 1)." >&2\nexit 1\n',
      {mode: 0o755},
    );
    const {systemd_absent: found} = await examined({
      url: service.url,
      options: {unit: {unit: 'web.service'}},
      bin,
    });
    expect(found).toMatchObject({level: 'fail', next: "agent2 start --restart 'CMD'"});
  });

  test('by a restart signal that nobody takes', async () => {
    const stateDir = join(home.path, 'untaken');
    mkdirSync(stateDir);
    writeFileSync(join(stateDir, 'restart_signal'), '{}');
    const spec = {
      url: new URL(service.url),
      endpoint: {host: '127.0.0.1', port: service.port},
      pidFile: service.pidFile,
      processName: undefined,
    };
    const {restart_signal_untaken: found} = await examined({
      spec,
      stateDir,
      machine: {now: () => Date.now() + 120_000},
    });
    expect(found?.next).toContain("--restart 'agentos webui restart'");
  });
});

describe('two healers are told, with how to settle it:', () => {
  const patient = () => ({
    url: service.url,
    options: {pidFile: service.pidFile, restart: ['true']},
    action: 'true',
  });

  test('systemd', async () => {
    const bin = join(home.path, 'bin-systemd');
    fakeProgram(bin, 'systemctl', 'Restart=always\nNRestarts=3\nLoadState=loaded');
    const machine = {cgroups: () => '0::/system.slice/web.service\n'};
    const {two_healers: found} = await examined({...patient(), bin, machine});
    expect(found).toMatchObject({
      level: 'warn',
      seen: expect.stringContaining('systemd (web.service, Restart=always, NRestarts=3)'),
      next: `agent2 start ${service.url} --unit web`,
    });
    // By the same unit there is one healer.
    expect(
      troubles(
        await examined({
          url: service.url,
          options: {pidFile: service.pidFile, unit: {unit: 'web.service'}},
          bin,
          machine,
        }),
      ),
    ).toEqual([]);
    const own = await examined({
      ...patient(),
      bin,
      machine: {
        cgroups: () => '0::/user.slice/user-1000.slice/user@1000.service/app.slice/web.service\n',
      },
    });
    expect(own.two_healers?.next).toBe(`agent2 start ${service.url} --unit user:web`);
  });

  test('docker', async () => {
    const bin = join(home.path, 'bin-docker');
    fakeProgram(bin, 'docker', '/web always 2');
    const {two_healers: found} = await examined({
      ...patient(),
      bin,
      machine: {cgroups: () => `0::/system.slice/docker-${'a'.repeat(64)}.scope\n`},
    });
    expect(found).toMatchObject({
      seen: expect.stringContaining('docker (web, --restart always, 2 so far)'),
      next: 'docker update --restart=no web',
    });
  });

  test('supervisord, which started it', async () => {
    const script = `const {spawn} = require('node:child_process'); const c = spawn(process.execPath, [${JSON.stringify(join(root, 'test/fixtures/services/idle.mjs'))}, ${JSON.stringify(home.path)}]); c.stdout.once('data', () => console.log(c.pid))`;
    const parent = spawn(process.execPath, ['-e', script, home.path], {
      argv0: 'supervisord',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const line = await within(
      'its child is there',
      firstLine(parent, 'what stands for supervisord'),
    );
    const {two_healers: found} = await examined({
      url: `http://127.0.0.1:${await freePort()}/`,
      options: {pidFile: pidFileOf('kept.pid', Number(line)), restart: ['true']},
      machine: {cgroups: () => '0::/\n'},
    });
    expect(found?.seen).toContain(`supervisord (pid ${parent.pid})`);
    expect(found?.next).toBe('supervisorctl stop NAME');
  });
});

function pidFileOf(name: string, pid: number): string {
  const path = join(home.path, name);
  writeFileSync(path, `${pid}\n`, {mode: 0o644});
  return path;
}

async function started(child: ChildProcess): Promise<ChildProcess> {
  onCleanup(() => void signal(child.pid ?? -1, 'SIGKILL'));
  await within('it is there', firstLine(child, 'a program'));
  return child;
}

async function listening(server: Server, host: string): Promise<number> {
  server.listen(0, host);
  onCleanup(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
