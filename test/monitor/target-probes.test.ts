import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import type {CheckSpec} from '../../source/config/spec.ts';
import {targetFrom} from '../../source/config/options/target.ts';
import {createProbes} from '../../source/monitor/target-probes.ts';
import {check} from '../../source/runtime/check.ts';
import {start, startProgram, temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';

afterEach(cleanUp);

const context = {signal: new AbortController().signal, timeoutMs: 5_000, slowMs: 5_000};

test('the probes of a target are those of its process, its url and its checks', async () => {
  const directory = temporaryDirectory();
  const service = await startProgram('answers.mjs');
  const pidFile = join(directory, 'service.pid');
  writeFileSync(pidFile, String(service.pid));
  const checks: readonly CheckSpec[] = [
    {name: 'usage', kind: 'process', advisory: false, options: {rss: 1}},
    {
      name: 'backup',
      kind: 'file',
      advisory: true,
      options: {path: join(directory, 'none'), absent: false},
    },
    {name: 'ok', kind: 'exec', advisory: false, options: {command: ['echo', 'fine | x=1']}},
  ];
  const target = {
    ...targetFrom(
      `http://127.0.0.1:${service.line}/ok`,
      {pidFile, expect: [{path: 'status', equals: 'ok'}]},
      undefined,
      directory,
    ),
    checks,
  };
  const observation = await check(await createProbes(target, undefined), context);
  expect(observation).toMatchObject({
    kind: 'ok',
    readings: {
      process: {state: 'alive'},
      api: {status: 200},
      checks: {
        usage: {state: 'warn'},
        backup: {state: 'warn'},
        ok: {text: 'fine', metrics: [{name: 'x', value: 1}]},
      },
    },
    warnings: [
      {probe: 'usage', kind: 'resource_high'},
      {probe: 'backup', kind: 'file_missing'},
    ],
  });
});

test('an unknown kind of check throws', async () => {
  const {pid} = await start(['sh', '-c', 'echo up; exec sleep 60']);
  const pidFile = join(temporaryDirectory(), 'service.pid');
  writeFileSync(pidFile, String(pid));
  const target = {
    ...targetFrom(undefined, {pidFile}, undefined, '/'),
    checks: [{name: 'x', kind: 'no-such-kind', advisory: false, options: {}}],
  };
  await expect(createProbes(target, undefined)).rejects.toThrow('no kind of check no-such-kind');
});
