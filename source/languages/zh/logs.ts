import type {Catalogue} from '../../core/text/say.ts';

export const zh: Catalogue = {
  'Examples:': '示例：',
  'nothing was changed; this would free {}': '未作任何更改；将释放 {}',
  '{} freed': '已释放 {}',
  'The lowest level that is logged; debug has a line for every check':
    '从哪个级别起写入一行；debug 级别每次检查都写一行',
  'text, or json for one object a line': 'text，或 json（每行一个对象）',
  'How many old files are kept': '除正在写入的文件外保留多少个旧文件',
  'The log of agent2 itself': 'agent2 自身的日志',
  'allowed: {} to {}, written as 500KiB, 10MiB or a number of bytes':
    '允许 {} 到 {}，写作 500KiB、10MiB 或纯数字（字节）',
  'At this size agent2.log becomes agent2.log.1 and a new one begins':
    '超过此大小时 agent2.log 变为 agent2.log.1，并开始新文件',
  "'{}' is unknown; do must be archive, e.g. {}": "没有 '{}' 这项操作；可用的是 archive，例如 {}",
  'the history cannot be archived and was not changed: {}': '历史无法归档，保持不变：{}',
  'the history of fixes and incidents was archived in {} and starts empty':
    '修复和事件的历史已归档到 {}，并重新开始',
  "expected how long ago (30m, 1h, 7d), a time (10:30) or a date (2026-01-27, '2026-01-27 10:30')":
    "应为多久以前（30m、1h、7d）、时刻（10:30）或日期（2026-01-27、'2026-01-27 10:30'）",
  'log {} cannot be written: {}': '日志 {} 无法写入：{}',
  'log {} cannot be rotated and keeps growing: {}': '日志 {} 无法轮转，继续增长：{}',
  'another agent2, pid {}, has started in the meantime; try again':
    'agent2（pid {}）刚刚启动；请重试',
  '{} would be written to {}/fixes-….json.gz, and the history would start empty':
    '{} 将写入 {}/fixes-….json.gz，然后历史重新开始',
  'there is no history to archive': '没有可归档的历史',
  'the history (fixes: {}, incidents: {}; open incidents stay)':
    '历史（修复：{}，事件：{}；未结束的保留）',
  'the history (fixes: {}, incidents: {})': '历史（修复：{}，事件：{}）',
  '{} was archived in {} ({}) and starts empty': '{} 已归档到 {}（{}），并重新开始',
  'there are no files of a monitor{}; name its directory: agent2 {} --state-dir DIR':
    '没有找到监控的文件{}；请指明其存放目录：agent2 {} --state-dir DIR',
  'nothing old enough to be pruned': '没有旧到需要清理的内容',
  '{} ({}, {} old: {})': '{}（{}，已有 {}：{}）',
  'would remove {}': '将删除 {}',
  'left {}: it was rotated meanwhile': '保留 {}：它刚刚被轮转',
  'no rotated log to compress': '没有可压缩的轮转日志',
  'would compress {} ({}; the space it frees is known afterwards)':
    '将压缩 {}（{}；实际释放多少，完成后可知）',
  'compressed {} ({} to {})': '已压缩 {}（{} → {}）',
  'an old log': '旧日志',
  'an old output': '旧输出',
  'an old recording': '旧录制',
  'left by a dead process': '已结束的进程留下的',
  'prints the log of a monitor that runs or has stopped': '输出监控进程的日志，无论其是否运行',
  'keep printing new entries, across rotation; waits for a log that does not exist yet':
    '持续输出新条目，跨轮转；日志尚不存在时等待',
  'lowest level: debug, info, warning or error': '最低级别：debug、info、warning 或 error',
  'entries since then, e.g. 1h, 7d, 10:30 or 2026-01-27':
    '此时及以后的条目，例如 1h、7d、10:30 或 2026-01-27',
  'entries until then': '此时及以前的条目',
  'number of last entries, or all (default: 50; all with --since or --until)':
    '最后多少条，或 all（默认：50；有 --since 或 --until 时为 all）',
  'entries about this target': '关于此目标的条目',
  'print one JSON object per line, whatever the format of the log':
    '每行输出一个 JSON 对象，无论日志是什么格式',
  '--since is later than --until; swap them': '--since 晚于 --until，其间没有内容；请交换两者',
  '--until and -f exclude each other; leave out one of them':
    '--until 限定终点，-f 则持续输出；请去掉其中一个',
  'expected a whole number up to {}, or all': '应为不超过 {} 的整数，或 all',
  'removes old files, compresses logs, archives the history of fixes':
    '删除旧文件、压缩日志、归档修复历史',
  'remove old rotated logs, outputs and recordings, and temporary files of dead processes':
    '删除陈旧的轮转日志、输出和记录，以及已死进程的临时文件',
  'compress rotated logs': '压缩已轮转的日志',
  'move fixes, incidents and ledger to archive/ in the state directory; budget and open incidents stay':
    '将修复、事件和台账移到状态目录的 archive/；预算和未结束的事件保留',
  'all of these': '以上全部',
  'print what would be done, without doing it': '只输出将会做什么，不实际执行',
  'prune: keep files written within this time (default: 30d)':
    'prune：保留在这段时间内写过的内容（默认：30d）',
  'Without a task it does prune, then compress.': '不带参数时先 prune，再 compress。',
};
