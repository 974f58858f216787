import {chmodSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {render} from '../../../source/core/text/say.ts';
import {redact} from '../../../source/format/redact.ts';
import {boundOutput} from '../../../source/io/run/output-file.ts';
import {isMissing, notStarted} from '../../../source/io/run/not-started.ts';
import {runCommand} from '../../../source/io/run/run-command.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {isAlive, processesNaming, signal} from '../../helpers/processes.ts';
import {until} from '../../helpers/until.ts';
import {program, temporaryDirectory} from '../../fixtures/services/start.ts';

let directory: string;
let outputFile: string;
const hide = (text: string) => redact(text, ['CANARY/s3cret']);

beforeEach(() => {
  directory = temporaryDirectory();
  outputFile = join(directory, 'restart.log');
});
afterEach(cleanUp);

describe('running a command', () => {
  test('tells its exit code and what it said last, sanitised', async () => {
    const result = await runCommand({
      argv: ['sh', '-c', 'echo one; printf "\\033[31mtwo\\033[0m\\n\\n" >&2; exit 3'],
      outputFile,
      hide,
    });
    expect(result).toEqual({kind: 'exited', code: 3, output: 'one\ntwo', lastLine: 'two'});
    expect(readFileSync(outputFile, 'utf8')).toBe('one\n\x1b[31mtwo\x1b[0m\n\n');
  });

  test('that ended while agent2 itself stood still has ended, and did not take too long', async () => {
    const pending = runCommand({argv: ['true'], timeoutMs: 300, outputFile, hide});
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
    expect(await pending).toMatchObject({kind: 'exited', code: 0});
  });

  test('begins its output anew each time', async () => {
    writeFileSync(outputFile, 'old');
    expect(await runCommand({argv: ['true'], outputFile, hide})).toEqual({
      kind: 'exited',
      code: 0,
      lastLine: undefined,
    });
    expect(readFileSync(outputFile, 'utf8')).toBe('');
  });

  test('tells the signal that ended it', async () => {
    expect(await runCommand({argv: ['sh', '-c', 'kill -USR1 $$'], outputFile, hide})).toMatchObject(
      {
        kind: 'signalled',
        signal: 'SIGUSR1',
      },
    );
  });

  test('hands arguments and environment on as they are, past any shell', async () => {
    const env = {...process.env, AGENT2_CAUSE: 'a; echo $HOME'};
    expect(
      await runCommand({
        argv: [process.execPath, '-p', 'process.argv[1] + process.env.AGENT2_CAUSE', '$(id) *'],
        env,
        outputFile,
        hide,
      }),
    ).toMatchObject({lastLine: '$(id) *a; echo $HOME'});
  });

  test.each([
    [['no-such-command-here'], 'command not found: no-such-command-here'],
    [['a\0b'], 'its words or its environment hold a NUL'],
    [['true', 'x'.repeat(3_000_000)], 'too long (E2BIG)'],
    [[`/${'x'.repeat(5_000)}`], 'it has a name that is too long (ENAMETOOLONG)'],
  ] as const)('that cannot be started says why: %#', async (argv, text) => {
    const result = await runCommand({argv, outputFile, hide});
    if (result.kind !== 'not-started') throw new Error(`it ${result.kind}`);
    expect(render(result.text)).toContain(text);
    expect(render(result.text)).not.toMatch(/spawn|null bytes|[a-z]: E[A-Z]+$/);
  });

  test('that is nowhere in PATH is not found, also where a directory of PATH may not be read', () => {
    const denied = (path: string) =>
      Object.assign(new Error('spawn EACCES'), {code: 'EACCES', path});
    expect(notStarted(denied('no-such-command-here'), 'no-such-command-here', undefined)).toBe(
      'command not found: no-such-command-here',
    );
    expect(notStarted(denied('sh'), 'sh', undefined)).toContain('may not be executed');
    expect([
      isMissing(denied('no-such-command-here'), undefined),
      isMissing(denied('./no-such-command-here'), undefined),
    ]).toEqual([true, false]);
  });

  test('that may not be executed says what to do', async () => {
    const script = join(directory, 'restart.sh');
    writeFileSync(script, '#!/bin/sh\n');
    chmodSync(script, 0o644);
    expect(await runCommand({argv: [script], outputFile, hide})).toMatchObject({
      kind: 'not-started',
      text: expect.stringContaining(`chmod +x ${script}`),
    });
  });

  test('in a directory that is not there blames the directory', async () => {
    expect(
      await runCommand({argv: ['true'], cwd: '/no/such/place', outputFile, hide}),
    ).toMatchObject({
      kind: 'not-started',
      text: 'working directory not found: /no/such/place',
    });
  });

  test('whose output cannot be kept is run all the same', async () => {
    expect(
      await runCommand({argv: ['sh', '-c', 'echo lost; exit 4'], outputFile: directory, hide}),
    ).toEqual({kind: 'exited', code: 4, lastLine: undefined});
  });

  test('is over when it exits; what it left in the background lives on and can write', async () => {
    const script = `${process.execPath} ${program('idle.mjs')} ${directory} & echo $!`;
    const result = await runCommand({argv: ['sh', '-c', script], outputFile, hide});
    expect(result).toMatchObject({kind: 'exited', code: 0});
    const service = await until('the service is there', () => processesNaming(directory)[0]);
    onCleanup(() => void signal(service, 'SIGKILL'));
    await until('the service writes', () => readFileSync(outputFile, 'utf8').includes('ready'));
    expect(isAlive(service)).toBe(true);
  });

  test('leaves its output bounded, however much a process writes that it left running', async () => {
    const talk = `while :; do head -c 100000 /dev/zero | tr '\\0' x; sleep 0.05; done`;
    await runCommand({
      argv: ['sh', '-c', `sh -c "$1" "$0" & echo $!`, directory, talk],
      outputFile,
      hide,
    });
    const [talker = 0] = processesNaming(directory);
    onCleanup(() => void signal(talker, 'SIGKILL'));
    const sizes: number[] = [];
    await until('it was cut twice', () => {
      sizes.push(statSync(outputFile).size);
      return sizes.filter((size, index) => size < (sizes[index - 1] ?? 0)).length >= 2;
    });
    expect(Math.max(...sizes)).toBeLessThan(10_000_000);
    expect(isAlive(talker)).toBe(true);
  });

  test('keeps its output for its owner alone and without secrets, also in a file of an earlier version', async () => {
    writeFileSync(outputFile, 'old');
    chmodSync(outputFile, 0o644);
    const said = String.raw`logged in with CANARY\/s3cret and --password hunter2`;
    expect(await runCommand({argv: ['echo', said], outputFile, hide})).toMatchObject({
      output: 'logged in with *** and --password ***',
    });
    expect(readFileSync(outputFile, 'utf8')).toBe('logged in with *** and --password ***\n');
    expect((statSync(outputFile).mode & 0o777).toString(8)).toBe('600');
  });

  test('keeps no secret that a process prints later which it left running, and breaks nothing of it', async () => {
    const talk = `sleep 0.2; while echo one; do printf 'half CANARY/'; sleep 0.3; echo s3cret and more; sleep 0.1; done`;
    await runCommand({
      argv: ['sh', '-c', `sh -c "$1" "$0" & :`, directory, talk],
      outputFile,
      hide,
    });
    const [talker = 0] = processesNaming(directory);
    onCleanup(() => void signal(talker, 'SIGKILL'));
    await until(
      'three lines without a secret',
      () => /(?:half \*\*\* and more\n(?:one\n)?){3}/.test(readFileSync(outputFile, 'utf8')),
      {describe: () => readFileSync(outputFile, 'utf8')},
    );
    expect(isAlive(talker)).toBe(true);
  });

  test('of an earlier monitor is made private and rid of secrets at the start', async () => {
    writeFileSync(outputFile, 'said CANARY/s3cret');
    chmodSync(outputFile, 0o644);
    boundOutput(outputFile, hide);
    await until('it is rid of them', () => readFileSync(outputFile, 'utf8') === 'said ***');
    expect((statSync(outputFile).mode & 0o777).toString(8)).toBe('600');
  });

  test('that takes too long is ended with its whole group', async () => {
    const result = await runCommand({
      argv: [
        'sh',
        '-c',
        `sleep 60 & echo waiting; ${process.execPath} ${program('idle.mjs')} ${directory}`,
      ],
      outputFile,
      hide,
      timeoutMs: 300,
    });
    expect(result).toMatchObject({kind: 'timed-out'});
    expect(processesNaming(directory)).toEqual([]);
  });

  test('that is cancelled is ended too', async () => {
    const controller = new AbortController();
    const pending = runCommand({
      argv: [process.execPath, program('idle.mjs'), directory],
      outputFile,
      hide,
      signal: controller.signal,
    });
    await until('it runs', () => processesNaming(directory).length === 1);
    controller.abort();
    expect(await pending).toMatchObject({kind: 'cancelled'});
    expect(processesNaming(directory)).toEqual([]);
  });
});
