import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {conductDrill} from '../../source/commands/drill/conduct.ts';
import {runningSubject} from '../../source/commands/drill/subject.ts';
import {problemsOf} from '../../source/commands/drill/course.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {isAlive, processesNaming, processState} from '../helpers/processes.ts';
import {agent2, startAgent2} from '../helpers/program.ts';
import {startService, type Service} from '../helpers/service.ts';
import {healthIs} from '../helpers/status.ts';
import {until} from '../helpers/until.ts';
import {watchArguments} from '../helpers/watch.ts';
import {targetIn} from '../../source/instances/status.ts';

afterEach(cleanUp);

describe('a drill on the demo', () => {
  test.each([
    ['crash', 'dev', 'crashed', 'restart'],
    ['hang', 'low-latency', 'hung', 'restart'],
    ['error', 'low-latency', 'erroring', 'restart'],
    ['slow', 'low-latency', 'slow', null],
  ])('%s at %s is seen, told and healed', async (drill, preset, cause, action) => {
    const home = makeHome();
    const {stdout, stderr, code} = await agent2(
      ['drill', drill, '--demo', '--preset', preset, '--json'],
      {env: {...home.env, TMPDIR: home.path}, timeoutMs: 60_000},
    );
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      drill,
      target: 'demo',
      preset: `${preset}*`,
      passed: true,
      problems: [],
      cause,
      action,
    });
    expect(code).toBe(0);
    await until('nothing of it is left', () => processesNaming(home.path).length === 0);
  });

  test('that is interrupted ends with all that it started', async () => {
    const home = makeHome();
    const program = startAgent2(['drill', 'hang', '--demo', '--preset', 'unstable-network'], {
      env: {...home.env, TMPDIR: home.path},
    });
    await until('the demo service runs', () => processesNaming(home.path).length > 0);
    expect((await program.stop('SIGINT')).code).toBe(130);
    await until('nothing of it is left', () => processesNaming(home.path).length === 0);
  });
});

async function watched(preset = 'dev'): Promise<{readonly home: Home; readonly service: Service}> {
  const home = makeHome();
  const service = await startService(home);
  startAgent2(['run', ...watchArguments(service, preset), '--name', 'web'], {env: home.env});
  await healthIs(home, 'ok');
  return {home, service};
}

describe('a drill on what a running agent2 watches', () => {
  test('is refused without consent, and says what to put into the config', async () => {
    const {home, service} = await watched();
    const {stderr, code} = await agent2(['drill', 'crash'], {env: home.env});
    expect(stderr).toContain(
      "web does not allow 'crash'; allow it in the config of the target: drill: {crash: true}",
    );
    expect(code).toBe(1);
    expect(isAlive(service.pid)).toBe(true);
  });

  test('crashes or suspends the process that the status names, and sees it healed', async () => {
    const {home, service} = await watched();
    for (const [drill, causes] of [
      ['hang', /suspended/],
      ['crash', /crashed/],
    ] as const) {
      const target = targetIn(home.stateDir, 'web');
      if (!target) throw new Error('web is not in the status');
      const result = await conductDrill(
        drill,
        runningSubject(home.stateDir, target, drill, {[drill]: true}),
        60_000,
        new AbortController().signal,
      );
      expect(
        result && problemsOf(result),
        readFileSync(join(home.stateDir, 'agent2.log'), 'utf8'),
      ).toEqual([]);
      expect(result?.course.cause).toMatch(causes);
    }
    expect(service.currentPid()).not.toBe(service.pid);
  });

  test('breaks by a command of the config, and mends what nobody heals', async () => {
    const {home, service} = await watched('low-latency');
    const target = targetIn(home.stateDir, 'web');
    if (!target) throw new Error('web is not in the status');
    const ask = (fault: string) => [
      process.execPath,
      '--single-threaded',
      '-e',
      `fetch('http://127.0.0.1:${service.port}/fault/${fault}', {method: 'POST'}).then(answer => process.exit(answer.ok ? 0 : 1))`,
    ];
    const subject = runningSubject(home.stateDir, target, 'error', {
      error: ask('slow?ms=1500'),
      mend: ask('ok'),
    });
    const result = await conductDrill('error', subject, 4_000, new AbortController().signal);
    expect(result && problemsOf(result)).not.toEqual([]);
    expect(result?.mended).toContain('/fault/ok');
    await healthIs(home, 'ok');
  });

  test('continues what it suspended when it is interrupted', async () => {
    const home = makeHome();
    const service = await startService(home);
    startAgent2(['run', service.url, '--pid-file', service.pidFile, '--name', 'web', '--observe'], {
      env: home.env,
    });
    await healthIs(home, 'ok');
    onCleanup(() => service.signal('SIGCONT'));
    const target = targetIn(home.stateDir, 'web');
    if (!target) throw new Error('web is not in the status');
    const interrupt = new AbortController();
    const drill = conductDrill(
      'hang',
      runningSubject(home.stateDir, target, 'hang', {hang: true}),
      60_000,
      interrupt.signal,
    );
    await until('it is suspended', () => processState(service.pid) === 'T');
    interrupt.abort();
    expect(await drill).toBeUndefined();
    expect(processState(service.pid)).not.toBe('T');
  });

  test('never touches a process that only has the pid of the one that was meant', async () => {
    const {home, service} = await watched();
    const target = targetIn(home.stateDir, 'web');
    if (!target?.process) throw new Error('the process of web is not in the status');
    const stale = {...target, process: {...target.process, startKey: '1'}};
    await expect(
      conductDrill(
        'crash',
        runningSubject(home.stateDir, stale, 'crash', {crash: true}),
        1_000,
        new AbortController().signal,
      ),
    ).rejects.toThrow(/web cannot be broken: process \d+ no longer exists/);
    expect(isAlive(service.pid)).toBe(true);
  });
});

