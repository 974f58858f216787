import type {Catalogue} from '../../core/text/say.ts';

/** What is said of files that cannot be read back, or only in part. */
export const zh: Catalogue = {
  'what can be read of it or of the status file holds; a target whose past fixes are unknown starts with a spent heal budget':
    '其中或状态文件中能读出的内容仍然有效；过去的修复情况不明的目标，启动时视为修复额度已用完',
  '{} cannot be read ({}) and was moved to {}; {}': '{} 无法读取（{}），已移至 {}；{}',
  '{} is damaged and was moved to {}; {}': '{} 已损坏，已移至 {}；{}',
  '{} is damaged at {} and was moved to {}; {}': '{} 在 {} 处损坏，已移至 {}；{}',
  '{} {} and was moved to {}; {}. To use it again, stop agent2, move the file back and start that version':
    '{} {}，已移至 {}；{}。要重新使用它，请停止 agent2，将文件移回，并启动该版本',
  'was written by a later agent2 (format {}; agent2 {} reads up to format {})':
    '由更新版本的 agent2 写入（格式 {}；agent2 {} 最多能读格式 {}）',
  'was written by agent2 {} (format {}; agent2 {} reads up to format {})':
    '由 agent2 {} 写入（格式 {}；agent2 {} 最多能读格式 {}）',
  '{} {}; use that version': '{} {}；请用该版本处理',
  '{} {}; run agent2 backtest of that version': '{} {}；请运行该版本的 agent2 backtest',
  '{} cannot be used, and cannot be moved away: {}': '{} 无法使用，也无法另存：{}',
  '{} is damaged at {}: only that part is lost; the damaged file is kept as {}':
    '{} 在 {} 处损坏：只忘记这些内容；原文件另存为 {}',
  'the state it received is damaged': '交给它的状态已损坏',
};
