import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, ftruncateSync, openSync, writeFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {FixRequest} from '../../../source/core/model/effect.ts';
import type {Evidence} from '../../../source/core/model/evidence.ts';
import type {Fault} from '../../../source/core/model/fault.ts';
import type {ProcessReading, Readings} from '../../../source/core/model/observation.ts';
import {createGatherer, type GathererOptions} from '../../../source/io/evidence/gatherer.ts';
import {
  start,
  startProgram,
  program,
  temporaryDirectory,
  type Started,
} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {processState, signal} from '../../helpers/processes.ts';
import {until} from '../../helpers/until.ts';
import {render} from '../../../source/core/text/say.ts';

let directory: string;

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(cleanUp);

const linux = process.platform === 'linux';
const hung: Fault = {
  probe: 'api',
  kind: 'response_timeout',
  text: 'GET /: no response within 5.0 s',
};
const request: FixRequest = {
  action: 'restart',
  cause: 'hung',
  reason: 'health_check_failed',
  attempt: 7,
  faults: [hung],
  gather: true,
  stopFirst: false,
  mayStop: true,
};

function gatherer(options: Partial<GathererOptions> = {}) {
  return createGatherer({
    target: 'web',
    stateDir: directory,
    timeoutMs: 20_000,
    secrets: [],
    now: Date.now,
    ...options,
  });
}

/** Again where the system did not answer a question in its second, as on a busy machine. */
function gather(readings: Readings, options: Partial<GathererOptions> = {}): Promise<Evidence> {
  return until('every question is answered', async () => {
    const evidence = await gatherer(options).gather(request, readings, AbortSignal.timeout(20_000));
    return (
      evidence.facts.every(({text}) => !render(text).startsWith('no answer within')) && evidence
    );
  });
}

function alive({info}: Started, state: 'alive' | 'stopped' | 'zombie' = 'alive'): ProcessReading {
  return {
    state,
    identity: {pid: info.pid, startKey: info.startKey},
    via: 'pid-file',
    command: 'node service.mjs',
    startedAt: Date.now() - 3 * 3_600_000,
  };
}

const factOf = (evidence: Evidence, label: string) => {
  const fact = evidence.facts.find(fact => fact.label === label);
  return fact && render(fact.text);
};
const textOf = (evidence: Evidence, label: string) =>
  evidence.texts.find(text => text.label === label)?.text;

describe('of a living process', () => {
  test('is told who it is, what it uses and how much room the disks have', async ctx => {
    if (!linux) ctx.skip('needs /proc');
    const service = await startProgram('idle.mjs', [], {cwd: directory});
    const evidence = await gather({
      process: alive(service),
      port: {
        port: 8080,
        listening: true,
        owner: {pid: service.pid, command: 'node service.mjs', ours: true},
      },
    });
    expect(factOf(evidence, 'process')).toBe(`pid ${service.pid}, up 3 h: node service.mjs`);
    expect(factOf(evidence, 'state')).toMatch(/^(sleeping|running) \([SR]\)$/);
    expect(factOf(evidence, 'owner')).toBe(`uid ${process.geteuid?.()}`);
    expect(factOf(evidence, 'cpu')).toMatch(/^\d+ % over \d+ ms, \d+ % since its start$/);
    expect(factOf(evidence, 'memory')).toMatch(/^[\d.]+ MiB resident/);
    expect(factOf(evidence, 'threads')).toMatch(/^\d+$/);
    expect(factOf(evidence, 'fds')).toMatch(/^\d+( of \d+)?$/);
    expect(factOf(evidence, 'port')).toBe(`8080: held by process ${service.pid}: node service.mjs`);
    expect(factOf(evidence, 'disk of the state')).toMatch(/iB of [\d.]+ .iB free/);
    expect(factOf(evidence, 'disk of its directory')).toContain(`(${directory})`);
    expect(evidence.found).not.toContain('out_of_fds');
  });

  test('that has no file descriptor left, that is found', async ctx => {
    if (!linux) ctx.skip('needs /proc');
    const service = await start([
      'sh',
      '-c',
      `ulimit -n 128; exec ${process.execPath} ${program('greedy.mjs')}`,
    ]);
    const evidence = await gather({process: alive(service)});
    // One that was inherited may lie beyond the limit.
    expect(factOf(evidence, 'fds')).toMatch(/^1(2[89]|3\d) of 128$/);
    expect(evidence.found).toContain('out_of_fds');
  });

  test('that spins, its share of a CPU is told', async ctx => {
    if (!linux) ctx.skip('needs /proc');
    const service = await startProgram('busy.mjs');
    const seen = await until(
      'it spins',
      async () =>
        Number.parseInt(factOf(await gather({process: alive(service)}), 'cpu') ?? '') >= 20,
    );
    expect(seen).toBe(true);
  });

  test('that is stopped nobody waits to see it move', async ctx => {
    if (!linux) ctx.skip('needs /proc');
    const service = await startProgram('idle.mjs');
    signal(service.pid, 'SIGSTOP');
    await until('it is stopped', () => processState(service.pid) === 'T');
    const evidence = await gather({process: alive(service, 'stopped')});
    expect(factOf(evidence, 'state')).toBe('suspended (T)');
    expect(factOf(evidence, 'cpu')).toMatch(/^\d+ % since its start$/);
  });
});

