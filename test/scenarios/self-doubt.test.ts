import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {afterAll, expect, test, vi} from 'vitest';
import {program as fixture, startProgram} from '../fixtures/services/start.ts';
import {lookedAgain, openScene, statusSays, type Scene} from '../helpers/cause.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {freePort} from '../helpers/port.ts';
import {processState, signal} from '../helpers/processes.ts';
import type {RunningProgram} from '../helpers/program.ts';
import {until} from '../helpers/until.ts';

// They stand still all at once.
vi.setConfig({testTimeout: 150_000, maxConcurrency: 10});
afterAll(cleanUp);

const STILL_MS = 30_000;

/** agent2 is suspended for 30 s; `meanwhile` happens in the middle of it. */
async function standStill(
  agent2: RunningProgram,
  meanwhile: () => void = () => undefined,
): Promise<void> {
  signal(agent2.pid, 'SIGSTOP');
  await until('agent2 stands still', () => processState(agent2.pid) === 'T');
  await delay(STILL_MS / 2);
  meanwhile();
  await delay(STILL_MS / 2);
  signal(agent2.pid, 'SIGCONT');
}

const SAID =
  /agent2 itself stalled for \S+ m?s(: it observed nothing in that time, and the check does not count| during the check)/;

/** Nothing was held against the target, nothing was done, nothing is counted. */
async function unblamed(scene: Scene, agent2: RunningProgram): Promise<void> {
  await lookedAgain(agent2, 3);
  await statusSays(scene, agent2, ({health_status}) => health_status === 'ok');
  expect(scene.target()).toMatchObject({
    status: 'monitoring',
    consecutive_failures: 0,
    cause: null,
    fixes: [],
  });
  expect(agent2.stdout()).not.toMatch(/ (WARNING|ERROR) - /);
  expect(scene.facts()).toEqual([]);
}

/** A service that was seen well, and agent2 beside it. */
async function watched(
  scene: Scene,
  options: readonly string[] = [],
  env?: Readonly<Record<string, string>>,
) {
  const {pid, line: port} = await startProgram('answers.mjs', ['0', '/slow', scene.pidFile]);
  const agent2 = await scene.watch(
    [
      `http://127.0.0.1:${port}/health`,
      '--timeout',
      '3s',
      '--log-level',
      'debug',
      ...options,
      ...scene.healedBy('answers.mjs', port, '', scene.pidFile),
    ],
    {env},
  );
  return {pid, port, agent2};
}

test.concurrent(
  'thirty seconds in which agent2 was suspended are not held against a healthy service',
  async () => {
    const scene = openScene();
    const {agent2} = await watched(scene);
    await standStill(agent2);
    await agent2.waitForLine(SAID);
    await unblamed(scene, agent2);
  },
);

test.concurrent('a check that was under way when agent2 was suspended does not count', async () => {
  const scene = openScene();
  const {pid, agent2} = await watched(scene, ['--interval', '3s']);
  // Nearly always there is one under way, then: an answer takes 0.9 s, and the next check comes at once.
  signal(pid, 'SIGUSR2');
  await lookedAgain(agent2, 1);
  signal(pid, 'SIGSTOP');
  signal(agent2.pid, 'SIGSTOP');
  await delay(STILL_MS);
  signal(pid, 'SIGCONT');
  signal(agent2.pid, 'SIGCONT');
  await agent2.waitForLine(SAID);
  await unblamed(scene, agent2);
});

test.concurrent(
  'what a service did while agent2 was suspended is over when it is well again',
  async () => {
    const scene = openScene();
    const {pid, agent2} = await watched(scene);
    signal(agent2.pid, 'SIGSTOP');
    await until('agent2 stands still', () => processState(agent2.pid) === 'T');
    signal(pid, 'SIGSTOP');
    await delay(STILL_MS);
    signal(pid, 'SIGCONT');
    signal(agent2.pid, 'SIGCONT');
    await agent2.waitForLine(SAID);
    await unblamed(scene, agent2);
  },
);

