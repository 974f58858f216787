import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {emptyMemory} from '../../source/core/memory.ts';
import {gathererOf, openTarget, startOf} from '../../source/monitor/target.ts';
import type {TargetSpec} from '../../source/config/spec.ts';
import {targetFrom} from '../../source/config/options/target.ts';
import type {OwnedChild} from '../../source/contracts/fix.ts';
import type {FixRequest} from '../../source/core/model/effect.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {heardProblems, makeStateDir, specOf} from './stand-ins.ts';
import {render} from '../../source/core/text/say.ts';

afterEach(cleanUp);

const request: FixRequest = {
  action: 'restart',
  cause: 'hung',
  reason: 'health_check_failed',
  attempt: 1,
  faults: [],
  gather: true,
  stopFirst: false,
  mayStop: true,
};

async function logOf(spec: Partial<TargetSpec>, directory: string): Promise<string | undefined> {
  const child = {logFile: join(directory, 'service.log')} as OwnedChild;
  const target: TargetSpec = {
    ...targetFrom('http://bob:p%40ssw0rd@127.0.0.1:1/', {}, ['node'], directory),
    ...spec,
  };
  const {texts} = await gathererOf(target, directory, child, Date.now).gather(
    request,
    {},
    AbortSignal.timeout(10_000),
  );
  return render(texts.find(({label}) => label === 'log')?.text ?? '') || undefined;
}

test('evidence comes from the configured log rather than the output of the child, without secrets of config and url', async () => {
  const directory = temporaryDirectory();
  const own = join(directory, 'own.log');
  writeFileSync(join(directory, 'service.log'), 'child says p@ssw0rd and p%40ssw0rd\n');
  writeFileSync(own, 'log says from-the-env\n');
  expect(await logOf({}, directory)).toBe('child says *** and ***');
  expect(
    await logOf({evidence: {timeoutMs: 1_000, log: own}, secrets: ['from-the-env']}, directory),
  ).toBe('log says ***');
});

test('each of several targets has an output directory of its own, and describes its restart without secrets', async () => {
  const stateDir = makeStateDir();
  const problems = heardProblems();
  const spec = specOf('web', ['serve', '--token', 'hunter2\n'], {secrets: ['hunter2']});
  const home = {stateDir, separate: true, now: () => 0, problems};
  const target = await openTarget(spec, home);
  expect(target).toMatchObject({
    spec,
    outputDir: join(stateDir, 'targets/web'),
    action: 'serve --token ***',
  });
  expect(existsSync(target.outputDir)).toBe(true);
  expect(target.fix.child?.logFile).toBe(join(stateDir, 'targets/web/service.log'));
  const alone = await openTarget(specOf('db'), {...home, separate: false});
  expect([alone.outputDir, alone.action, alone.fix.child]).toEqual([
    stateDir,
    undefined,
    undefined,
  ]);
});

test('the fix of a running child is kept, and an unknown kind of fix throws', async () => {
  const stateDir = makeStateDir();
  const problems = heardProblems();
  const home = {stateDir, separate: true, now: () => 0, problems};
  const spec = specOf('web', ['serve']);
  const first = await openTarget(spec, home);
  expect((await openTarget({...spec, preset: 'prod'}, home, first.fix)).fix).toBe(first.fix);
  const magic = {...spec, fix: {...spec.fix, use: 'magic' as 'none'}};
  await expect(openTarget(magic, home)).rejects.toThrow('no fix magic');
});

test('a child that cannot write its output is a problem under the name of its target', async () => {
  const stateDir = makeStateDir();
  const problems = heardProblems();
  const spec = specOf('web', ['sleep', '60']);
  const target = await openTarget(spec, {stateDir, separate: true, now: () => 0, problems});
  onCleanup(() => target.fix.child?.kill());
  mkdirSync(join(stateDir, 'targets/web/service.log'));
  await target.fix.child?.start();
  expect(problems.heard.get('web')).toMatch('service.log');
});

test('the core gets the settings of a target, and its memory', () => {
  const spec = specOf('web', ['serve'], {drill: {crash: true, mend: ['true']}, dependsOn: ['db']});
  expect(startOf(spec, emptyMemory)).toMatchObject({
    settings: {name: 'web', fix: 'child', drill: ['crash'], dependsOn: ['db']},
    preset: spec.preset,
    memory: emptyMemory,
  });
});
