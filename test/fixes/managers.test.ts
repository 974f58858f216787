import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import type {FixDefinition, FixSetup} from '../../source/contracts/fix.ts';
import {render} from '../../source/core/text/say.ts';
import {definition as docker} from '../../source/fixes/docker.ts';
import {definition as pm2} from '../../source/fixes/pm2.ts';
import {definition as supervisor} from '../../source/fixes/supervisor.ts';
import {definition as systemd} from '../../source/fixes/systemd.ts';
import {catalogue} from '../../source/languages/zh.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {context, request, setup} from '../helpers/fix.ts';
import {root} from '../helpers/root.ts';
import {until} from '../helpers/until.ts';

let directory: string;

beforeEach(() => {
  directory = temporaryDirectory();
  vi.stubEnv('FAKE_DIR', directory);
  vi.stubEnv('PATH', `${join(root, 'test/fixtures/bin')}${delimiter}${process.env['PATH']}`);
  vi.stubEnv('XDG_RUNTIME_DIR', '/run/user/7');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await cleanUp();
});

function restart<Options>(
  definition: FixDefinition<Options>,
  options: Options,
  trouble?: string,
  fixSetup: FixSetup = setup(),
) {
  if (trouble !== undefined) writeFileSync(join(directory, 'trouble'), trouble);
  return definition.create(options, fixSetup).restart(request, context());
}

function calls(): readonly string[] {
  return readFileSync(join(directory, 'calls'), 'utf8').trim().split('\n');
}

describe('the fix by systemd', () => {
  test('restarts the unit without ever asking for a password', async () => {
    expect(await restart(systemd, {unit: 'web.service'})).toEqual({
      kind: 'done',
      detail: 'systemctl restarted web.service',
    });
    expect(calls()).toEqual([
      'systemctl --no-ask-password show --property=Result -- web.service (cause crashed, runtime /run/user/7)',
      'systemctl --no-ask-password restart -- web.service (cause crashed, runtime /run/user/7)',
    ]);
  });

  test("finds the user's own manager also where nothing names its bus", async () => {
    vi.stubEnv('XDG_RUNTIME_DIR', undefined);
    await restart(systemd, {unit: 'web.service', user: true});
    expect(calls()[1]).toBe(
      `systemctl --user --no-ask-password restart -- web.service (cause crashed, runtime /run/user/${process.getuid?.()})`,
    );
  });

  test('forgives a unit that systemd gave up on', async () => {
    expect(await restart(systemd, {unit: 'web.service'}, 'start-limit')).toEqual({
      kind: 'done',
      detail: 'its start limit was reached and is reset; systemctl restarted web.service',
    });
    expect(calls()[1]).toContain('reset-failed -- web.service');
  });

  test.each([
    [
      'not-found',
      "systemctl exited with code 5: Failed to restart web.service: Unit web.service not found; try: systemctl list-units --all; a user's own unit needs user: true (--unit user:web)",
    ],
    [
      'masked',
      'systemctl exited with code 1: Failed to restart web.service: Unit web.service is masked; try: systemctl unmask web.service',
    ],
    [
      'authentication',
      "systemctl exited with code 1: Failed to restart web.service: Interactive authentication required; run agent2 as root, allow it by polkit, or, where it is a user's own unit, use user: true (--unit user:web)",
    ],
    [
      'access',
      "systemctl exited with code 4: Failed to restart web.service: Access denied; run agent2 as root, allow it by polkit, or, where it is a user's own unit, use user: true (--unit user:web)",
    ],
    [
      'no-bus',
      'systemctl exited with code 1: Failed to connect to bus: No medium found; the system bus does not answer; is systemd the init of this machine?',
    ],
    [
      'no-systemd',
      "systemctl exited with code 1: System has not been booted with systemd as init system (PID 1). Can't operate; systemd is not the init of this machine; use another kind of fix, e.g. --restart CMD",
    ],
    [
      'exit-code',
      'systemctl exited with code 1: Job for web.service failed because the control process exited with error code; it is failed (failed), result exit-code 3: journalctl -u web.service',
    ],
  ])('says what systemctl said and what to do: %s', async (trouble, detail) => {
    expect(await restart(systemd, {unit: 'web.service'}, trouble)).toEqual({
      kind: 'failed',
      detail,
    });
  });

  test('that takes too long says that systemd goes on', async () => {
    expect(await restart(systemd, {unit: 'web.service', timeoutMs: 200}, 'slow')).toEqual({
      kind: 'failed',
      detail:
        'systemctl did not end within 200 ms and was stopped; systemd goes on with it; where the unit takes its time to stop (TimeoutStopSec), give the fix a longer timeout',
    });
  });

  test('that is cancelled ends its systemctl', async () => {
    writeFileSync(join(directory, 'trouble'), 'slow');
    const {controller, ...rest} = context();
    const outcome = systemd.create({unit: 'web.service'}, setup()).restart(request, rest);
    await until('it waits', () => existsSync(join(directory, 'calls')) && calls().length === 2);
    controller.abort();
    expect(await outcome).toEqual({kind: 'failed', detail: 'systemctl was cancelled'});
  });

  test('on a machine without systemd says so', async () => {
    vi.stubEnv('PATH', directory);
    expect(await restart(systemd, {unit: 'web.service'})).toEqual({
      kind: 'failed',
      detail:
        'command not found: systemctl; is systemd the init of this machine? If not, use another kind of fix, e.g. --restart CMD',
    });
  });

  test('hears from the real systemctl that this machine was not booted by it', async ctx => {
    vi.unstubAllEnvs();
    if (existsSync('/run/systemd/system')) ctx.skip('this machine was booted by systemd');
    const outcome = await restart(systemd, {unit: 'agent2-test-no-such-unit.service'});
    if (render(outcome.detail).startsWith('command not found')) ctx.skip('there is no systemctl');
    expect(render(outcome.detail)).toContain('systemd is not the init of this machine');
  });
});

