import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test as base} from 'vitest';
import {connect} from '../../source/io/net/tcp.ts';
import {firstLine} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome, type Home} from '../helpers/home.ts';
import {signal} from '../helpers/processes.ts';
import {agent2, startAgent2} from '../helpers/program.ts';
import {cli, demoService, root} from '../helpers/root.ts';
import {untilHealthy} from '../helpers/service.ts';
import {healthIs, readStatus} from '../helpers/status.ts';
import {until, within} from '../helpers/until.ts';

afterEach(cleanUp);

/** The port of AgentOS's WebUI, which its defaults name: nothing else may use it while these tests run. */
const PORT = 8080;

const taken = (await connect({host: '127.0.0.1', port: PORT, timeoutMs: 500})).kind === 'open';
if (taken) process.stderr.write(`skipped: AgentOS's port ${PORT} is in use on this machine\n`);
const test = base.skipIf(taken);

test('with no arguments agent2 watches AgentOS, asks for a restart as Agent2 did, and its files read the same with jq', async () => {
  const {home, stateDir} = agentOsHome();
  const webui = await startWebui(home);
  const program = startAgent2(['run'], {env: {...home.env, AGENT2_STATE_DIR: undefined}});
  await healthIs({stateDir}, 'ok');
  expect(readFileSync(join(stateDir, 'agent2.pid'), 'utf8')).toBe(`${program.pid}\n`);

  signal(webui, 'SIGKILL');
  const asked = await restartSignal(stateDir);
  expect(asked).toMatchObject({
    reason: 'process_not_alive',
    requested_by: 'agent2',
    cause: 'crashed',
  });
  expect(asked.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
  await until(
    'the status file says so',
    () => jq(stateDir, '.fixes[-1].result') === 'signal_created',
  );

  // What Agent1 does: restart the WebUI, then take the signal away.
  const successor = await startWebui(home);
  rmSync(join(stateDir, 'restart_signal'));
  await until('the fix is told', () => readStatus({stateDir})?.fixes.at(-1)?.result === 'success');
  await healthIs({stateDir}, 'ok');
  expect(jq(stateDir, '.consecutive_failures')).toBe(0);
  expect(jq(stateDir, '.fixes | length')).toBe(1);
  expect(jq(stateDir, '.fixes[-5:]')).toMatchObject([
    {issue: 'process not alive', result: 'success'},
  ]);
  expect(readFileSync(join(home.path, '.agentos/webui.pid'), 'utf8')).toBe(`${successor}\n`);
  expect(existsSync(join(stateDir, 'restart_signal'))).toBe(false);
  await program.stop();
  expect(jq(stateDir, '.status')).toBe('stopped');
});

test('a second monitor of the same state directory is refused and told of the first', async () => {
  const {home, stateDir} = agentOsHome();
  await startWebui(home);
  const env = {...home.env, AGENT2_STATE_DIR: undefined};
  const first = startAgent2(['run'], {env});
  await healthIs({stateDir}, 'ok');
  const second = await agent2(['run'], {env});
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(String(first.pid));
  expect(second.stderr).not.toMatch(/^\s+at /m);
});

test("AgentOS's scripts start, show and stop it as they did, and the guide's one-liners read its log", async () => {
  const {home, stateDir} = agentOsHome();
  const webui = await startWebui(home);
  const env = {...home.env, AGENT2_STATE_DIR: undefined, AGENT2: cli};
  const script = (name: string, ...words: readonly string[]) =>
    spawnSync('sh', [join(root, 'scripts/agentos', name), ...words], {
      env,
      encoding: 'utf8',
      timeout: 60_000,
    });
  const start = script('start_agent2.sh', '--preset', 'dev', '--log-level', 'debug');
  const pid = readFileSync(join(stateDir, 'agent2.pid'), 'utf8').trim();
  onCleanup(() => void signal(Number(pid), 'SIGKILL'));
  expect(start).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringContaining(`Agent2 启动成功 (PID: ${pid})`),
  });
  expect(start.stdout).toContain(`日志文件: ${join(stateDir, 'agent2.log')}`);
  expect(script('status_agent2.sh').stdout).toMatch(
    new RegExp(
      `=== Agent2 监控器状态 ===[^]*状态: 运行中\n {2}PID: ${pid}\n[^]*健康状态: ok\n[^]*连续失败: 0\n {2}修复次数: 0`,
    ),
  );
  expect(
    script('manage_multi_agent.sh', 'start', 'agent2', '--preset', 'dev', '--log-level', 'debug')
      .status,
  ).toBe(0);
  expect(readFileSync(join(stateDir, 'agent2.pid'), 'utf8').trim()).toBe(pid);

  signal(webui, 'SIGKILL');
  await restartSignal(stateDir);
  await startWebui(home);
  rmSync(join(stateDir, 'restart_signal'));
  await until('the fix is told', () => readStatus({stateDir})?.fixes.at(-1)?.result === 'success');
  expect(script('status_agent2.sh').stdout).toMatch(
    /修复次数: 1\n[^]* {2}- \[\d{4}-.*\] .+ -> .+ \(success\)/,
  );
  const log = join(stateDir, 'agent2.log');
  expect(
    execFileSync(
      'sh',
      [
        '-c',
        `grep "修复操作" ${log} | awk -F'修复操作: ' '{print $2}' | cut -d',' -f1 | sort | uniq -c`,
      ],
      {encoding: 'utf8'},
    ),
  ).toMatch(/^ *1 创建重启信号$/m);
  expect(
    execFileSync(
      'sh',
      [
        '-c',
        `grep "响应时间" ${log} | awk -F'响应时间: ' '{print $2}' | awk '{sum+=$1; count++} END {print count, sum/count}'`,
      ],
      {encoding: 'utf8'},
    ),
  ).toMatch(/^[1-9]\d* 0(\.\d+)?$/m);
  const doctor = script('manage_multi_agent.sh', 'doctor', 'agent2', '--json');
  expect(JSON.parse(doctor.stdout)).toMatchObject({
    findings: expect.arrayContaining([
      expect.objectContaining({id: 'process', target: 'webui', level: 'ok'}),
    ]),
  });

  // A restart keeps what the monitor was started with; words that are given win.
  expect(
    script(
      'manage_multi_agent.sh',
      'restart',
      'agent2',
      '--preset',
      'test',
      '--restart',
      'sh -c "exit 3"',
    ).status,
  ).toBe(0);
  expect(script('manage_multi_agent.sh', 'restart', 'agent2')).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringContaining('Agent2 启动成功'),
  });
  const again = readFileSync(join(stateDir, 'agent2.pid'), 'utf8').trim();
  onCleanup(() => void signal(Number(again), 'SIGKILL'));
  expect(again).not.toBe(pid);
  const words = execFileSync('ps', ['-ww', '-o', 'args=', '-p', again], {encoding: 'utf8'});
  expect(words).toContain('--log-level=debug');
  const [target] = (
    JSON.parse(readFileSync(join(stateDir, 'agent2_status.json'), 'utf8')) as {
      targets: ReadonlyArray<{preset: string; fix: string}>;
    }
  ).targets;
  expect(target).toMatchObject({preset: 'test', fix: 'command'});

  const stop = script('stop_agent2.sh');
  expect(stop).toMatchObject({status: 0, stdout: expect.stringContaining('Agent2 已停止')});
  expect(existsSync(join(stateDir, 'agent2.pid'))).toBe(false);
  expect(script('status_agent2.sh')).toMatchObject({
    status: 3,
    stdout: expect.stringContaining('状态: 未运行'),
  });
  expect(script('test_agent2.sh')).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('✗ Agent2 未运行'),
  });
});

