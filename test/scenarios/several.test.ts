import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {freePort} from '../helpers/port.ts';
import {isAlive, signal} from '../helpers/processes.ts';
import {agent2 as runAgent2, startAgent2, type RunningProgram} from '../helpers/program.ts';
import {program} from '../fixtures/services/start.ts';
import {readStatus} from '../helpers/status.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

interface Entry {
  readonly name: string;
  readonly port: number;
  readonly more?: object;
}

/** A service of its own for each, which agent2 starts; `fault` is the path under which it can be made ill. */
function write(path: string, entries: readonly Entry[]): void {
  const targets = entries.map(({name, port, more}) => ({
    name,
    url: `http://127.0.0.1:${port}/health`,
    fix: {use: 'child', command: [process.execPath, program('answers.mjs'), String(port)]},
    ...more,
  }));
  writeFileSync(path, JSON.stringify({preset: 'dev', targets}));
}

async function run(
  home: Home,
  entries: readonly Entry[],
): Promise<{readonly agent2: RunningProgram; readonly path: string}> {
  const path = join(home.path, 'agent2.json');
  write(path, entries);
  const agent2 = startAgent2(['run', '--config', path], {env: home.env});
  await until('all are well', () =>
    entries.every(({name}) => targetOf(home, name)?.health_status === 'ok'),
  );
  return {agent2, path};
}

function targetOf(home: Home, name: string) {
  return readStatus(home)?.targets.find(target => target.name === name);
}

function pidOf(home: Home, name: string): number {
  return targetOf(home, name)?.process?.pid ?? -1;
}

test('a changed config is taken over: who is the same goes on, who changed keeps its process, who is new is started and who is gone is stopped', async () => {
  const home = makeHome();
  const [a, b, c, d] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const {agent2, path} = await run(home, [
    {name: 'same', port: a},
    {name: 'changed', port: b},
    {name: 'gone', port: c},
  ]);
  const before = {
    same: pidOf(home, 'same'),
    changed: pidOf(home, 'changed'),
    gone: pidOf(home, 'gone'),
  };
  const checks = targetOf(home, 'same')?.total_checks ?? 0;
  write(path, [
    {name: 'same', port: a},
    {name: 'changed', port: b, more: {interval: '1s'}},
    {name: 'new', port: d},
  ]);
  await agent2.waitForLine('config reloaded: changed changed; new new; removed gone; 1 unchanged');
  await until('the new one is well', () => targetOf(home, 'new')?.health_status === 'ok');
  await until('the one that is gone has ended', () => !isAlive(before.gone));
  await until('the changed one is well', () => targetOf(home, 'changed')?.health_status === 'ok');
  expect([pidOf(home, 'same'), pidOf(home, 'changed')]).toEqual([before.same, before.changed]);
  expect(targetOf(home, 'same')?.total_checks).toBeGreaterThanOrEqual(checks);
  expect(targetOf(home, 'gone')).toBeUndefined();
  expect(agent2.stdout()).not.toMatch(/ (WARNING|ERROR) - /);
  await agent2.stop();
  for (const pid of [before.same, before.changed]) expect(isAlive(pid)).toBe(false);
});

test('a bad edit of the config changes nothing and says where it is wrong; the next good one is taken', async () => {
  const home = makeHome();
  const port = await freePort();
  const {agent2, path} = await run(home, [{name: 'web', port}]);
  const pid = pidOf(home, 'web');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"name"', '"intervall":"3s","name"'));
  await agent2.waitForLine(
    /agent2\.json:\d+:\d+: targets\[0\] has no key intervall.*did you mean interval\?; the old config stays in use/,
  );
  write(path, [{name: 'web', port, more: {slow: '2s'}}]);
  await agent2.waitForLine('config reloaded: changed web');
  const seen = () => {
    const now = pidOf(home, 'web');
    return now > 0 && now;
  };
  expect(await until('it is looked at again', seen)).toBe(pid);
  expect(targetOf(home, 'web')?.fixes).toEqual([]);
});

test('a child that a changed config cannot start is down and says why, until the next edit', async () => {
  const home = makeHome();
  const path = join(home.path, 'agent2.json');
  const watch = (command: string) =>
    writeFileSync(
      path,
      JSON.stringify({
        preset: 'dev',
        targets: [{name: 'worker', fix: {use: 'child', command: [command, '60']}}],
      }),
    );
  watch('sleep');
  const agent2 = startAgent2(['run', '--config', path], {env: home.env});
  await agent2.waitForLine('healthy at first sight');
  watch('sleeep');
  await agent2.waitForLine(
    /ERROR - worker: down: crashed: cannot start sleeep: command not found: sleeep/,
  );
  await until('the status says so', () => targetOf(home, 'worker')?.health_status === 'down');
  watch('sleep');
  await agent2.waitForLine(/worker: (recovered|fine again)/);
});

