import {execFileSync, spawnSync} from 'node:child_process';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {root} from '../helpers/root.ts';

afterEach(cleanUp);

const LOG = `2026-01-27 10:30:05,123 - Agent2 - INFO - webui: 健康检查通过 (响应时间: 0.05s)
2026-01-27 10:31:05,123 - Agent2 - INFO - webui: 健康检查通过 (响应时间: 0.15s)
2026-01-27 10:31:10,001 - Agent2 - ERROR - webui: 故障：crashed：PID 文件不存在
2026-01-27 10:31:10,002 - Agent2 - WARNING - webui: 修复操作: 创建重启信号, 结果: signal_created；等待重启方取走信号
2026-01-27 10:41:10,002 - Agent2 - INFO - webui: 修复操作: 重启, 结果: success；修复开始后 1.3 s 恢复健康
2026-01-27 10:51:10,002 - Agent2 - WARNING - webui: 修复操作: 创建重启信号, 结果: signal_created；等待重启方取走信号
`;

/** The commands of docs/agentos.md below its heading, with the home of the test. */
function guideLine(home: string, beginsWith: string): string {
  const lines = readFileSync(join(root, 'docs/agentos.md'), 'utf8').split('\n');
  const line = lines.find(line => line.startsWith(beginsWith));
  if (line === undefined) throw new Error(`docs/agentos.md has no line ${beginsWith}`);
  return execFileSync('sh', ['-c', line.replaceAll('~/.agentos/multi_agent', home)], {
    encoding: 'utf8',
  });
}

test("the one-liners of AgentOS's guide count fixes and average response times of a log in Chinese", () => {
  const home = makeHome();
  writeFileSync(join(home.path, 'agent2.log'), LOG);
  expect(
    guideLine(home.path, 'grep "修复操作"')
      .trim()
      .split('\n')
      .map(line => line.trim()),
  ).toEqual(['2 创建重启信号', '1 重启']);
  expect(guideLine(home.path, 'grep "响应时间"')).toBe('平均: 0.1s\n');
  expect(guideLine(home.path, 'tail -n 100')).toContain('ERROR - webui: 故障');
});

test('the scripts for AgentOS are plain sh, and say what words they want', () => {
  const folder = join(root, 'scripts/agentos');
  for (const name of readdirSync(folder)) {
    expect(spawnSync('sh', ['-n', join(folder, name)], {encoding: 'utf8'})).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(
      /\[\[|\blocal\b|^function |\bsource\b|<<<|&>/m,
    );
  }
  const wrong = spawnSync('sh', [join(folder, 'manage_multi_agent.sh'), 'begin'], {
    encoding: 'utf8',
  });
  expect(wrong).toMatchObject({
    status: 64,
    stdout: '',
    stderr: expect.stringContaining(
      '{start|stop|restart|status|logs|check|doctor} [agent1|agent2|all]',
    ),
  });
  expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).toMatchObject({
    files: expect.arrayContaining(['scripts']),
  });
});
