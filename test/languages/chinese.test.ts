import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {render, setLanguage} from '../../source/core/text/say.ts';
import type {State} from '../../source/core/model/state.ts';
import {whyLine, whyDetails} from '../helpers/why.ts';
import {logLine} from '../../source/documents/log-line.ts';
import {catalogue} from '../../source/languages/zh.ts';
import {live, setups, shapes, timelines} from '../helpers/virtual/timeline.ts';
import {createWorld, type Step, type World, type WorldOptions} from '../helpers/virtual/world.ts';
import {targetsOf} from '../../source/core/targets.ts';

beforeEach(() => setLanguage(catalogue));
afterEach(() => setLanguage({}));

const ENGLISH = /[a-z]{2,}(?:,? [a-z]{2,}){3}/;
const FIX = /修复操作: ([^,]+), 结果: (signal_created|warning_logged|success|failed)(?=；|$)/;

test('whatever happens, it is told in Chinese, and each attempt at a fix in at most one line that AgentOS counts', () => {
  fc.assert(
    fc.property(
      setups(shapes['a service and what depends on it']),
      timelines(),
      (setup, commands) => {
        const counted = new Map<string, number>();
        live(setup, commands, world => {
          const outside = new Set<string>();
          world.observe(({event, after, effects}: Step) => {
            for (const text of textsIn(event)) outside.add(text);
            for (const effect of effects) {
              if (effect.type === 'fix') counted.set(effect.target, 0);
              if (effect.type !== 'notify') continue;
              const {target} = effect.notice;
              const text = render(effect.notice.text);
              expectChinese(text, outside);
              if (text.includes('响应时间')) expect(text).toMatch(/响应时间: \d+\.\d{2,3}s/);
              if (!text.includes('修复操作')) continue;
              expect(text).toMatch(FIX);
              if (FIX.exec(text)?.[2] !== 'warning_logged')
                counted.set(target, (counted.get(target) ?? 0) + 1);
              expect(counted.get(target) ?? 0).toBeLessThanOrEqual(1);
            }
            for (const text of whyIn(after, event.at)) expectChinese(text, outside);
          });
        });
      },
    ),
    {numRuns: 60, interruptAfterTimeLimit: 1_500, seed: 20_261_125},
  );
}, 30_000);

function whyIn(state: State, at: number): readonly string[] {
  return targetsOf(state).flatMap(target => [whyLine(target, at), ...whyDetails(target, at)]);
}

/** What the services said, and what comes from commands that people wrote, is theirs. */
function expectChinese(text: string, outside: ReadonlySet<string>): void {
  const ours = [...outside]
    .sort((a, b) => b.length - a.length)
    .reduce((left, foreign) => left.replaceAll(foreign, '…'), text)
    .replaceAll(/'[^']*'/g, '…');
  if (ENGLISH.test(ours)) expect.fail(`this is no Chinese: ${text}`);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.includes(' ') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe("the log, by the one-liners of AgentOS's guide,", () => {
  const OPERATIONS = `grep "修复操作" | awk -F'修复操作: ' '{print $2}' | cut -d',' -f1 | sort | uniq -c | sort -rn`;
  const AVERAGE = `grep "响应时间" | awk -F'响应时间: ' '{print $2}' | awk '{print $1}' | awk '{sum+=$1; count++} END {print "平均:", sum/count "s"}'`;

  test('counts each fix once, by its action', () => {
    expect(asked(OPERATIONS, logOf({}, crash, suspend, crash))).toEqual([
      '2 重启',
      '1 继续运行进程',
    ]);
    expect(asked(OPERATIONS, logOf({fix: 'signal'}, crash, crash))).toEqual(['2 创建重启信号']);
  });

  test('counts a fix that failed, and a slow answer that was warned about', () => {
    const broken = (world: World) => {
      world.service.startMs = 3_600_000;
      crash(world);
      world.advance(1_900_000);
    };
    const failed = expect.stringMatching(
      / - Agent2 - ERROR - web: 修复操作: 重启, 结果: failed；修复后 [36]0 秒内未恢复健康：/,
    ) as string;
    // One by the budget, one when its window is over.
    expect(
      logOf({overrides: {budget: {count: 1, windowMs: 1_800_000}}}, broken).filter(line =>
        line.includes('修复操作'),
      ),
    ).toEqual([failed, failed]);
    const slow = logOf({}, world => {
      world.service.api = 'slow';
    });
    expect(slow.filter(line => line.includes('修复操作'))).toEqual([
      expect.stringMatching(
        / - Agent2 - WARNING - web: slow（.*）；修复操作: 记录警告, 结果: warning_logged$/,
      ),
    ]);
  });

  test('gives the average of the response times in seconds', () => {
    const lines = logOf({}, world => world.advance(60_000));
    expect(lines).toContainEqual(
      expect.stringMatching(/ - Agent2 - INFO - web: 健康检查通过 \(响应时间: 0\.\d+s\)$/),
    );
    const [average = ''] = asked(AVERAGE, lines);
    expect(average).toMatch(/^平均: 0\.0\d*s$/);
  });
});

function crash(world: World): void {
  world.service.process = 'gone-with-pid-file';
}

function suspend(world: World): void {
  world.service.process = 'stopped';
}

/** The log of a life: all is well, then one thing after the other happens, some minutes apart. */
function logOf(
  options: WorldOptions,
  ...happenings: ReadonlyArray<(world: World) => void>
): readonly string[] {
  const world = createWorld(options);
  world.advance(12_000);
  for (const happens of happenings) {
    happens(world);
    world.advance(240_000);
  }
  return world.notices.map(logLine);
}

/** What the pipe behind `grep … agent2.log` prints, line by line. */
function asked(pipe: string, lines: readonly string[]): readonly string[] {
  return execFileSync('sh', ['-c', pipe], {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    env: {...process.env, LC_ALL: 'C.UTF-8'},
  })
    .trim()
    .split('\n')
    .map(line => line.trim());
}
