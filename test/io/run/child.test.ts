import {closeSync, existsSync, readFileSync, statSync, writeFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {openChildLog} from '../../../source/io/run/child-log.ts';
import {createChild, type Child} from '../../../source/io/run/child.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {isAlive, processesNaming, signal} from '../../helpers/processes.ts';
import {until} from '../../helpers/until.ts';
import {program, startProgram, temporaryDirectory} from '../../fixtures/services/start.ts';
import {render} from '../../../source/core/text/say.ts';

let directory: string;
let logFile: string;
let exits: string[];
let problems: string[];
let daemons: Array<number | undefined>;

beforeEach(() => {
  directory = temporaryDirectory();
  logFile = join(directory, 'child.log');
  exits = [];
  problems = [];
  daemons = [];
});
afterEach(cleanUp);

function childOf(...argv: [string, ...string[]]): Child {
  const child = createChild({
    argv,
    logFile,
    onExit: text => exits.push(render(text)),
    onDaemon: () => daemons.push(child.identity()?.pid),
    onProblem: text => problems.push(render(text)),
  });
  onCleanup(async () => void (await child.stop({stopTimeoutMs: 100})));
  return child;
}

function node(name: string, ...args: string[]): [string, ...string[]] {
  return [process.execPath, program(name), ...args];
}

async function started(child: Child): Promise<number> {
  const result = await child.start();
  if (result.kind === 'not-started') throw new Error(render(result.text));
  return result.identity.pid;
}

describe('a child of our own', () => {
  test('runs in a group of its own and its output goes to the log', async () => {
    const child = childOf(...node('idle.mjs'));
    const pid = await started(child);
    expect(child.identity()?.pid).toBe(pid);
    await until(
      'the output is there',
      () => existsSync(logFile) && readFileSync(logFile, 'utf8') === 'ready\n',
    );
  });

  test.each([
    ['exit 3', 'exit code 3'],
    ['kill -9 $$', 'signal SIGKILL'],
  ])('that ends by itself (%s) is known to have ended at once, and how', async (script, text) => {
    const child = childOf('sh', '-c', script);
    await started(child);
    await until('told', () => exits.length > 0);
    expect([exits, child.exit(), child.identity()]).toEqual([[text], text, undefined]);
  });

  test('that ends with an error says which, and never the one of an earlier run', async () => {
    const missing = join(directory, 'srver.js');
    const child = childOf(process.execPath, missing);
    await started(child);
    await until('told', () => exits.length > 0);
    expect(exits).toEqual([`exit code 1: Error: Cannot find module '${missing}'`]);
    const quiet = childOf('sh', '-c', 'echo fine; exit 3');
    await started(quiet);
    await until('told again', () => exits.length > 1);
    expect(exits.at(-1)).toBe('exit code 3');
  });

  test('that we stop is gone with its whole family, and nobody is told of a crash', async () => {
    const child = childOf(...node('family.mjs', 'stubborn', directory));
    await started(child);
    const grandchild = await until(
      'the grandchild speaks',
      () => Number(readFileSync(logFile, 'utf8')) || undefined,
    );
    expect(await child.stop({stopTimeoutMs: 200})).toEqual({
      kind: 'done',
      text: expect.stringMatching(/^stopped by SIGKILL in/),
    });
    expect([isAlive(grandchild), exits, child.identity()]).toEqual([false, [], undefined]);
    expect(existsSync(`${logFile}.pid.json`)).toBe(false);
  });

  test('that dies leaves no orphan to hold its port when it is started again', async () => {
    const child = childOf(...node('family.mjs', 'stubborn'));
    const pid = await started(child);
    const grandchild = await until(
      'the grandchild speaks',
      () => Number(readFileSync(logFile, 'utf8')) || undefined,
    );
    signal(pid, 'SIGKILL');
    await until('told', () => exits.length > 0);
    expect(isAlive(grandchild)).toBe(true);
    expect(await started(child)).not.toBe(pid);
    expect(isAlive(grandchild)).toBe(false);
  });

  test('that cannot be started says why', async () => {
    expect(await childOf('no-such-command-here').start()).toEqual({
      kind: 'not-started',
      text: 'command not found: no-such-command-here',
    });
  });

  test('is not started twice', async () => {
    const child = childOf(...node('idle.mjs'));
    await started(child);
    expect(await child.start()).toMatchObject({
      kind: 'not-started',
      text: expect.stringContaining('already runs'),
    });
  });

  test('that outlived a monitor that was killed is stopped by its record', async () => {
    const {pid, info} = await startProgram('idle.mjs');
    writeFileSync(`${logFile}.pid.json`, `${JSON.stringify({pid, startKey: info.startKey})}\n`);
    expect(await childOf('true').stopLeftover()).toMatchObject({
      kind: 'done',
      text: expect.stringContaining('SIGTERM'),
    });
    expect([isAlive(pid), existsSync(`${logFile}.pid.json`)]).toEqual([false, false]);
  });

  test.each([
    [
      'another process has its pid now',
      (pid: number) => `${JSON.stringify({pid, startKey: 'of another'})}\n`,
    ],
    ['the record was cut short', (pid: number) => `{"pid":${pid},"sta`],
  ])('is not looked for where %s', async (_, record) => {
    const {pid} = await startProgram('idle.mjs');
    writeFileSync(`${logFile}.pid.json`, record(pid));
    await childOf('true').stopLeftover();
    expect(isAlive(pid)).toBe(true);
  });

  test('goes on and is heard when the process that started it lets go of it; another one sees its end and ends it', async () => {
    const born = childOf(
      'sh',
      '-c',
      'echo before; while [ ! -e "$0" ]; do sleep 0.05; done; echo after; sleep 60',
      join(directory, 'go'),
    );
    const pid = await started(born);
    const adopted = childOf('true');
    adopted.adopt();
    expect([adopted.identity(), adopted.exit()]).toEqual([born.identity(), undefined]);
    expect(await adopted.start()).toMatchObject({
      kind: 'not-started',
      text: expect.stringContaining('already runs'),
    });
    writeFileSync(join(directory, 'go'), '');
    await until(
      'all of its output is there',
      () => readFileSync(logFile, 'utf8') === 'before\nafter\n',
    );
    expect(await adopted.stop()).toMatchObject({kind: 'done'});
    expect([isAlive(pid), adopted.identity(), existsSync(`${logFile}.pid.json`)]).toEqual([
      false,
      undefined,
      false,
    ]);

    await until('its parent knows of its end too', () => born.identity() === undefined);
    const second = await started(born);
    const other = childOf('true');
    other.adopt();
    signal(second, 'SIGKILL');
    await until('the end is seen', () => other.identity() === undefined);
    expect(other.exit()).toBe('an unknown exit code');
  });

  test('whose record cannot be written runs all the same, and says so', async () => {
    logFile = join(directory, 'missing', 'child.log');
    const child = childOf(...node('idle.mjs', directory));
    await started(child);
    await until('the lost output is told too', () => problems.length === 2);
    expect(problems.join()).toContain('cannot be written');
    expect(processesNaming(directory)).toHaveLength(1);
  });
});

describe('the log of a child', () => {
  test('never grows far beyond its bound and keeps one older part', async () => {
    const log = openChildLog(logFile, text => problems.push(render(text)), 1_000);
    onCleanup(() => log.close());
    const file = log.open() ?? -1;
    log.follow();
    for (let line = 0; line < 100; line++) writeSync(file, `line ${line} of the child\n`);
    await until('the older part is there', () => existsSync(`${logFile}.1`));
    writeSync(file, 'the newest line\n');
    closeSync(file);
    expect(readFileSync(logFile, 'utf8')).toBe('the newest line\n');
    expect(readFileSync(`${logFile}.1`, 'utf8')).toMatch(
      /^line \d+ of the child\n(line \d+ of the child\n)+$/,
    );
    expect(statSync(`${logFile}.1`).size).toBeLessThanOrEqual(1_000);
    expect(problems).toEqual([]);
  });
});