test.concurrent(
  'a fix whose time to prove itself passed while agent2 was suspended gets it back',
  async () => {
    const scene = openScene();
    const {pid, line: port} = await startProgram('answers.mjs', ['0', '', scene.pidFile]);
    // It takes longer to listen again than agent2 stands still; its start grace is 15 s.
    const agent2 = await scene.watch([
      `http://127.0.0.1:${port}/health`,
      '--log-level',
      'debug',
      ...scene.healedBy('answers.mjs', port, '', scene.pidFile, String(STILL_MS + 3_000)),
    ]);
    signal(pid, 'SIGKILL');
    await agent2.waitForLine('done; verifying');
    await standStill(agent2);
    await agent2.waitForLine(/inconclusive|stalled/);
    await agent2.waitForLine('recovered: healthy');
    await statusSays(scene, agent2, ({fixes}) => fixes.at(-1)?.result === 'success');
    expect(scene.target()?.fixes).toEqual([expect.objectContaining({result: 'success'})]);
  },
);

test.concurrent('a start grace that passed while agent2 was suspended is given again', async () => {
  const scene = openScene();
  const port = String(await freePort());
  const agent2 = await scene.watch(
    [
      `http://127.0.0.1:${port}/health`,
      '--log-level',
      'debug',
      '--',
      process.execPath,
      fixture('answers.mjs'),
      port,
      '',
      scene.pidFile,
      '6000',
    ],
    {waitFor: /check failed: GET \/health: connection refused|stalled/},
  );
  const pid = await until('the child is known', () => scene.target()?.process?.pid ?? undefined);
  signal(agent2.pid, 'SIGSTOP');
  signal(pid, 'SIGSTOP');
  await delay(STILL_MS);
  signal(pid, 'SIGCONT');
  signal(agent2.pid, 'SIGCONT');
  await agent2.waitForLine('healthy at first sight');
  await unblamed(scene, agent2);
});

test.concurrent('a starved agent2 blames nobody', async () => {
  const scene = openScene();
  const {agent2} = await watched(scene, ['--timeout', '1s']);
  // Between total standstill and a tenth of the processor.
  for (const [still, go] of [
    [100, 10],
    [200, 20],
    [300, 10],
    [400, 20],
    [450, 40],
    [700, 20],
    [950, 40],
  ] as const) {
    for (let times = 0; times < 2_500 / (still + go); times++) {
      signal(agent2.pid, 'SIGSTOP');
      await delay(still);
      signal(agent2.pid, 'SIGCONT');
      await delay(go);
    }
  }
  await unblamed(scene, agent2);
});

test.concurrent.for([3_600, -3_600])(
  'a wall clock that jumps by %d s is told, and nobody is blamed for it',
  async (seconds, ctx) => {
    const library = faketime();
    if (library === undefined) return ctx.skip('libfaketime moves the clock, and is not here');
    const scene = openScene();
    const clock = join(scene.home.path, 'clock');
    writeFileSync(clock, '+0');
    const {agent2} = await watched(scene, [], {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_NO_CACHE: '1',
      DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    });
    await lookedAgain(agent2, 2);
    writeFileSync(clock, seconds < 0 ? String(seconds) : `+${seconds}`);
    await agent2.waitForLine(
      new RegExp(
        `the clock jumped by ${seconds < 0 ? '-' : ''}60 min or the machine slept; running checks do not count`,
      ),
    );
    await unblamed(scene, agent2);
  },
);

/** Debian keeps it below the name of the machine's kind, others do not. */
function faketime(): string | undefined {
  const kinds = existsSync('/usr/lib') ? readdirSync('/usr/lib') : [];
  return [
    ...kinds.map(kind => join('/usr/lib', kind, 'faketime')),
    '/usr/lib/faketime',
    '/usr/lib64/faketime',
  ]
    .map(directory => join(directory, 'libfaketimeMT.so.1'))
    .find(path => existsSync(path));
}
