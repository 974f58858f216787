import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {render} from '../../source/core/text/say.ts';
import {definition} from '../../source/fixes/systemd.ts';
import {fakeManagers} from '../helpers/fake-managers.ts';
import {context, request, setup} from '../helpers/fix.ts';
import {until} from '../helpers/until.ts';

const {calls, directory, restart} = fakeManagers();

describe('the fix by systemd', () => {
  test('restarts the unit without ever asking for a password', async () => {
    expect(await restart(definition, {unit: 'web.service'})).toEqual({
      kind: 'done',
      detail: 'systemctl restarted web.service',
    });
    expect(calls()).toEqual([
      'systemctl --no-ask-password show --property=ActiveState,Result -- web.service (cause crashed, runtime /run/user/7)',
      'systemctl --no-ask-password restart -- web.service (cause crashed, runtime /run/user/7)',
    ]);
  });

  test("finds the user's own manager also where nothing names its bus", async () => {
    vi.stubEnv('XDG_RUNTIME_DIR', undefined);
    await restart(definition, {unit: 'web.service', user: true});
    expect(calls()[1]).toBe(
      `systemctl --user --no-ask-password restart -- web.service (cause crashed, runtime /run/user/${process.getuid?.()})`,
    );
  });

  test('forgives a unit that systemd gave up on', async () => {
    expect(await restart(definition, {unit: 'web.service'}, 'start-limit')).toEqual({
      kind: 'done',
      detail: 'its start limit was reached and has been reset; systemctl restarted web.service',
    });
    expect(calls()[1]).toContain('reset-failed -- web.service');
  });

  test('restarts the service behind a socket unit, since the socket only listens', async () => {
    writeFileSync(join(directory(), 'web.socket.state'), 'Triggers=web.service\n');
    expect(await restart(definition, {unit: 'web.socket'})).toEqual({
      kind: 'done',
      detail: 'systemctl restarted web.service',
    });
    expect(calls().at(-1)).toContain('restart -- web.service');
  });

  test('clears the failure of a unit before its restart, since systemd counts starts of it whatever its last result was', async () => {
    writeFileSync(join(directory(), 'web.service.state'), 'ActiveState=failed\nResult=signal\n');
    expect(await restart(definition, {unit: 'web.service'})).toEqual({
      kind: 'done',
      detail: 'systemctl restarted web.service',
    });
    expect(calls()[1]).toContain('reset-failed -- web.service');
    expect(calls()[2]).toContain('restart -- web.service');
  });

  test('forgives a start limit that only the restart meets, once', async () => {
    writeFileSync(join(directory(), 'web.service.state'), 'ActiveState=active\nResult=success\n');
    expect(await restart(definition, {unit: 'web.service'}, 'start-limit')).toEqual({
      kind: 'done',
      detail: 'its start limit was reached and has been reset; systemctl restarted web.service',
    });
    expect(calls().map(call => call.split(' ')[2])).toEqual([
      'show',
      'restart',
      'reset-failed',
      'restart',
    ]);
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
      "systemctl exited with code 1: Failed to restart web.service: Interactive authentication required; run agent2 as root, allow it with polkit, or, for a user's own unit, use user: true (--unit user:web)",
    ],
    [
      'access',
      "systemctl exited with code 4: Failed to restart web.service: Access denied; run agent2 as root, allow it with polkit, or, for a user's own unit, use user: true (--unit user:web)",
    ],
    [
      'no-bus',
      'systemctl exited with code 1: Failed to connect to bus: No medium found; the system bus does not answer; is systemd the init of this machine?',
    ],
    [
      'no-systemd',
      "systemctl exited with code 1: System has not been booted with systemd as init system (PID 1). Can't operate; systemd is not the init of this machine; use another kind of fix, e.g. --restart CMD (use: command)",
    ],
    [
      'exit-code',
      'systemctl exited with code 1: Job for web.service failed because the control process exited with error code; it is failed (failed), result exit-code 3: journalctl -u web.service',
    ],
  ])('says what systemctl said and what to do: %s', async (trouble, detail) => {
    expect(await restart(definition, {unit: 'web.service'}, trouble)).toEqual({
      kind: 'failed',
      detail,
    });
  });

  test('that takes too long says that systemd goes on', async () => {
    expect(await restart(definition, {unit: 'web.service', timeoutMs: 200}, 'slow')).toEqual({
      kind: 'failed',
      detail:
        'systemctl did not end within 200 ms and was stopped; systemd continues; if the unit needs longer to stop (TimeoutStopSec), give the fix a longer timeout: --restart-timeout 2m, or fix.timeout in the config',
    });
  });

  test('that is cancelled ends its systemctl', async () => {
    writeFileSync(join(directory(), 'trouble'), 'slow');
    const {controller, ...rest} = context();
    const outcome = definition.create({unit: 'web.service'}, setup()).restart(request, rest);
    await until('it waits', () => existsSync(join(directory(), 'calls')) && calls().length === 2);
    controller.abort();
    expect(await outcome).toEqual({kind: 'failed', detail: 'systemctl was cancelled'});
  });

  test('on a machine without systemd says so', async () => {
    vi.stubEnv('PATH', directory());
    expect(await restart(definition, {unit: 'web.service'})).toEqual({
      kind: 'failed',
      detail:
        'command not found: systemctl; is systemd the init of this machine? If not, use another kind of fix, e.g. --restart CMD (use: command)',
    });
  });

  test('hears from the real systemctl that this machine was not booted by it', async ctx => {
    vi.unstubAllEnvs();
    if (existsSync('/run/systemd/system')) ctx.skip('this machine was booted by systemd');
    const outcome = await restart(definition, {unit: 'agent2-test-no-such-unit.service'});
    if (render(outcome.detail).startsWith('command not found')) ctx.skip('there is no systemctl');
    expect(render(outcome.detail)).toContain('systemd is not the init of this machine');
  });
});
