import {afterEach, describe, expect, test} from 'vitest';
import {requestLocally} from '../../../source/io/socket/local-request.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {PATIENCE_MS, until} from '../../helpers/until.ts';
import {targetsOf} from '../../../source/core/targets.ts';
import {served, target} from './served.ts';

afterEach(cleanUp);

describe('restart', () => {
  test('answers when the outcome is known: healthy', async () => {
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

  test('failed, with the reason', async () => {
    const {ask} = await served(['web'], () => ({kind: 'failed', detail: 'systemctl: exit code 5'}));
    expect(await ask('/v1/restart', {target: 'web'})).toMatchObject({
      status: 502,
      answer: {ok: false, message: 'web: restart failed: systemctl: exit code 5'},
    });
  });

  test('refused, with the reason', async () => {
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
      answer: {message: 'web: no restart: a fix is already running'},
    });
  });

  test('unknown, because the target was paused or removed, or agent2 ended', async () => {
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
      'web: restarted; paused before a check showed whether it is healthy',
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
        message: 'db: restarted; no longer watched, because the config changed meanwhile',
      },
    });
    await api.ask('/v1/resume');
    await until('it is well', () => target(api)?.repair.step === 'idle');
    const ended = begun('web');
    await until('the fix began', () => target(api)?.repair.step === 'fixing');
    await api.monitor.close();
    expect(await ended).toMatchObject({status: 503, answer: {ok: false}});
  });

  test('leaves nothing behind when the client disconnects', async () => {
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
