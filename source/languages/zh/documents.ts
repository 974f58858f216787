import type {Catalogue} from '../../core/text/say.ts';

/** What is said of files that cannot be read back, or only in part. */
export const zh: Catalogue = {
  'was written by a later agent2 (format {}; agent2 {} reads up to format {})':
    '由更新版本的 agent2 写入（格式 {}；agent2 {} 最多能读格式 {}）',
  'was written by agent2 {} (format {}; agent2 {} reads up to format {})':
    '由 agent2 {} 写入（格式 {}；agent2 {} 最多能读格式 {}）',
  '{} {}; use that version': '{} {}；请用该版本处理',
  '{} {}; run agent2 backtest of that version': '{} {}；请运行该版本的 agent2 backtest',
  '{} {} and was moved to {}; of the past only the fixes in the status file are known. To use it again, stop agent2, move the file back and start that version':
    '{} {}，已移到 {}；以往的情况只知道状态文件中的修复。要继续使用它，请停止 agent2，把它移回原处，再启动该版本',
  '{} cannot be used, and cannot be moved away: {}': '{} 无法使用，也无法另存：{}',
  '{} is damaged at {}: only that part is lost; the damaged file is kept as {}':
    '{} 在 {} 处损坏：只忘记这些内容；原文件另存为 {}',
  '{} is damaged and was moved to {}; of the past only the fixes in the status file are known':
    '{} 已损坏，已移到 {}；以往的情况只知道状态文件中的修复',
  '{} is damaged at {} and was moved to {}; of the past only the fixes in the status file are known':
    '{} 在 {} 处损坏，已移到 {}；以往的情况只知道状态文件中的修复',
  'the state it received is damaged': '交给它的状态已损坏',
};
