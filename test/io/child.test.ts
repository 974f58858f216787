import {existsSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {openBoundedLog} from '../../source/io/bounded-log.ts';
import {createChild, type Child} from '../../source/io/child.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {isAlive, processesNaming, signal} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';
import {program, startProgram, temporaryDirectory} from '../fixtures/services/start.ts';

let directory: string;
let logFile: string;
let exits: string[];
let troubles: string[];

beforeEach(() => {
  directory = temporaryDirectory();
  logFile = join(directory, 'child.log');
  exits = [];
  troubles = [];
});
afterEach(cleanUp);

function childOf(...argv: [string, ...string[]]): Child {
  const child = createChild({argv, logFile, onExit: text => exits.push(text), onTrouble: text => troubles.push(text)});
  onCleanup(async () => void (await child.stop({stopTimeoutMs: 100})));
  return child;
}

function node(name: string, ...args: string[]): [string, ...string[]] {
  return [process.execPath, program(name), ...args];
}

async function started(child: Child): Promise<number> {
  const result = await child.start();
  if (result.kind === 'not-started') throw new Error(result.text);
  return result.identity.pid;
}

describe('a child of our own', () => {
  test('runs in a group of its own and its output goes to the log', async () => {
    const child = childOf(...node('idle.mjs'));
    const pid = await started(child);
    expect(child.identity()?.pid).toBe(pid);
    await until('the output is there', () => existsSync(logFile) && readFileSync(logFile, 'utf8') === 'ready\n');
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

  test('that we stop is gone with its whole family, and nobody is told of a crash', async () => {
    const child = childOf(...node('family.mjs', 'stubborn', directory));
    await started(child);
    const grandchild = await until('the grandchild speaks', () => existsSync(logFile) && Number(readFileSync(logFile, 'utf8')));
    expect(await child.stop({stopTimeoutMs: 200})).toEqual({kind: 'done', text: expect.stringMatching(/^stopped by SIGKILL in/)});
    expect([isAlive(grandchild), exits, child.identity()]).toEqual([false, [], undefined]);
    expect(existsSync(`${logFile}.pid.json`)).toBe(false);
  });

  test('that dies leaves no orphan to hold its port when it is started again', async () => {
    const child = childOf(...node('family.mjs', 'stubborn'));
    const pid = await started(child);
    const grandchild = await until('the grandchild speaks', () => existsSync(logFile) && Number(readFileSync(logFile, 'utf8')));
    signal(pid, 'SIGKILL');
    await until('told', () => exits.length > 0);
    expect(isAlive(grandchild)).toBe(true);
    expect(await started(child)).not.toBe(pid);
    expect(isAlive(grandchild)).toBe(false);
  });

  test('that cannot be started says why', async () => {
    expect(await childOf('no-such-command-here').start()).toEqual({kind: 'not-started', text: 'command not found: no-such-command-here'});
  });

  test('is not started twice', async () => {
    const child = childOf(...node('idle.mjs'));
    await started(child);
    expect(await child.start()).toMatchObject({kind: 'not-started', text: expect.stringContaining('already runs')});
  });

  test('that outlived a monitor that was killed is stopped by its record', async () => {
    const {pid, info} = await startProgram('idle.mjs');
    writeFileSync(`${logFile}.pid.json`, `${JSON.stringify({pid, startKey: info.startKey})}\n`);
    expect(await childOf('true').stopLeftover()).toMatchObject({kind: 'done', text: expect.stringContaining('SIGTERM')});
    expect([isAlive(pid), existsSync(`${logFile}.pid.json`)]).toEqual([false, false]);
  });

  test.each([
    ['another process has its pid now', (pid: number) => `${JSON.stringify({pid, startKey: 'of another'})}\n`],
    ['the record was cut short', (pid: number) => `{"pid":${pid},"sta`],
  ])('is not looked for where %s', async (_, record) => {
    const {pid} = await startProgram('idle.mjs');
    writeFileSync(`${logFile}.pid.json`, record(pid));
    await childOf('true').stopLeftover();
    expect(isAlive(pid)).toBe(true);
  });

  test('whose record cannot be written runs all the same, and says so', async () => {
    logFile = join(directory, 'missing', 'child.log');
    const child = childOf(...node('idle.mjs', directory));
    await started(child);
    await until('the lost output is told too', () => troubles.length === 2);
    expect(troubles.join()).toContain('cannot be written');
    expect(processesNaming(directory)).toHaveLength(1);
  });
});

describe('a bounded log', () => {
  test('never grows beyond its bound and keeps one older part', () => {
    const log = openBoundedLog(logFile, text => troubles.push(text), 100);
    for (let line = 0; line < 50; line++) log.write(Buffer.from(`line ${line}\n`));
    log.close();
    expect(statSync(logFile).size).toBeLessThanOrEqual(100);
    expect(statSync(`${logFile}.1`).size).toBeLessThanOrEqual(100);
    expect(readFileSync(logFile, 'utf8')).toContain('line 49');
    expect(troubles).toEqual([]);
  });
});