describe('of a dead process', () => {
  test('is told what is still known, quickly', async () => {
    const service = await startProgram('idle.mjs', [], {cwd: directory});
    const looker = gatherer();
    looker.noteHealthy({process: alive(service)});
    signal(service.pid, 'SIGKILL');
    await once(service.process, 'exit');
    const readings: Readings = {
      process: {
        state: 'gone',
        via: 'child',
        pid: service.pid,
        pidFile: 'none',
        exit: 'signal SIGKILL',
      },
    };
    const look = () => looker.gather(request, readings, AbortSignal.timeout(20_000));
    const evidence = await look();
    // Nobody waited to see how much CPU it uses; on a busy machine any one run may take long.
    await until('it is told in less than 90 ms', async () => {
      const startedAt = performance.now();
      await look();
      return performance.now() - startedAt < 90;
    });
    expect(factOf(evidence, 'process')).toBe(
      `pid ${service.pid}, gone, started 3 h ago: node service.mjs`,
    );
    expect(factOf(evidence, 'exit')).toBe('signal SIGKILL');
    if (linux) expect(factOf(evidence, 'disk of its directory')).toContain(directory);
    expect(factOf(evidence, 'state')).toBeUndefined();
    expect(factOf(evidence, 'cpu')).toBeUndefined();
  });

  test('nothing is said of another one that has its pid by now', async () => {
    const other = await startProgram('idle.mjs');
    const evidence = await gather({
      process: {
        ...alive(other),
        state: 'alive',
        identity: {pid: other.pid, startKey: 'earlier'},
      } as ProcessReading,
    });
    expect(factOf(evidence, 'process')).toMatch(/gone/);
    expect(factOf(evidence, 'memory')).toBeUndefined();
  });

  test('that nobody knows there is said so, and the rest all the same', async () => {
    const evidence = await gather({
      process: {state: 'unknown', reason: 'nothing has listened on port 80 yet'},
    });
    expect(factOf(evidence, 'process')).toBe('nothing has listened on port 80 yet');
    expect(factOf(evidence, 'disk of the state')).toBeDefined();
    expect(factOf(await gather({}), 'process')).toBe('it is unknown which process it is');
  });
});

describe('what the service said', () => {
  test('is the end of its log and the answer it gave, and the causes in it', async () => {
    const log = join(directory, 'service.log');
    writeFileSync(
      log,
      `${Array.from({length: 40}, (_, index) => `line ${index}`).join('\n')}\n\x1b[31mError: EMFILE: too many open files, accept\x1b[0m\n`,
    );
    const evidence = await gather(
      {api: {status: 500, excerpt: '{"error":"JavaScript heap out of memory"}'}},
      {log},
    );
    expect(textOf(evidence, 'log')?.split('\n')).toHaveLength(20);
    expect(textOf(evidence, 'log')).toMatch(
      /^line 21\n[^]*\nError: EMFILE: too many open files, accept$/,
    );
    expect(textOf(evidence, 'response')).toBe('{"error":"JavaScript heap out of memory"}');
    expect(evidence.found).toEqual(expect.arrayContaining(['out_of_fds', 'out_of_memory']));
    expect(factOf(evidence, 'disk of the log')).toContain(directory);
  });

  test('before the problem is no part of it', async () => {
    const crashed: FixRequest = {
      ...request,
      faults: [{probe: 'process', kind: 'process_gone', text: 'process 1 is gone'}],
    };
    const evidence = await gatherer().gather(
      crashed,
      {api: {status: 200, excerpt: 'all is well'}},
      AbortSignal.timeout(20_000),
    );
    expect(textOf(evidence, 'response')).toBeUndefined();
  });

  test.each([
    [
      'a fifo',
      (log: string) => void execFileSync('mkfifo', [log]),
      /is a fifo, not a regular file/,
    ],
    ['missing', () => undefined, /there is no such file/],
    ['empty', (log: string) => writeFileSync(log, ''), /it is empty/],
  ])('is missing where the log is %s, with the reason', async (_, make, reason) => {
    const log = join(directory, 'service.log');
    make(log);
    const evidence = await gather({}, {log});
    expect(factOf(evidence, 'log')).toMatch(reason);
    expect(textOf(evidence, 'log')).toBeUndefined();
  });

  test('in a huge log that is no text stays within its bounds, and nothing of it reaches a terminal', async () => {
    const log = join(directory, 'service.log');
    const file = openSync(log, 'w');
    ftruncateSync(file, 100_000_000);
    writeSync(
      file,
      Buffer.from(Array.from({length: 70_000}, (_, index) => (index * 7919) % 256)),
      0,
      70_000,
      100_000_000,
    );
    closeSync(file);
    const text = textOf(await gather({}, {log}), 'log') ?? '';
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(16_384);
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  });
});

