import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:http';
import {chmodSync, mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {version} from 'agent2:version';
import {readProcess} from '../../source/io/process/processes.ts';
import {logObject} from '../../source/documents/log-line.ts';
import {isoTime, logTime} from '../../source/format/time.ts';
import {firstLine} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {examined, fakeProgram, troubles, type Patient} from '../helpers/doctor.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {processState, signal} from '../helpers/processes.ts';
import {root} from '../helpers/root.ts';
import {until, within} from '../helpers/until.ts';
import {joined, message} from '../../source/core/text/message.ts';
import {speak} from '../../source/core/text/say.ts';
import {span} from '../../source/core/text/span.ts';
import {CLAUSE} from '../../source/core/why.ts';
import {stated} from '../../source/documents/stated-text.ts';
import {catalogue} from '../../source/languages/zh.ts';

let home: Home;
/** Stands for a monitor: the doctor only looks at its pid and its files. */
let pid: number;

beforeAll(async () => {
  home = makeHome();
  const child = spawn(
    process.execPath,
    [join(root, 'test/fixtures/services/idle.mjs'), home.path],
    {stdio: ['ignore', 'pipe', 'ignore']},
  );
  onCleanup(() => void signal(child.pid ?? -1, 'SIGKILL'));
  await within('it is there', firstLine(child, 'a program'));
  pid = child.pid ?? -1;
});
afterEach(() => speak({}));

afterAll(cleanUp);

const TARGET = {
  name: 'web',
  address: 'http://127.0.0.1:3000/',
  status: 'monitoring',
  health_status: 'ok',
  fix: 'command',
  why: 'healthy',
  process: {pid: 4_000_000},
  ledger: {},
  fixes: [],
};

/** A state directory with a monitor that runs, as far as its files say. */
function stateDir(
  document: object | string = {},
  {running = true}: {readonly running?: boolean} = {},
): string {
  const path = mkdtempSync(join(home.path, 'state-'));
  chmodSync(path, 0o755);
  mkdirSync(join(path, 'run'), {mode: 0o700});
  const status = {
    status: 'monitoring',
    pid,
    version,
    updated: isoTime(Date.now()),
    troubles: {},
    targets: [TARGET],
    ...(document as object),
  };
  writeFileSync(
    join(path, 'agent2_status.json'),
    typeof document === 'string' ? document : JSON.stringify(status),
  );
  if (running) {
    writeFileSync(join(path, 'agent2.pid'), `${pid}\n`);
    writeFileSync(
      join(path, 'run', `monitor.${pid}.json`),
      JSON.stringify({pid, startKey: readProcess(pid)?.startKey, targets: ['web']}),
    );
  }
  return path;
}

/** How the doctor finds a target of that monitor. */
function watched(target: object): Patient {
  const port = 9;
  return {
    stateDir: stateDir({targets: [{...TARGET, ...target}]}),
    spec: {
      name: 'web',
      url: undefined,
      endpoint: {host: '127.0.0.1', port},
      pidFile: undefined,
      processName: undefined,
      agentos: false,
    },
  };
}

describe('the monitor', () => {
  test('that is well gives no trouble', async () => {
    const findings = await examined({stateDir: stateDir()});
    expect(troubles(findings)).toEqual([]);
    expect(findings.monitor?.seen).toMatch(new RegExp(`^pid ${pid}, up .*, watching web$`));
  });

  test('that was killed left its pid file, and a start takes it over', async () => {
    const path = stateDir({}, {running: false});
    writeFileSync(join(path, 'agent2.pid'), '4194000\n');
    const {monitor_stale_pid: found} = await examined({stateDir: path});
    expect(found).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('agent2.pid names 4194000, which is gone'),
      next: 'agent2 start http://127.0.0.1:3000/ --name web --restart CMD',
    });
    writeFileSync(join(path, 'agent2.pid'), `${process.pid}\n`);
    expect((await examined({stateDir: path})).monitor_stale_pid?.seen).toContain('another program');
  });

  test('that answers, but cannot write its status, is not to be killed', async () => {
    const path = stateDir({updated: isoTime(Date.now() - 600_000)});
    const server = createServer((_, response) => response.end('{}')).listen(
      join(path, 'run', 'agent2.sock'),
    );
    onCleanup(() => void server.close());
    await once(server, 'listening');
    const findings = await examined({stateDir: path});
    expect(findings.monitor_stuck).toBeUndefined();
    expect(findings.status_unwritten).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining(
        'watches and answers, but has not been able to write its status for 10 min',
      ),
    });
  });

  test('that is suspended, or hangs', async () => {
    const path = stateDir({updated: isoTime(Date.now() - 600_000)});
    expect((await examined({stateDir: path})).monitor_stuck).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('wrote no status for 10 min'),
      next: `kill -KILL ${pid} && agent2 start http://127.0.0.1:3000/ --name web --restart CMD`,
    });
    signal(pid, 'SIGSTOP');
    try {
      await until('it stands', () => processState(pid) === 'T');
      expect((await examined({stateDir: path})).monitor_stopped).toMatchObject({
        level: 'fail',
        next: `kill -CONT ${pid}`,
      });
    } finally {
      signal(pid, 'SIGCONT');
    }
  });

  test('of another version', async () => {
    expect(
      (await examined({stateDir: stateDir({version: '0.0.9'})})).version_differs,
    ).toMatchObject({
      level: 'warn',
      seen: expect.stringContaining('agent2 0.0.9'),
      next: 'agent2 stop && agent2 start http://127.0.0.1:3000/ --name web --restart CMD',
    });
    expect(
      (await examined({stateDir: stateDir({version: undefined})})).version_differs?.seen,
    ).toContain('older than this one');
  });

  test('with troubles of its own', async () => {
    const {monitor_trouble: found} = await examined({
      stateDir: stateDir({troubles: {log: 'agent2.log cannot be written: EACCES'}}),
    });
    expect(found).toMatchObject({
      level: 'warn',
      seen: 'log: agent2.log cannot be written: EACCES',
      next: expect.stringContaining('ls -ld'),
    });
  });

  test('that may open few files', async () => {
    expect(
      (await examined({stateDir: stateDir(), machine: {openFileLimit: () => 64}})).fd_limit_low,
    ).toMatchObject({level: 'warn', next: expect.stringContaining('ulimit -n 4096')});
  });

  test('and another one that heals the same service', async () => {
    const other = stateDir();
    expect(
      (await examined({stateDir: stateDir(), neighbours: [other]})).healed_twice,
    ).toMatchObject({level: 'fail', next: `agent2 stop --state-dir ${other}`});
    const observer = stateDir({targets: [{...TARGET, observing: true}]});
    expect(troubles(await examined({stateDir: stateDir(), neighbours: [observer]}))).toEqual([]);
  });
});

