import {afterEach, expect, test} from 'vitest';
import {render} from '../../../source/core/text/say.ts';
import {capture} from '../../../source/io/run/capture.ts';
import {program, temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {endProcessesNaming, processesNaming} from '../../helpers/processes.ts';
import {until} from '../../helpers/until.ts';

afterEach(cleanUp);

const limits = {timeoutMs: 30_000, maxBytes: 1_000};
const said = ({output}: {readonly output: Buffer}) => output.toString();

test('what a command prints to stdout and stderr is caught, and how it ended told', async () => {
  const result = await capture({argv: ['sh', '-c', 'echo one; echo two >&2; exit 3'], ...limits});
  expect(result).toMatchObject({end: {kind: 'exited', code: 3}, cut: false});
  expect(said(result).split('\n').sort()).toEqual(['', 'one', 'two']);
});

test('arguments and environment are handed on as they are, past any shell', async () => {
  const result = await capture({
    argv: ['sh', '-c', 'printf %s "$0$AGENT2_PID"', '$(id)'],
    env: {...process.env, AGENT2_PID: '42; echo'},
    ...limits,
  });
  expect(said(result)).toBe('$(id)42; echo');
});

test('of 10 MB the start is kept, and nobody waits for the rest', async () => {
  const script =
    "const chunk = 'x'.repeat(65536); process.stdout.on('error', () => process.exit(1)); for (let i = 0; i < 160; i++) process.stdout.write(chunk);";
  const result = await capture({argv: [process.execPath, '-e', script], ...limits});
  expect(result).toMatchObject({cut: true});
  expect(result.output).toHaveLength(1_000);
});

test('a command that prints for ever ends at once', async () => {
  const {end, cut} = await capture({argv: ['yes'], ...limits});
  expect(cut).toBe(true);
  // By SIGPIPE, or by itself where that is ignored.
  expect(end.kind).toMatch(/^(signalled|exited)$/);
});

test('a command that hangs and ignores TERM is ended with its group, and what it said until then is kept', async () => {
  const directory = temporaryDirectory();
  const stubborn = "trap '' TERM; echo ready; while :; do sleep 0.1; done";
  // On a busy machine it may not have come to its first word by then.
  const result = await until('it said something', async () => {
    const result = await capture({
      argv: ['sh', '-c', `sh -c "$1" ${directory} & ${stubborn}`, directory, stubborn],
      ...limits,
      timeoutMs: 500,
      endMs: 100,
    });
    return result.output.length > 0 && result;
  });
  expect(result.end).toEqual({kind: 'timed-out'});
  expect(said(result)).toContain('ready');
  expect(processesNaming(directory)).toEqual([]);
});

test('somebody left behind who holds the pipe keeps nobody waiting', async () => {
  const directory = temporaryDirectory();
  onCleanup(() => endProcessesNaming(directory));
  const startedAt = performance.now();
  const result = await capture({
    argv: ['sh', '-c', `${process.execPath} ${program('idle.mjs')} ${directory} & echo done`],
    ...limits,
  });
  expect(said(result)).toContain('done');
  expect(performance.now() - startedAt).toBeLessThan(29_000);
});

test('a command that is cancelled is ended', async () => {
  const directory = temporaryDirectory();
  const controller = new AbortController();
  const pending = capture({
    argv: [process.execPath, program('idle.mjs'), directory],
    ...limits,
    signal: controller.signal,
  });
  await until('it runs', () => processesNaming(directory).length === 1);
  controller.abort();
  expect((await pending).end).toEqual({kind: 'cancelled'});
  expect(processesNaming(directory)).toEqual([]);
});

test.each([
  [['no-such-command-here'], 'command not found: no-such-command-here'],
  [['a\0b'], 'its words or its environment hold a NUL'],
] as const)('one that cannot be started says why: %j', async (argv, text) => {
  const {end} = await capture({argv, ...limits});
  if (end.kind !== 'not-started') throw new Error(`it ${end.kind}`);
  expect(render(end.text)).toContain(text);
});