describe('a drill is refused', () => {
  test.each<[readonly string[], RegExp, number]>([
    [
      ['drill'],
      /drill needs one of crash, hang, error, slow; e\.g\. agent2 drill crash --demo/,
      64,
    ],
    [['drill', 'crsh', '--demo'], /drill has no 'crsh'.*did you mean agent2 drill crash\?/, 64],
    [['drill', 'crash', 'web', 'more'], /unexpected argument 'more'/, 64],
    [['drill', 'crash', 'web', '--demo'], /--demo uses its own service/, 64],
    [['drill', 'crash', '--preset', 'dev'], /--preset is for --demo/, 64],
    [['drill', 'crash', '--demo', '--preset', 'prd'], /--preset 'prd' is not valid/, 64],
    [['drill', 'crash', '--demo', '--within', 'soon'], /--within 'soon' is not valid/, 64],
    [
      ['drill', 'crash', '--demo', '--preset', 'prod'],
      /this is prod.*agent2 drill crash --demo --preset prod --yes/,
      1,
    ],
    [['drill', 'crash'], /no agent2 is running in .*start one/, 1],
  ])('agent2 %j', async (args, message, exitCode) => {
    const {stdout, stderr, code} = await agent2(args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(exitCode);
  });

  test('in prod without --yes, and for a target that is not there', async () => {
    const home = makeHome();
    const service = await startService(home);
    const config = join(home.path, 'agent2.json');
    const fix = {use: 'command', restart: ['sh', '-c', service.restartCommand]};
    writeFileSync(
      config,
      JSON.stringify({
        targets: [
          {
            name: 'web',
            url: service.url,
            pidFile: service.pidFile,
            preset: 'prod',
            drill: {crash: true},
            fix,
          },
        ],
      }),
    );
    startAgent2(['run', '--config', config], {env: home.env});
    await healthIs(home, 'ok');
    const missing = await agent2(['drill', 'crash', 'other'], {env: home.env});
    expect(missing.stderr).toMatch(/there is no target 'other'; the targets are web/);
    expect(missing.code).toBe(64);
    const {stderr, code} = await agent2(['drill', 'crash', 'web'], {env: home.env});
    expect(stderr).toMatch(/this is prod, where a drill hurts; .*agent2 drill crash web --yes/);
    expect(code).toBe(1);
    expect(isAlive(service.pid)).toBe(true);
  });
});
