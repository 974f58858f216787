import type {Catalogue} from '../../core/text/say.ts';

/** What is said in the reports of a backtest and of a drill. */
export const zh: Catalogue = {
  // The report of a backtest.
  '{}, {} to {}': '{}，{} 至 {}',
  ', {} damaged line skipped': '，跳过 {} 个损坏的行',
  ', {} damaged lines skipped': '，跳过 {} 个损坏的行',
  '{} check': '{} 次检查',
  '{} checks': '{} 次检查',
  '{} run': '{} 次运行',
  '{} runs': '{} 次运行',
  '{}: {}; {} in {}{}': '{0}：{1}；{3}中的 {2}{4}',
  'A model, not a proof: a check sees what the last recorded check saw; a problem that a fix ended lasts until a fix ends it here; a fix takes as long as the recorded ones and helps where they did. More: docs/backtest.md':
    '这是模型，不是证明：每次检查看到的是最近一次所见；由修复结束的故障，在这里也持续到被修复为止；修复的耗时与录制的相同，且在它们有效之处有效。详见：docs/backtest.md',
  'times down': 'down 次数',
  'times held': 'held 次数',
  'downtime': '停机时间',
  'availability': '可用率',
  'detected after, median': '发现耗时，中位数',
  'detected after, longest': '发现耗时，最长',
  'happened': '实际',
  'would have': '假设',
  'preset': '预设',
  'a guess: no fix was recorded': '推测值：没有录制到它的修复',
  'the median of {} recorded fix': '{} 次录制修复的中位数',
  'the median of {} recorded fixes': '{} 次录制修复的中位数',
  'a fix heals after {} ({})': '修复在 {}后见效（{}）',

  // The report of a drill.
  'it was diagnosed as {}, expected {}': '被判定为 {}，应为 {}',
  'no warning was recorded': '没有记录警告',
  'the log does not mention it': '日志中没有相应的通知',
  'it was restarted, but a slow service must not be': '它被重启了，而缓慢的服务绝不应被重启',
  'it was not noticed': '未被发现',
  'it was noticed, but not called down': '已被发现，但未判定为 down',
  'nothing was done about it': '没有采取任何措施',
  'it did not recover': '没有恢复正常',
  'drill {}: {} (preset {}): {}': '演练 {}：{}（预设 {}）：{}',
  'broken': '破坏',
  'logged': '日志原文',
  'fix': '修复',
  'ended by the drill: {}': '由演练恢复：{}',
  'warned about, and not restarted': '已发出警告，且未重启',
  '{}, {}, healthy after {}': '{}，{}，{}后恢复健康',
};