test('a child whose program is missing at the start is down, and keeps the others from nothing', async () => {
  const home = makeHome();
  const path = join(home.path, 'agent2.json');
  const child = (name: string, command: string) => ({
    name,
    fix: {use: 'child', command: [command, '60']},
  });
  const targets = [child('missing', 'sleeep'), child('worker', 'sleep')];
  writeFileSync(path, JSON.stringify({preset: 'dev', targets}));
  const agent2 = startAgent2(['run', '--config', path], {env: home.env});
  await agent2.waitForLine('worker: healthy at first sight');
  await agent2.waitForLine(
    /missing: down: crashed: cannot start sleeep: command not found: sleeep/,
  );
  expect((await agent2.stop()).code).toBe(0);
});

test('who leaves the config and comes back is remembered as it left, not as it was when agent2 began', async () => {
  const home = makeHome();
  const path = join(home.path, 'agent2.json');
  const incident = {
    number: 1,
    startedAt: Date.now() - 60_000,
    faults: [],
    down: true,
    fixes: 0,
    held: [],
    deferred: false,
  };
  mkdirSync(join(home.stateDir, 'run'), {recursive: true});
  writeFileSync(
    join(home.stateDir, 'run', 'memory.json'),
    JSON.stringify({
      version: 1,
      targets: {
        worker: {
          fixes: [],
          attempts: 0,
          attemptTimes: [],
          incident,
          incidentCount: 0,
          incidents: [],
          ledger: {},
        },
      },
    }),
  );
  const watch = (...names: readonly string[]) =>
    writeFileSync(
      path,
      JSON.stringify({
        preset: 'dev',
        targets: names.map(name => ({name, fix: {use: 'child', command: ['sleep', '60']}})),
      }),
    );
  watch('worker', 'other');
  const agent2 = startAgent2(['run', '--config', path], {env: home.env});
  await agent2.waitForLine('worker: recovered by itself');
  watch('other');
  await agent2.waitForLine('removed worker');
  watch('worker', 'other');
  await agent2.waitForLine('worker: healthy at first sight');
  expect(agent2.stdout().match(/recovered/g)).toHaveLength(1);
});

test('what depends on another service waits until that one is well, says so, and is not restarted for its trouble', async () => {
  const home = makeHome();
  const [db, web] = [await freePort(), await freePort()];
  // web is as well as db is, and db takes a while to come back.
  const {agent2} = await run(home, [
    {
      name: 'db',
      port: db,
      more: {
        fix: {
          use: 'child',
          command: [
            'sh',
            '-c',
            `[ -e ${home.path}/again ] && sleep 4; touch ${home.path}/again; exec ${process.execPath} ${program('answers.mjs')} ${db}`,
          ],
        },
      },
    },
    {
      name: 'web',
      port: web,
      more: {dependsOn: ['db'], checks: [{name: 'database', tcp: `127.0.0.1:${db}`}]},
    },
  ]);
  const pid = pidOf(home, 'web');
  signal(pidOf(home, 'db'), 'SIGKILL');
  await agent2.waitForLine(
    /web: not restarted: it depends on db, which is not healthy; db comes first/,
  );
  await agent2.waitForLine(/db: recovered/);
  await agent2.waitForLine(/web: (recovered by itself|fine again)/);
  expect(pidOf(home, 'web')).toBe(pid);
  expect(targetOf(home, 'web')?.fixes).toEqual([]);
  await until(
    'the status file has the fix of db',
    () =>
      targetOf(home, 'db')
        ?.fixes.map(({result}) => result)
        .join() === 'success',
  );
});

test('a single check of several says the worst first, whose state its exit code is', async () => {
  const home = makeHome();
  const path = join(home.path, 'agent2.json');
  const targets = [
    {name: 'fine', checks: [{file: home.path}]},
    {name: 'ill', port: await freePort()},
  ];
  writeFileSync(path, JSON.stringify({targets}));
  const {code, stdout} = await runAgent2(['check', '--config', path], {env: home.env});
  expect(stdout).toMatch(/^AGENT2 CRITICAL - ill: .*\nAGENT2 OK - fine: .*\n$/);
  expect(code).toBe(2);
});

test('a child whose target was renamed while agent2 was dead is ended, since nobody watches it any more', async () => {
  const home = makeHome();
  const port = await freePort();
  const {agent2, path} = await run(home, [{name: 'before', port}]);
  const pid = pidOf(home, 'before');
  await agent2.stop('SIGKILL');
  expect(isAlive(pid)).toBe(true);
  write(path, [{name: 'after', port}]);
  const next = startAgent2(['run', '--config', path], {env: home.env});
  await next.waitForLine(
    /a process that an earlier run started for before, which agent2 no longer starts/,
  );
  await until('the renamed one is well', () => targetOf(home, 'after')?.health_status === 'ok');
  expect(isAlive(pid)).toBe(false);
  expect(next.stdout()).not.toMatch(/ (WARNING|ERROR) - /);
});