describe('its files', () => {
  test('a status that is half a file, or of the future', async () => {
    expect((await examined({stateDir: stateDir('{"status": "moni')})).status_corrupt).toMatchObject(
      {level: 'fail', next: expect.stringContaining('agent2 start')},
    );
    expect(
      (await examined({stateDir: stateDir({updated: isoTime(Date.now() + 3_600_000)})}))
        .status_future,
    ).toMatchObject({level: 'warn', next: 'date; timedatectl status'});
  });

  test('a log with errors of the last hour shows the last of them, without secrets', async () => {
    const path = stateDir();
    const line = (at: number, text: string) => `${logTime(at)} - Agent2 - ERROR - ${text}\n`;
    writeFileSync(
      join(path, 'agent2.log'),
      line(Date.now() - 7_200_000, 'old') +
        [1, 2, 3, 4]
          .map(number => line(Date.now(), `web: trouble ${number} token=abcdefgh`))
          .join(''),
    );
    const {log_errors: found} = await examined({stateDir: path});
    expect(found).toMatchObject({level: 'warn', next: 'agent2 logs --level error --since 1h'});
    expect(found?.seen).toMatch(/^4 errors in the last hour/);
    expect(found?.seen).toContain('trouble 4 token=***');
    expect(found?.seen).not.toMatch(/trouble 1|old/);
  });

  test('a log in JSON shows its errors too', async () => {
    const path = stateDir();
    const line = (level: 'error' | 'info', text: string) =>
      `${logObject({at: Date.now(), level, target: 'web', kind: 'change', text})}\n`;
    writeFileSync(join(path, 'agent2.log'), line('info', 'well') + line('error', 'no disk'));
    const {log_errors: found} = await examined({stateDir: path});
    expect(found?.seen).toMatch(/^one error in the last hour:\n {2}\d\d:\d\d:\d\d web: no disk$/);
  });

  test('that everybody may write', async () => {
    const path = stateDir();
    chmodSync(path, 0o777);
    expect((await examined({stateDir: path})).state_dir_open).toMatchObject({
      level: 'warn',
      next: `chmod 755 ${path}`,
    });
  });

  test('that cannot be what they are', async () => {
    const path = join(home.path, 'a-file');
    writeFileSync(path, '');
    expect((await examined({stateDir: path})).state_dir_no_directory).toMatchObject({
      level: 'fail',
    });
  });

  test('on a disk that is full, or nearly', async () => {
    const disk = (freeBytes: number) => ({
      disk: async () =>
        ({
          kind: 'there',
          totalBytes: 10_000_000_000,
          usedBytes: 10_000_000_000 - freeBytes,
          freeBytes,
        }) as const,
    });
    expect((await examined({stateDir: stateDir(), machine: disk(4_096)})).disk_full).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('4 KiB of'),
      next: expect.stringContaining('df -h'),
    });
    expect(
      (await examined({stateDir: stateDir(), machine: disk(100_000_000)})).disk_low?.level,
    ).toBe('warn');
  });
});

