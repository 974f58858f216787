import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {firstLine} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined, fakeProgram, troubles} from '../helpers/doctor.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {freePort} from '../helpers/port.ts';
import {root} from '../helpers/root.ts';
import {startService, type Service} from '../helpers/service.ts';
import {within} from '../helpers/until.ts';
import {pidFileOf} from './patient.ts';

let home: Home;
let service: Service;

beforeAll(async () => {
  home = makeHome();
  service = await startService(home);
});
afterAll(cleanUp);

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
      options: {pidFile: pidFileOf(home, 'kept.pid', Number(line)), restart: ['true']},
      machine: {cgroups: () => '0::/\n'},
    });
    expect(found?.seen).toContain(`supervisord (pid ${parent.pid})`);
    expect(found?.next).toBe('supervisorctl stop NAME');
  });
});

test('a manager that the restart command itself asks for this service is no second healer', async () => {
  const bin = join(home.path, 'bin-asked');
  fakeProgram(bin, 'systemctl', 'Restart=always\nNRestarts=3\nLoadState=loaded');
  const found = (...restart: readonly string[]) =>
    examined({
      url: service.url,
      options: {pidFile: service.pidFile, restart},
      bin,
      machine: {cgroups: () => '0::/system.slice/web.service\n'},
    });
  expect((await found('systemctl', 'restart', 'web')).healed_by_fix?.level).toBe('ok');
  expect((await found('/usr/bin/systemctl', 'restart', 'web.service')).two_healers).toBeUndefined();
  expect((await found('systemctl', 'restart', 'other')).two_healers?.level).toBe('warn');
  expect((await found('docker', 'restart', 'web')).two_healers?.level).toBe('warn');
});
