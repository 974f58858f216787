import {existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import type {FixRequest} from '../../source/core/model/effect.ts';
import {handlersOf} from '../../source/monitor/handlers.ts';
import {createTargets} from '../../source/monitor/targets.ts';
import {startProgram} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {processState, signal} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';
import {heardProblems, makeStateDir, opened, specOf} from './stand-ins.ts';

afterEach(cleanUp);

const request: FixRequest = {
  action: 'continue',
  cause: 'suspended',
  reason: 'process_not_alive',
  attempt: 1,
  faults: [],
  gather: false,
  stopFirst: false,
  mayStop: false,
};

async function handlers() {
  const stateDir = makeStateDir();
  const problems = heardProblems();
  const web = await opened(specOf('web'), stateDir);
  return {
    stateDir,
    heard: problems.heard,
    web,
    handlers: handlersOf({
      stateDir,
      targets: createTargets([web]),
      watch: {worstLagSince: () => 7},
      notices: {notify: () => {}},
      files: {writeStatus: () => {}, remember: async () => {}},
      problems,
    }),
  };
}

test('effects use the present parts of their target; a target that left the config has none', async () => {
  const {handlers: its, web} = await handlers();
  expect(its.probesOf('web')).toBe(web.probes);
  expect([its.fixOf('web'), its.gathererOf('web')]).toEqual([web.fix, web.gatherer]);
  expect([its.probesOf('db'), its.fixOf('db'), its.gathererOf('db')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a suspended process is continued; without a process the fix fails', async () => {
  const {handlers: its} = await handlers();
  const {pid, info} = await startProgram('idle.mjs');
  signal(pid, 'SIGSTOP');
  await until('it is suspended', () => processState(pid) === 'T');
  const process = {pid, startKey: info.startKey};
  expect(its.continueProcess({...request, process}).kind).toBe('done');
  await until('it goes on', () => processState(pid) !== 'T');
  expect(its.continueProcess({...request, process: {pid, startKey: 'another'}}).kind).toBe(
    'failed',
  );
  expect(its.continueProcess(request)).toEqual({
    kind: 'failed',
    detail: 'agent2 knows no process to continue',
  });
});

test('a restart signal is consumed; a failure is reported until it works', async () => {
  const {handlers: its, stateDir, heard} = await handlers();
  const path = join(stateDir, 'restart_signal');
  mkdirSync(path);
  its.consumeSignal();
  expect(heard.get('restart_signal')).toMatch(/EISDIR|directory/i);
  rmSync(path, {recursive: true});
  writeFileSync(path, '{}');
  its.consumeSignal();
  expect(heard.get('restart_signal')).toBeUndefined();
  expect(existsSync(path)).toBe(false);
});