describe('the healing of a target', () => {
  test('that is held', async () => {
    expect(
      (await examined(watched({status: 'held', health_status: 'down', why: 'budget 3/3 in 5 min'})))
        .held,
    ).toMatchObject({
      level: 'fail',
      target: 'web',
      seen: expect.stringContaining('budget 3/3'),
      next: 'agent2 restart web',
    });
  });

  test('that is held since a stranger has its port, which no restart ends', async () => {
    expect(
      (
        await examined(
          watched({status: 'held', health_status: 'down', cause: 'port_taken', why: 'held: …'}),
        )
      ).held,
    ).toMatchObject({
      seen: expect.stringContaining('a stranger has its port'),
      next: "ss -ltnp 'sport = :9'",
    });
  });

  test('that is down, without the fault that another line tells', async () => {
    const why = joined(
      [
        message`${'not_listening'}: ${'refused; by it'}`,
        message`next attempt in ${span(4_000)}`,
        message`budget ${1}/${3} in ${span(300_000)}`,
      ],
      CLAUSE,
    );
    const down = {health_status: 'down', cause: 'not_listening', ...stated('why', why)};
    const told = await examined(
      watched({...down, faults: [{kind: 'port_closed', text: 'refused; by it'}]}),
    );
    expect(told.down?.seen).toBe('down (not_listening); next attempt in 4 s; budget 1/3 in 5 min');
    const untold = await examined(
      watched({...down, faults: [{kind: 'slow', text: 'refused; by it'}]}),
    );
    expect(untold.down?.seen).toBe(
      'down (not_listening): refused; by it; next attempt in 4 s; budget 1/3 in 5 min',
    );
    speak(catalogue);
    const chinese = await examined(
      watched({...down, faults: [{kind: 'slow', text: 'refused; by it'}]}),
    );
    expect(chinese.down?.seen).toBe(
      '故障（not_listening）：refused; by it；4 秒后再次尝试；5 分钟内预算 1/3',
    );
  });

  test('that is down, by an agent2 whose reason was a sentence: it is told whole', async () => {
    const told = await examined(
      watched({health_status: 'down', cause: 'hung', why: 'hung: no response; next in 4 s'}),
    );
    expect(told.down?.seen).toBe('down (hung); hung: no response; next in 4 s');
  });

  test('known from its status alone is not called observed only', async () => {
    expect(
      (
        await examined({
          ...watched({}),
          spec: {
            ...watched({}).spec,
            fix: {use: 'none', options: {}, notFor: [], stopTimeoutMs: 0},
          },
        })
      ).fix,
    ).toMatchObject({
      level: 'ok',
      seen: 'by command, as its status says; what that runs is not known here',
    });
  });

  test('that people restarted often is none that restarts too often', async () => {
    const fixes = [1, 2, 3].map(minute => ({
      timestamp: isoTime(Date.now() - minute * 60_000),
      result: 'success',
      cause: 'manual',
    }));
    expect((await examined(watched({fixes}))).many_restarts).toBeUndefined();
  });

  test('that flaps, with what its restarts were good for', async () => {
    const fixes = [1, 2, 3].map(minute => ({
      timestamp: isoTime(Date.now() - minute * 60_000),
      result: 'success',
    }));
    const findings = await examined(
      watched({
        flapping: true,
        fixes,
        ledger: {hung: {'healed': 1, 'relapsed': 2, 'no effect': 0, 'unneeded': 0}},
      }),
    );
    expect(findings.flapping?.level).toBe('warn');
    expect(findings.many_restarts).toMatchObject({
      level: 'warn',
      seen: expect.stringContaining('3 fixes in the last hour; of its fixes: 1 healed, 2 relapsed'),
      next: 'agent2 logs --level warning --since 1h',
    });
  });

  test('that is paused', async () => {
    expect((await examined(watched({status: 'paused'}))).paused).toMatchObject({
      level: 'warn',
      next: 'agent2 resume web',
    });
  });
});

describe('the machine', () => {
  test('with a clock that cannot be right, or that nothing keeps right', async () => {
    expect(
      (await examined({machine: {now: () => Date.parse('2019-05-01T00:00:00Z')}})).clock_wrong,
    ).toMatchObject({level: 'fail', next: 'sudo timedatectl set-ntp true'});
    const bin = join(home.path, 'bin-time');
    fakeProgram(bin, 'timedatectl', 'no');
    expect((await examined({bin})).clock_unsynchronised?.level).toBe('warn');
    expect(
      (await examined({stateDir: stateDir(), machine: {now: () => Date.now() - 600_000}}))
        .clock_behind?.level,
    ).toBe('warn');
  });

  test('with a node that is too old', async () => {
    expect((await examined({machine: {nodeVersion: 'v18.20.4'}})).node_old).toMatchObject({
      level: 'fail',
      seen: expect.stringContaining('20.19'),
      next: expect.stringContaining('install'),
    });
  });

  test('that does not answer in time is no reason to wait', async () => {
    const path = stateDir();
    // The others are quick enough for that, unless the machine is busy.
    const findings = await until('the others answered', async () => {
      const findings = await examined({
        stateDir: path,
        machine: {disk: () => new Promise(() => undefined)},
        limitMs: 300,
      });
      return findings.monitor && findings;
    });
    expect(findings.examination_late).toMatchObject({level: 'skipped', what: 'disk'});
    expect(findings.monitor?.level).toBe('ok');
  });
});
