import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined, fakeProgram} from '../helpers/doctor.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {startService, type Service} from '../helpers/service.ts';

let home: Home;
let service: Service;

beforeAll(async () => {
  home = makeHome();
  service = await startService(home);
});
afterAll(cleanUp);

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

  test('by a unit that this user may not restart, told only by a clear answer of systemd', async () => {
    const bin = join(home.path, 'bin-no-right');
    fakeProgram(bin, 'systemctl', 'LoadState=loaded\nUnitFileState=enabled');
    writeFileSync(
      join(bin, 'busctl'),
      '#!/bin/sh\necho "Call failed: Interactive authentication required." >&2\nexit 1\n',
      {mode: 0o755},
    );
    const patient = {url: service.url, options: {unit: {unit: 'web.service'}}, bin};
    const asUser = {...patient, machine: {uid: 1000}};
    expect((await examined(asUser)).unit_not_permitted).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('may not restart the unit web.service'),
      next: `agent2 start ${service.url} --restart 'sudo -n systemctl restart web.service'`,
    });
    expect((await examined({...patient, machine: {uid: 0}})).fix?.level).toBe('ok');
    fakeProgram(bin, 'busctl', '');
    expect((await examined(asUser)).fix?.level).toBe('ok');
  });

  test.each([
    [
      'supervisorctl',
      {program: 'web'},
      'supervisor',
      'web: ERROR (no such process)',
      'fix_unknown_to_manager',
      'supervisorctl status',
    ],
    [
      'supervisorctl',
      {program: 'web'},
      'supervisor',
      'unix:///run/supervisor.sock no such file',
      'fix_manager_down',
      'supervisorctl status',
    ],
    [
      'supervisorctl',
      {program: 'web'},
      'supervisor',
      "error: <class 'PermissionError'>, [Errno 13] Permission denied: file: x",
      'fix_not_permitted',
      'supervisorctl status',
    ],
    [
      'supervisorctl',
      {program: 'web'},
      'supervisor',
      'web   RUNNING   pid 42, uptime 0:00:03',
      'fix',
      undefined,
    ],
    [
      'docker',
      {container: 'web'},
      'docker',
      'Error response from daemon: No such container: web',
      'fix_unknown_to_manager',
      'docker ps --all',
    ],
    [
      'docker',
      {container: 'web'},
      'docker',
      'permission denied while trying to connect to the Docker daemon socket',
      'fix_not_permitted',
      'docker info',
    ],
    [
      'docker',
      {container: 'web'},
      'docker',
      'Cannot connect to the Docker daemon at unix:///x.',
      'fix_manager_down',
      'docker info',
    ],
    ['docker', {container: 'web'}, 'docker', '4cf2a1', 'fix', undefined],
  ])('by %s %j %s that answers %j', async (program, options, use, says, id, next) => {
    const bin = join(home.path, `bin-${program}-${id}`);
    fakeProgram(bin, program, says, id === 'fix' ? 0 : 1);
    const fix = {use, options, notFor: [], stopTimeoutMs: 10_000};
    const found = (await examined({url: service.url, spec: {fix}, bin}))[id];
    expect(found).toMatchObject({level: id === 'fix' ? 'ok' : 'fail'});
    expect(found?.next).toBe(next);
  });

  test('by pm2 without a daemon, and by a process that its daemon does not know', async () => {
    const bin = join(home.path, 'bin-pm2');
    const pm2Home = join(home.path, 'pm2-home');
    mkdirSync(pm2Home);
    fakeProgram(bin, 'pm2', '[{"name":"api","pm_id":0,"pm2_env":{"status":"online"}}]');
    const of = (process: string) =>
      examined({
        url: service.url,
        spec: {
          fix: {use: 'pm2', options: {process, home: pm2Home}, notFor: [], stopTimeoutMs: 10_000},
        },
        bin,
      });
    expect((await of('api')).fix_manager_down).toMatchObject({
      level: 'fail',
      next: 'pm2 resurrect',
    });
    writeFileSync(join(pm2Home, 'rpc.sock'), '');
    expect((await of('api')).fix?.level).toBe('ok');
    expect((await of('web')).fix_unknown_to_manager?.next).toBe('pm2 list');
  });

  test('by a unit where systemd is not the init', async () => {
    const bin = join(home.path, 'bin-no-systemd');
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'systemctl'),
      '#!/bin/sh\necho "System has not been booted with systemd as init system (PID 1)." >&2\nexit 1\n',
      {mode: 0o755},
    );
    const patient = {url: service.url, options: {unit: {unit: 'web.service'}}, bin};
    expect((await examined(patient)).systemd_absent).toMatchObject({
      level: 'fail',
      next: `agent2 start ${service.url} --restart 'CMD'`,
    });
    const {systemd_absent: ofConfig} = await examined({...patient, config: '/etc/agent2.yaml'});
    expect(ofConfig?.next).toBe(
      '"${EDITOR:-vi}" /etc/agent2.yaml # fix: {use: command, restart: [CMD]}',
    );
  });

  test('of nothing is told as what observes, with where to say one', async () => {
    const url = service.url;
    expect((await examined({url})).fix_none?.seen).toContain('(--restart CMD, --unit NAME)');
    expect((await examined({url, config: '/etc/agent2.yaml'})).fix_none?.seen).toContain(
      '(no fix in the config file)',
    );
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
    const patient = {spec, stateDir, machine: {now: () => Date.now() + 120_000}};
    expect((await examined(patient)).restart_signal_untaken?.next).toBe(
      "agent2 start --restart 'agentos webui restart'",
    );
    const {restart_signal_untaken: ofConfig} = await examined({...patient, config: '/etc/a.yaml'});
    expect(ofConfig?.next).toContain('# fix: {use: command, restart: [agentos, webui, restart]}');
  });
});
