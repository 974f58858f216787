import {spawn} from 'node:child_process';
import {copyFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {targetFrom} from '../../source/config/options/target.ts';
import {createProbes} from '../../source/monitor/target-probes.ts';
import {readProcess} from '../../source/io/process/processes.ts';
import {check} from '../../source/runtime/check.ts';
import {inspect} from '../../source/runtime/inspect-process.ts';
import {program, start, temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {freePort} from '../helpers/port.ts';
import {signal} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';

let directory: string;
let script: string;
let pidFile: string;

beforeEach(() => {
  directory = temporaryDirectory();
  script = join(directory, 'answers.mjs');
  pidFile = join(directory, 'service.pid');
  copyFileSync(program('answers.mjs'), script);
});
afterEach(cleanUp);

/** A service that was seen well and then killed, with its pid file left behind. */
async function killed() {
  const port = await freePort();
  const argv = [process.execPath, script, String(port), '', pidFile, '300'] as const;
  const {pid} = await start(argv);
  const probes = await createProbes(
    targetFrom(`http://127.0.0.1:${port}/ok`, {pidFile}, undefined, '/'),
    undefined,
  );
  const context = () => ({signal: AbortSignal.timeout(20_000), timeoutMs: 1_500, slowMs: 5_000});
  expect((await check(probes, context())).kind).toBe('ok');
  probes.process?.read();
  signal(pid, 'SIGKILL');
  await until('it is gone', () => readProcess(pid) === undefined);
  return {
    pid,
    argv,
    check: () => check(probes, context()),
    look: async () => (await inspect(probes, context())).result.faults,
  };
}

const gone = {kind: 'process_gone'};
const sign = (text: RegExp) => ({
  kind: 'being_restarted',
  text: expect.stringMatching(text) as string,
});

describe('a process that is gone, with its pid file left behind,', () => {
  test('has crashed where nothing else is to be seen', async () => {
    const service = await killed();
    expect(await service.look()).toMatchObject([gone]);
  });

  test('has only its settle time when its pid file was removed, as by an orderly stop', async () => {
    const service = await killed();
    rmSync(pidFile);
    const faults = await service.look();
    expect(faults.map(({kind}) => kind)).not.toContain('being_restarted');
    expect(faults).toHaveLength(1);
  });

  test('is being restarted while another process of the same command warms up', async () => {
    const service = await killed();
    const [command, ...args] = service.argv;
    const next = spawn(command, args, {stdio: 'ignore'});
    onCleanup(() => void next.kill('SIGKILL'));
    await until('it runs', () => readProcess(next.pid ?? 0) !== undefined);
    expect(await service.look()).toMatchObject([
      gone,
      sign(new RegExp(`^process ${next.pid} \\(.*answers.mjs.*\\) has just been started$`)),
    ]);
    await until('it answers', async () => (await service.check()).kind === 'ok');
    expect(await service.look()).toEqual([]);
  });

  test('is being restarted while its program is replaced', async () => {
    const service = await killed();
    rmSync(script);
    expect(await service.look()).toMatchObject([gone, sign(/answers\.mjs is being replaced$/)]);
    copyFileSync(program('answers.mjs'), script);
    expect(await service.look()).toMatchObject([
      gone,
      sign(/answers\.mjs has just been replaced$/),
    ]);
  });

  test('is being restarted when somebody touched its pid file', async () => {
    const service = await killed();
    utimesSync(pidFile, new Date(), new Date());
    expect(await service.look()).toMatchObject([
      gone,
      sign(/service\.pid has just been replaced$/),
    ]);
  });

  test('is not being restarted by a process that was there before', async () => {
    const port = await freePort();
    const twin = await start([process.execPath, script, String(port), '', '', '300']);
    writeFileSync(join(directory, 'other.pid'), String(twin.pid));
    const service = await killed();
    expect(await service.look()).toMatchObject([gone]);
    expect(readProcess(twin.pid)).toBeDefined();
  });
});
