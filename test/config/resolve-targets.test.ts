import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {reloadTargets, resolveTargets} from '../../source/cli/targets.ts';
import {UsageError} from '../../source/contracts/command.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';

afterEach(cleanUp);

const URL = 'http://127.0.0.1:3000/';

/** An empty home, and a directory with a config file of two targets. */
function place(
  text = 'name: shop\ntargets:\n  - {name: a, port: 81, preset: prod, interval: 7s, slow: 1s}\n  - {name: b, port: 82}\n',
) {
  const home = temporaryDirectory();
  const cwd = join(home, 'here');
  mkdirSync(cwd);
  const path = join(cwd, 'agent2.yaml');
  writeFileSync(path, text);
  return {path, surroundings: {env: {}, cwd, home}};
}

describe('what is watched', () => {
  test('is what the command line names, also where a config file lies', async () => {
    const {surroundings} = place();
    const named = await Promise.all([
      resolveTargets(URL, {}, undefined, surroundings),
      resolveTargets(undefined, {port: 3000}, undefined, surroundings),
      resolveTargets(undefined, {}, ['node', 'x.js'], surroundings),
    ]);
    expect(named).toMatchObject([
      {targets: [{name: '127.0.0.1:3000'}]},
      {targets: [{name: '127.0.0.1:3000'}]},
      {targets: [{name: 'node'}]},
    ]);
    expect(named.map(({config}) => config)).toEqual([undefined, undefined, undefined]);
  });

  test('is AgentOS where neither names anything', async () => {
    const home = temporaryDirectory();
    expect(
      await resolveTargets(undefined, {}, undefined, {env: {}, cwd: home, home}),
    ).toMatchObject({
      targets: [{name: 'webui', agentos: true}],
    });
  });

  test('is what the config file says, with the values of the command line for all of it', async () => {
    const {path, surroundings} = place();
    // What is found in the working directory is named as from there, so this one is named in full.
    const {targets, config} = await resolveTargets(
      undefined,
      {config: path, preset: 'dev', interval: 3_000, threshold: 4, observe: true},
      undefined,
      surroundings,
    );
    expect(config).toMatchObject({path, name: 'shop'});
    expect(targets).toMatchObject([
      {
        name: 'a',
        preset: 'dev',
        observing: true,
        overrides: {intervalMs: 3_000, failureThreshold: 4, slowMs: 1_000},
      },
      {
        name: 'b',
        preset: 'dev',
        observing: true,
        overrides: {intervalMs: 3_000, failureThreshold: 4},
      },
    ]);
  });

  test('is told again when the file changed: who is the same has the same fingerprint', async () => {
    const {path} = place();
    const before = await reloadTargets(path, {}, {});
    writeFileSync(
      path,
      'targets:\n  - {name: b, port: 82}\n  - {name: a, port: 81, preset: prod, interval: 8s, slow: 1s}\n',
    );
    const after = await reloadTargets(path, {}, {});
    if (before.kind === 'problems' || after.kind === 'problems') throw new Error('both are good');
    expect(after.targets.map(({name}) => name)).toEqual(['b', 'a']);
    expect(after.targets[0]?.fingerprint).toBe(before.targets[1]?.fingerprint);
    expect(after.targets[1]?.fingerprint).not.toBe(before.targets[0]?.fingerprint);
    writeFileSync(path, 'targets: 5\n');
    expect(await reloadTargets(path, {}, {})).toMatchObject({
      kind: 'problems',
      problems: [{line: 1, column: 10}],
    });
  });
});

describe('what cannot be meant is for the user to settle:', () => {
  test.each([
    [URL, {}, undefined, '--config and the url both say what to watch; leave out one of them'],
    [undefined, {port: 80}, undefined, 'and --port both say what to watch'],
    [undefined, {pidFile: '/x'}, undefined, 'and --pid-file both say what to watch'],
    [undefined, {}, ['node'], 'and -- CMD both say what to watch'],
    [undefined, {restart: ['x']}, undefined, '--restart is for one target, but '],
    [undefined, {name: 'x'}, undefined, '--name is for one target, but '],
    [undefined, {unit: {unit: 'x.service'}}, undefined, '--unit is for one target, but '],
  ])('%j %j %j with --config', async (url, options, child, message) => {
    const {path, surroundings} = place();
    await expect(
      resolveTargets(url, {...options, config: path}, child, surroundings),
    ).rejects.toThrow(message);
  });

  test('a file with problems is told with all of them, and is no wrong usage', async () => {
    const {path, surroundings} = place('targets:\n  - {name: a, prt: 81}\n');
    const refused: unknown = await resolveTargets(
      undefined,
      {config: path},
      undefined,
      surroundings,
    ).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UsageError);
    expect(refused).toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(
        /^\S+ has 2 problems:\n\S+:2:5: targets\[0\] has nothing to watch.*\n\S+:2:15: targets\[0\] has no key prt; .*did you mean port\?$/,
      ),
    });
  });
});
