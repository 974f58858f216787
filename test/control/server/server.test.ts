import type {Text} from '../../../source/core/model/text.ts';
import {execFile, spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {readMonitorStatus} from '../../../source/documents/monitor-status.ts';
import {requestLocally} from '../../../source/io/socket/local-request.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {liveMonitor, serveMonitor, type ServedMonitor} from '../../helpers/control.ts';
import {PATIENCE_MS, until} from '../../helpers/until.ts';
import {targetsOf} from '../../../source/core/targets.ts';
import {render} from '../../../source/core/text/say.ts';

afterEach(cleanUp);

async function served(
  names: readonly string[] = ['web', 'db'],
  outcome?: Parameters<typeof liveMonitor>[1],
) {
  const monitor = liveMonitor(names, outcome);
  await until(
    'the first is well',
    () => targetsOf(monitor.getSnapshot())[0]?.health.level === 'ok',
  );
  return {monitor, ...(await serveMonitor(monitor))};
}

const target = ({monitor}: {monitor: ReturnType<typeof liveMonitor>}, name = 'web') =>
  targetsOf(monitor.getSnapshot()).find(({settings}) => settings.name === name);

describe('a question that is refused', () => {
  test.each<[string, string, unknown, number, string]>([
    [
      'an unknown target',
      '/v1/pause',
      {target: 'wbe'},
      404,
      "nothing called 'wbe' is watched; there is web, db; did you mean web?",
    ],
    [
      'an unknown field',
      '/v1/preset',
      {nmae: 'prod'},
      400,
      "there is no field 'nmae'; there is name, target; did you mean name?",
    ],
    [
      'a field of another route',
      '/v1/resume',
      {for: '30m'},
      400,
      "there is no field 'for'; there is target",
    ],
    ['a wrong type', '/v1/pause', {for: 30}, 400, `'for' has to be a string, e.g. {"for":"30m"}`],
    [
      'a list',
      '/v1/pause',
      [],
      400,
      'the body is no JSON object; wanted is e.g. {"target":"web","for":"30m"}',
    ],
    [
      'the prototype',
      '/v1/pause',
      JSON.parse('{"__proto__":{}}'),
      400,
      "there is no field '__proto__'; there is target, for",
    ],
    [
      'a bad duration',
      '/v1/pause',
      {for: 'soon'},
      400,
      "for 'soon' is no usable duration; allowed is 1s to 30d, e.g. 30m or 1h30m; without it the pause has no end",
    ],
    [
      'a pause of years',
      '/v1/pause',
      {for: '31d'},
      400,
      "for '31d' is no usable duration; allowed is 1s to 30d, e.g. 30m or 1h30m; without it the pause has no end",
    ],
    [
      'an unknown preset',
      '/v1/preset',
      {name: 'prd'},
      400,
      "there is no preset 'prd'; there is dev, test, prod, high-load, low-latency, unstable-network; did you mean prod?",
    ],
    [
      'no preset',
      '/v1/preset',
      {},
      400,
      'which preset? there is dev, test, prod, high-load, low-latency, unstable-network, e.g. {"name":"prod"}',
    ],
    [
      'one of several',
      '/v1/restart',
      {},
      400,
      'there are several: web, db; say which one to restart, e.g. web',
    ],
    [
      'no command',
      '/v1/request',
      {type: 'stopped', target: 'web'},
      400,
      "'stopped' is no command; there is restart-requested, paused, resumed, observing, preset",
    ],
    [
      'a command that is not theirs',
      '/v1/request',
      {type: 'restart-requested', target: 'web', by: 'signal-file'},
      400,
      'a restart is asked for by the user: "by":"user"',
    ],
    [
      'a command without what it needs',
      '/v1/request',
      {type: 'observing', target: 'web'},
      400,
      'observing needs "on": true or false',
    ],
    [
      'a command with what it has not',
      '/v1/request',
      {type: 'resumed', target: 'web', untilAt: 1},
      400,
      "there is no field 'untilAt'; there is ",
    ],
    [
      'a pause that is over',
      '/v1/request',
      {type: 'paused', target: 'web', untilAt: 1},
      400,
      'untilAt has to be a time to come, at most 30 days from now, in epoch milliseconds',
    ],
    [
      'a command for nobody',
      '/v1/request',
      {type: 'paused'},
      404,
      "nothing called '' is watched; there is web, db",
    ],
    [
      'nowhere',
      '/v1/restrat',
      {},
      404,
      'there is no /v1/restrat; there is /v1/status, /v1/events, /v1/attach, /v1/request, /v1/restart, /v1/pause, /v1/resume, /v1/maintain, /v1/preset; did you mean /v1/restart?',
    ],
    ['the wrong way', '/v1/status', {}, 405, '/v1/status is asked for with GET, not POST'],
    ['too much', '/v1/pause', {target: 'x'.repeat(20_000)}, 413, 'the body is too long'],
  ])('%s: says what is allowed', async (_, path, body, status, message) => {
    const {monitor, ask} = await served();
    const before = targetsOf(monitor.getSnapshot()).map(
      ({paused, preset, observing, fixCount}) => ({
        paused,
        preset,
        observing,
        fixCount,
      }),
    );
    const asked = await ask(path, body);
    expect(asked).toMatchObject({status, answer: {ok: false, message}});
    expect(render(asked.answer.message_data as Text)).toBe(message);
    expect(targetsOf(monitor.getSnapshot())).toMatchObject(before);
  });
});

describe('pause, resume and preset', () => {
  test('say of each target what happened to it', async () => {
    const api = await served();
    expect((await api.ask('/v1/pause', {target: 'web'})).answer.message).toBe(
      'web: paused until it is resumed',
    );
    const {answer} = await api.ask('/v1/pause', {for: '30m'});
    expect(answer.message).toMatch(
      /^web: was already paused, now until (\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d \(30 min\); db: paused until .* \(30 min\)$/,
    );
    expect(answer.targets).toMatchObject([
      {
        name: 'web',
        status: 'paused',
        paused_until: expect.stringMatching(/\+00:00$/) as string,
        why: 'paused for 30 min more; agent2 resume web ends it',
      },
      {name: 'db', status: 'paused'},
    ]);
    expect(target(api)?.pausedUntil).toBeGreaterThan(api.monitor.now() + 1_790_000);
    expect((await api.ask('/v1/resume', {target: 'db'})).answer.message).toBe('db: resumed');
    expect((await api.ask('/v1/resume')).answer).toMatchObject({
      ok: true,
      message: 'web: resumed; db: was not paused',
      targets: [{status: 'monitoring', paused_until: null}, {}],
    });
    expect((await api.ask('/v1/preset', {name: 'prod', target: 'db'})).answer.message).toBe(
      'db: preset dev -> prod',
    );
    expect((await api.ask('/v1/preset', {name: 'prod'})).answer.message).toBe(
      'web: preset dev -> prod; db: preset is prod already',
    );
    expect(target(api)?.policy.intervalMs).toBe(10_000);
    await api.monitor.close();
    expect(await api.ask('/v1/pause')).toMatchObject({
      status: 503,
      answer: {ok: false, message: 'agent2 is ending; nothing is changed any more'},
    });
  });

  test('are done also for an attached screen, command by command', async () => {
    const api = await served(['web']);
    for (const command of [
      {type: 'observing', on: true},
      {type: 'preset', name: 'test'},
      {type: 'paused', untilAt: Math.round(api.monitor.now()) + 60_000},
    ]) {
      expect(await api.ask('/v1/request', {target: 'web', ...command})).toMatchObject({
        status: 200,
        answer: {ok: true},
      });
    }
    expect(target(api)).toMatchObject({
      observing: true,
      preset: 'test',
      paused: true,
      pausedUntil: expect.any(Number) as number,
    });
    await api.ask('/v1/request', {type: 'resumed', target: 'web'});
    await api.ask('/v1/request', {type: 'restart-requested', target: 'web', by: 'user'});
    expect(target(api)).toMatchObject({paused: false, fixCount: 1});
  });
});

describe('restart', () => {
  test('answers when the outcome is known: that it is well', async () => {
    const {ask} = await served(['web']);
    expect(await ask('/v1/restart')).toMatchObject({
      status: 200,
      answer: {
        ok: true,
        message: expect.stringMatching(/^web: restarted, healthy after [\d.]+ m?s$/) as string,
        targets: [{name: 'web', status: 'monitoring'}],
      },
    });
  });

  test('that it failed, and why', async () => {
    const {ask} = await served(['web'], () => ({kind: 'failed', detail: 'systemctl: exit code 5'}));
    expect(await ask('/v1/restart', {target: 'web'})).toMatchObject({
      status: 502,
      answer: {ok: false, message: 'web: restart failed: systemctl: exit code 5'},
    });
  });

  test('that there was none, and why', async () => {
    const api = await served(['web'], () => undefined);
    await api.ask('/v1/pause');
    expect(await api.ask('/v1/restart')).toMatchObject({
      status: 409,
      answer: {ok: false, message: 'web: no restart: paused; resume first'},
    });
    await api.ask('/v1/resume');
    expect(await api.ask('/v1/restart', {wait: false})).toMatchObject({
      status: 202,
      answer: {ok: true, message: 'web: restart begun', targets: [{status: 'fixing'}]},
    });
    expect(await api.ask('/v1/restart')).toMatchObject({
      status: 409,
      answer: {message: 'web: no restart: a fix is under way already'},
    });
  });

  test('that nobody will know: paused, ended or gone from the config meanwhile', async () => {
    const api = await served(['web', 'db'], () => undefined);
    const finish = (name: string) =>
      api.monitor.dispatch({
        type: 'fix-finished',
        at: api.monitor.now(),
        target: name,
        attempt: target(api, name)?.fixCount ?? 0,
        outcome: {kind: 'done', detail: 'done'},
      });
    const begun = async (name: string) => {
      const answer = api.ask('/v1/restart', {target: name});
      await until('the fix began', () => target(api, name)?.repair.step === 'fixing');
      return answer;
    };
    const paused = begun('web');
    await until('the fix began', () => target(api)?.repair.step === 'fixing');
    await api.ask('/v1/pause', {target: 'web'});
    finish('web');
    expect((await paused).answer.message).toBe(
      'web: restarted; paused before anybody saw whether it is healthy',
    );
    const gone = begun('db');
    await until('the fix began', () => target(api, 'db')?.repair.step === 'fixing');
    const [web] = targetsOf(api.monitor.getSnapshot());
    if (!web) throw new Error('web is gone');
    api.monitor.dispatch({
      type: 'reconfigured',
      at: api.monitor.now(),
      targets: [{settings: web.settings, preset: 'dev', observing: false}],
    });
    expect(await gone).toMatchObject({
      status: 409,
      answer: {
        ok: false,
        message: 'db: restarted, and watched no longer: the config changed meanwhile',
      },
    });
    await api.ask('/v1/resume');
    await until('it is well', () => target(api)?.repair.step === 'idle');
    const ended = begun('web');
    await until('the fix began', () => target(api)?.repair.step === 'fixing');
    await api.monitor.close();
    expect(await ended).toMatchObject({status: 503, answer: {ok: false}});
  });

  test('leaves nothing behind when whoever waits goes away', async () => {
    const api = await served(['web'], () => undefined);
    let listeners = 0;
    const {subscribe} = api.monitor;
    api.monitor.subscribe = listener => {
      const stop = subscribe(listener);
      listeners += 1;
      return () => {
        listeners -= 1;
        stop();
      };
    };
    const gone = new AbortController();
    const asked = requestLocally({
      socketPath: api.socketPath,
      method: 'POST',
      host: 'agent2',
      path: '/v1/restart',
      body: {},
      deadlineMs: PATIENCE_MS,
      signal: gone.signal,
    });
    await until('it waits', () => listeners === 1);
    gone.abort();
    expect(await asked).toEqual({kind: 'aborted'});
    await until('nobody listens', () => listeners === 0);
    expect(target(api)?.repair.step).toBe('fixing');
  });
});

describe('the status', () => {
  test('is the document of the status file', async () => {
    const {ask} = await served();
    const {answer} = await ask('/v1/status', undefined, 'GET');
    expect(
      readMonitorStatus(JSON.stringify(answer))?.targets.map(
        ({name, health}) => `${name} ${health}`,
      ),
    ).toEqual(['web ok', 'db unknown']);
  });

  test('that cannot be made is a problem and no end of anything, and is over with the next that can', async () => {
    const api = await served(['web']);
    const {getSnapshot} = api.monitor;
    api.monitor.getSnapshot = () => {
      throw new Error('a slip');
    };
    expect(await api.ask('/v1/status', undefined, 'GET')).toMatchObject({
      status: 500,
      answer: {ok: false, message: 'agent2 could not answer: a slip'},
    });
    api.monitor.getSnapshot = getSnapshot;
    expect(await api.ask('/v1/status', undefined, 'GET')).toMatchObject({status: 200});
    expect(api.problems).toEqual(['the control API failed: a slip', undefined]);
  });
});

describe.skipIf(!hasCurl())('curl', () => {
  const curl = ({socketPath}: ServedMonitor, ...args: readonly string[]) =>
    new Promise<string>(resolve => {
      execFile(
        'curl',
        ['-sS', '-m', '30', '--unix-socket', socketPath, '-w', ' %{http_code}', ...args],
        (_, stdout) => resolve(stdout),
      );
    });

  test('is answered, and refused where it stands for a web page or another host', async () => {
    const api = await served(['web']);
    expect(await curl(api, 'http://agent2/v1/status')).toMatch(/"name": "web".* 200$/s);
    expect(await curl(api, '-d', '{"for":"1m"}', 'http://agent2/v1/pause')).toMatch(
      /"message":"web: paused until .* 200$/s,
    );
    expect(await curl(api, '-X', 'POST', 'http://agent2/v1/resume')).toMatch(
      /"message":"web: resumed".* 200$/s,
    );
    expect(await curl(api, 'http://localhost/v1/status')).toMatch(
      /the host has to be agent2.* 403$/s,
    );
    expect(await curl(api, '-H', 'Origin: http://evil.example', 'http://agent2/v1/status')).toMatch(
      /refused \(Origin\).* 403$/s,
    );
    expect(await curl(api, '-i', '-X', 'DELETE', 'http://agent2/v1/restart')).toMatch(
      /^allow: POST\r$.* 405$/ims,
    );
    const large = join(api.home.path, 'large');
    writeFileSync(large, 'x'.repeat(2_000_000));
    expect(await curl(api, '-d', `@${large}`, 'http://agent2/v1/pause')).toMatch(
      /too long.* 413$/s,
    );
  });
});

function hasCurl(): boolean {
  if (spawnSync('curl', ['--version']).status === 0) return true;
  process.stdout.write('skipped: curl is not there\n');
  return false;
}
