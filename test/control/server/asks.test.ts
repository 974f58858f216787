import {afterEach, describe, expect, test} from 'vitest';
import {cleanUp} from '../../helpers/cleanup.ts';
import {served, target} from './served.ts';

afterEach(cleanUp);

describe('pause, resume and preset', () => {
  test('answer what happened to each target', async () => {
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
      'web: preset dev -> prod; db: the preset is already prod',
    );
    expect(target(api)?.policy.intervalMs).toBe(10_000);
    await api.monitor.close();
    expect(await api.ask('/v1/pause')).toMatchObject({
      status: 503,
      answer: {ok: false, message: 'agent2 is ending and accepts no more changes'},
    });
  });

  test('are also accepted as commands of an attached screen', async () => {
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