function agentOsHome(): {home: Home; stateDir: string} {
  const home = makeHome();
  const stateDir = join(home.path, '.agentos/multi_agent');
  mkdirSync(stateDir, {recursive: true});
  return {home, stateDir};
}

/** Where AgentOS's WebUI would be: its port, its pid file, and a command line that says python. */
async function startWebui(home: Home): Promise<number> {
  const pidFile = join(home.path, '.agentos/webui.pid');
  const child = spawn(
    process.execPath,
    [demoService, '--port', String(PORT), '--pid-file', pidFile],
    {argv0: 'python3', env: home.env, stdio: ['ignore', 'pipe', 'inherit']},
  );
  onCleanup(
    () =>
      void (
        child.exitCode === null &&
        child.signalCode === null &&
        signal(child.pid ?? -1, 'SIGKILL')
      ),
  );
  await within(
    `the WebUI listens on port ${PORT}, which these tests need`,
    firstLine(child, 'the WebUI'),
  );
  await untilHealthy(`http://127.0.0.1:${PORT}/api/health`);
  return child.pid ?? -1;
}

async function restartSignal(
  stateDir: string,
): Promise<{readonly timestamp: string; readonly reason: string}> {
  const path = join(stateDir, 'restart_signal');
  await until('the restart signal is written', () => existsSync(path));
  return JSON.parse(readFileSync(path, 'utf8')) as {timestamp: string; reason: string};
}

/** What AgentOS's users type; read by hand where there is no jq. */
function jq(stateDir: string, filter: string): unknown {
  const path = join(stateDir, 'agent2_status.json');
  const {stdout, error} = spawnSync('jq', ['-c', filter, path], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (error === undefined) return JSON.parse(stdout);
  const {fixes, ...status} = readStatus({stateDir}) ?? {fixes: []};
  if (filter === '.fixes | length') return fixes.length;
  if (filter === '.fixes[-5:]') return fixes.slice(-5);
  if (filter === '.fixes[-1].result') return fixes.at(-1)?.result;
  return (status as Record<string, unknown>)[filter.slice(1)];
}

test('nothing of AgentOS here: the demo and a one-line example are offered', async () => {
  const home = makeHome();
  const {stderr, code} = await agent2([], {env: home.env});
  expect(stderr).toContain('agent2 found nothing to watch');
  expect(stderr).toContain('agent2 demo');
  expect(stderr).toContain('-- node server.js');
  expect(code).toBe(1);
});
