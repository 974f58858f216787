import type {Text} from '../../../source/core/model/text.ts';
import {afterEach, describe, expect, test} from 'vitest';
import {cleanUp} from '../../helpers/cleanup.ts';
import {targetsOf} from '../../../source/core/targets.ts';
import {render} from '../../../source/core/text/say.ts';
import {served} from './served.ts';

afterEach(cleanUp);

describe('a refused request', () => {
  test.each<[string, string, unknown, number, string]>([
    [
      'an unknown target',
      '/v1/pause',
      {target: 'wbe'},
      404,
      "there is no target 'wbe'; the targets are web, db; did you mean web?",
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
    ['a wrong type', '/v1/pause', {for: 30}, 400, `'for' must be a string, e.g. {"for":"30m"}`],
    [
      'a list',
      '/v1/pause',
      [],
      400,
      'the body is not a JSON object; expected e.g. {"target":"web","for":"30m"}',
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
      "for 'soon' is not a usable duration; allowed: 1s to 30d, e.g. 30m or 1h30m; without it the pause has no end",
    ],
    [
      'a pause of years',
      '/v1/pause',
      {for: '31d'},
      400,
      "for '31d' is not a usable duration; allowed: 1s to 30d, e.g. 30m or 1h30m; without it the pause has no end",
    ],
    [
      'an unknown preset',
      '/v1/preset',
      {name: 'prd'},
      400,
      "there is no preset 'prd'; the presets are dev, test, prod, high-load, low-latency, unstable-network; did you mean prod?",
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
      "there is no command 'stopped'; the commands are restart-requested, paused, resumed, observing, preset",
    ],
    [
      'a command that is not theirs',
      '/v1/request',
      {type: 'restart-requested', target: 'web', by: 'signal-file'},
      400,
      'the user asked for a restart: "by":"user"',
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
      "there is no target ''; the targets are web, db",
    ],
    [
      'nowhere',
      '/v1/restrat',
      {},
      404,
      'there is no /v1/restrat; there is /v1/status, /v1/events, /v1/attach, /v1/request, /v1/restart, /v1/pause, /v1/resume, /v1/maintain, /v1/preset; did you mean /v1/restart?',
    ],
    ['the wrong way', '/v1/status', {}, 405, '/v1/status accepts GET, not POST'],
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
