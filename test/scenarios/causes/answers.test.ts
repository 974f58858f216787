import {afterAll, describe, expect, test, vi} from 'vitest';
import type {Diagnosis} from '../../helpers/cause.ts';
import {diagnosed, lookedAgain, openScene, restarted, statusSays} from '../../helpers/cause.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {isAlive, signal} from '../../helpers/processes.ts';
import {startProgram} from '../../fixtures/services/start.ts';

// Many at once, on a machine that may be busy.
vi.setConfig({testTimeout: 180_000});
afterAll(cleanUp);

/** How `answers.mjs` misbehaves, and what agent2 makes of it. */
const ILLNESSES: ReadonlyArray<
  Diagnosis & {readonly is: string; readonly illness: string; readonly lateMs?: number}
> = [
  {
    is: 'takes the connection and never answers',
    illness: '/never',
    cause: 'hung',
    fault: 'response_timeout',
    sentence: /GET \/health: no response within 1\.5 s \(connected in [\d.]+ ms\)/,
  },
  {
    is: 'answers a byte at a time',
    illness: '/trickle',
    cause: 'hung',
    fault: 'response_timeout',
    sentence:
      /GET \/health: answered 200, but the body did not end within 1\.5 s \(\d+ bytes so far\)/,
  },
  {
    is: 'answers 500',
    illness: '/500',
    cause: 'erroring',
    fault: 'status_unexpected',
    sentence: /GET \/health: status 500, expected 200-399/,
  },
  {
    is: 'blames its database in JSON',
    illness: '/down',
    cause: 'elsewhere',
    fault: 'body_unexpected',
    sentence: /GET \/health: status is degraded, expected ok; failing: db \(DOWN\)/,
  },
  {
    is: 'answers HTML where JSON is wanted',
    illness: '/html',
    cause: 'unhealthy',
    fault: 'body_invalid',
    sentence: /GET \/health: the body is not JSON, it starts with <!doctype html>/,
  },
  {
    is: 'breaks off in the body',
    illness: '/truncated',
    cause: 'erroring',
    fault: 'response_truncated',
    sentence: /GET \/health: the response ended early \(.+\)/,
  },
  {
    is: 'resets the connection',
    illness: '/reset',
    cause: 'erroring',
    fault: 'connection_reset',
    sentence: /GET \/health: 127\.0\.0\.1:\d+ closed the connection without an answer \(.+\)/,
  },
  {
    is: 'speaks something else than HTTP',
    illness: '/garbage',
    cause: 'erroring',
    fault: 'response_truncated',
    sentence: /GET \/health: the answer is not HTTP/,
  },
  {
    is: 'stops listening',
    illness: 'closes',
    cause: 'not_listening',
    fault: 'connect_refused',
    sentence: /GET \/health: connection refused by 127\.0\.0\.1:\d+/,
  },
  {
    is: 'fails and takes two seconds to listen anew',
    illness: '/500',
    lateMs: 2_000,
    cause: 'erroring',
    fault: 'status_unexpected',
    sentence: /GET \/health: status 500/,
  },
];

describe('a service is restarted, once, and the cause is told, when it', () => {
  test.concurrent.each(ILLNESSES)('$is', async ({illness, lateMs = 0, ...diagnosis}) => {
    const scene = openScene();
    const {pid, line: port} = await startProgram('answers.mjs', ['0', illness, scene.pidFile]);
    const agent2 = await scene.watch([
      `http://127.0.0.1:${port}/health`,
      '--expect',
      'status=ok',
      ...scene.healedBy('answers.mjs', port, '', scene.pidFile, String(lateMs)),
    ]);
    signal(pid, 'SIGUSR2');
    await diagnosed(scene, agent2, diagnosis);
    await restarted(scene, agent2, diagnosis.cause, pid);
    // The answer that proves the fix may come before the look that sees the new process.
    await statusSays(scene, agent2, ({process}) => process?.pid === scene.pid());
  });
});

/** Answers that reject the question of a service that was good. */
const REJECTIONS: ReadonlyArray<Omit<Diagnosis, 'cause'> & {readonly illness: string}> = [
  {
    illness: '/404',
    fault: 'status_unexpected',
    sentence: /GET \/health: status 404, expected 200-399/,
  },
  {
    illness: '/loop',
    fault: 'status_unexpected',
    sentence: /GET \/health: too many redirects, the last with 302/,
  },
  {
    illness: '/gib',
    fault: 'response_too_large',
    sentence: /GET \/health: the body is larger than 65536 bytes, too large to be checked/,
  },
  {
    illness: '/bomb',
    fault: 'response_too_large',
    sentence: /GET \/health: the body is larger than 65536 bytes, too large to be checked/,
  },
];

describe('a service is told to refuse, and left alone, when it was good and answers like', () => {
  test.concurrent.each(REJECTIONS)('$illness', async ({illness, fault, sentence}) => {
    const scene = openScene();
    const {pid, line: port} = await startProgram('answers.mjs', ['0', illness, scene.pidFile]);
    const agent2 = await scene.watch([
      `http://127.0.0.1:${port}/health`,
      '--expect',
      'status=ok',
      '--log-level',
      'debug',
      ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
    ]);
    signal(pid, 'SIGUSR2');
    await agent2.waitForLine(
      new RegExp(` ERROR - \\S+: down: refused: ${sentence.source}; not restarted: it answers`),
    );
    await lookedAgain(agent2);
    expect(scene.target()).toMatchObject({
      cause: 'refused',
      health_status: 'down',
      faults: [{kind: fault}],
      fixes: [],
    });
    expect([scene.facts(), isAlive(pid)]).toEqual([[], true]);
  });
});

test.concurrent(
  'a wrong path is told from the first check on, and the service is left alone',
  async () => {
    const scene = openScene();
    const {pid, line: port} = await startProgram('answers.mjs', ['0', '', scene.pidFile]);
    const agent2 = await scene.watch(
      [
        `http://127.0.0.1:${port}/404`,
        '--log-level',
        'debug',
        ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
      ],
      {
        waitFor:
          / down: probe_wrong: GET \/404: status 404, expected 200-399; \/api\/health answers there with 200; not restarted: /,
      },
    );
    await lookedAgain(agent2);
    expect(scene.target()).toMatchObject({cause: 'probe_wrong', health_status: 'down', fixes: []});
    expect([scene.facts(), isAlive(pid)]).toEqual([[], true]);
  },
);

test.concurrent(
  'a service that answers correctly but slowly is warned about, once, and left alone',
  async () => {
    const scene = openScene();
    const {pid, line: port} = await startProgram('answers.mjs', ['0', '/slow', scene.pidFile]);
    const agent2 = await scene.watch([
      `http://127.0.0.1:${port}/health`,
      '--timeout',
      '3s',
      '--slow',
      '600ms',
      '--log-level',
      'debug',
      ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
    ]);
    signal(pid, 'SIGUSR2');
    await agent2.waitForLine(/ WARNING - \S+: slow: answered in \d+ ms, slow from 600 ms/);
    await lookedAgain(agent2, 3);
    expect(scene.target()).toMatchObject({
      health_status: 'warn',
      cause: null,
      fixes: [{cause: 'slow', action: 'none', result: 'warning_logged'}],
    });
    expect(agent2.stdout().match(/ slow: /g)).toHaveLength(1);
    expect([scene.facts(), isAlive(pid)]).toEqual([[], true]);
  },
);