describe('the evidence command', () => {
  const node = (script: string) => [process.execPath, '-e', script];

  test('is told of the incident by its environment, and what it prints is kept', async () => {
    const service = await startProgram('idle.mjs');
    const command = node(
      "const {AGENT2_PID, AGENT2_TARGET, AGENT2_CAUSE, AGENT2_FAULTS} = process.env; console.log([AGENT2_PID, AGENT2_TARGET, AGENT2_CAUSE, AGENT2_FAULTS].join('\\n'))",
    );
    const evidence = await gather({process: alive(service)}, {command});
    expect(textOf(evidence, 'command')).toBe(
      `${service.pid}\nweb\nhung\nresponse_timeout: ${render(hung.text)}`,
    );
    expect(factOf(evidence, 'command')).toBeUndefined();
  });

  test('that hangs is ended in its time, and what it said until then is kept', async () => {
    // On a busy machine it may not have come to its first word by then.
    const evidence = await until('it said something', async () => {
      const evidence = await gather(
        {},
        {
          command: ['sh', '-c', "trap '' TERM; echo begun; while :; do sleep 0.1; done"],
          timeoutMs: 500,
        },
      );
      return textOf(evidence, 'command') !== undefined && evidence;
    });
    expect(textOf(evidence, 'command')).toBe('begun');
    expect(factOf(evidence, 'command')).toBe('did not end within 0.5 s and was stopped');
  });

  test('that fails or is not there says so', async () => {
    expect(factOf(await gather({}, {command: ['false']}), 'command')).toBe('exited with code 1');
    expect(factOf(await gather({}, {command: ['no-such-command-here']}), 'command')).toBe(
      'command not found: no-such-command-here',
    );
  });

  test('that prints 10 MB does not make the evidence large', async () => {
    const log = join(directory, 'service.log');
    writeFileSync(log, `${'€'.repeat(30_000)}\n`.repeat(20));
    const evidence = await gather(
      {api: {excerpt: '€'.repeat(2_048)}},
      {log, command: ['sh', '-c', 'yes "$0" | head -c 10000000', '€'.repeat(50)]},
    );
    const size = [...evidence.facts, ...evidence.texts].reduce(
      (sum, {label, text}) => sum + Buffer.byteLength(label + render(text)),
      0,
    );
    expect(textOf(evidence, 'command')).toMatch(/^€+\n[^]*…$/);
    expect(size).toBeLessThanOrEqual(65_536);
  });
});

test('secrets are in none of it: log, response, command line, and what the command prints', async () => {
  const service = await startProgram('idle.mjs');
  const log = join(directory, 'service.log');
  writeFileSync(
    log,
    'connecting to postgres://bob:hunter22@db/app\nAuthorization: Bearer abcdef\nkey is k3y-of-\u200bthe-config\n',
  );
  const evidence = await gather(
    {
      process: {
        ...alive(service),
        command: 'serve --password hunter22 --key k3y-of-the-config',
      } as ProcessReading,
      api: {status: 500, excerpt: '{"token":"hunter22","trace":"k3y-of-the-config"}'},
    },
    {
      log,
      secrets: ['k3y-of-the-config'],
      command: ['echo', 'DB_PASSWORD=hunter22 k3y-of-the-config'],
    },
  );
  const all = JSON.stringify(evidence);
  expect(all).not.toContain('hunter22');
  expect(all).not.toContain('abcdef');
  expect(all).not.toContain('k3y-of');
  expect(textOf(evidence, 'response')).toBe('{"token":"***","trace":"***"}');
  expect(factOf(evidence, 'process')).toContain('serve --password *** --key ***');
});

test('when nobody wants it any more, gathering ends at once', async () => {
  const controller = new AbortController();
  const pending = gatherer({command: ['sleep', '60'], timeoutMs: 60_000}).gather(
    request,
    {},
    controller.signal,
  );
  controller.abort();
  expect(textOf(await pending, 'command')).toBeUndefined();
});