describe('the fix by docker', () => {
  test('restarts the container and gives it the stop timeout', async () => {
    expect(
      await restart(docker, {container: 'web'}, undefined, {...setup(), stopTimeoutMs: 2_500}),
    ).toEqual({kind: 'done', detail: 'docker restarted web'});
    expect(await restart(docker, {container: 'web', command: 'podman'})).toEqual({
      kind: 'done',
      detail: 'podman restarted web',
    });
    expect(calls()).toEqual([
      'docker restart -t 3 -- web (cause crashed)',
      'podman restart -t 2 -- web (cause crashed)',
    ]);
  });

  test.each([
    [
      'not-found',
      'docker',
      'docker exited with code 1: Error response from daemon: No such container: web; try: docker ps --all',
    ],
    [
      'not-found',
      'podman',
      'podman exited with code 125: Error: no container with name or ID "web" found: no such container; try: podman ps --all',
    ],
    [
      'no-daemon',
      'docker',
      'docker exited with code 1: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?; try: docker info',
    ],
    ['denied', 'docker', 'run agent2 as root, or as a member of the group docker'],
  ])('says what is wrong and what to do: %s (%s)', async (trouble, command, detail) => {
    expect(await restart(docker, {container: 'web', command}, trouble)).toEqual({
      kind: 'failed',
      detail: expect.stringContaining(detail) as string,
    });
  });

  test('hears from the real docker that there is no daemon', async ctx => {
    vi.unstubAllEnvs();
    vi.stubEnv('DOCKER_HOST', `unix://${directory}/docker.sock`);
    const outcome = await restart(docker, {container: 'web'});
    if (render(outcome.detail).startsWith('command not found')) ctx.skip('there is no docker');
    expect(outcome).toEqual({
      kind: 'failed',
      detail: expect.stringMatching(
        /^docker exited with code 1: .*Cannot connect to the Docker daemon.*; try: docker info$/i,
      ) as string,
    });
  });
});

describe('the fix by supervisor, where supervisorctl exits with 0 whatever happened', () => {
  test.each([
    ['stopped', {kind: 'done', detail: 'supervisor restarted web'}],
    [
      'not-found',
      {
        kind: 'failed',
        detail: 'supervisorctl says web: ERROR (no such process); try: supervisorctl status',
      },
    ],
    [
      'spawn',
      {
        kind: 'failed',
        detail: 'supervisorctl says web: ERROR (spawn error); try: supervisorctl tail web stderr',
      },
    ],
    [
      'gone',
      {
        kind: 'failed',
        detail:
          'supervisorctl says unix:///var/run/supervisor.sock no such file; is supervisord running? Where its config file is elsewhere, say config: FILE',
      },
    ],
    [
      'authentication',
      {
        kind: 'failed',
        detail:
          'supervisorctl says Server requires authentication; put username and password into the [supervisorctl] part of its config file',
      },
    ],
    [
      'denied',
      {
        kind: 'failed',
        detail: expect.stringContaining(
          'run agent2 as a user who may write to the socket of supervisord',
        ) as string,
      },
    ],
  ])('reads its words: %s', async (trouble, outcome) => {
    expect(await restart(supervisor, {program: 'web'}, trouble)).toEqual(outcome);
  });
});

test('the fixes by pm2 and supervisor say where their program is looked for when it is missing', async () => {
  vi.stubEnv('PATH', directory);
  expect(await restart(pm2, {process: 'web'})).toEqual({
    kind: 'failed',
    detail:
      'command not found: pm2; put the directory of pm2 into the PATH that agent2 is started with',
  });
  expect(await restart(supervisor, {program: 'web'})).toMatchObject({
    kind: 'failed',
    detail: expect.stringContaining(
      'command not found: supervisorctl; put the directory',
    ) as string,
  });
});

test('what is to be done about a failure is said in every language, though the failure is told in other words there', async () => {
  vi.stubEnv('PATH', directory);
  const {kind, detail} = await restart(pm2, {process: 'web'});
  expect(kind).toBe('failed');
  expect(render(detail, catalogue)).toBe(
    '找不到命令：pm2；请把 pm2 所在目录加入启动 agent2 时的 PATH',
  );
});
