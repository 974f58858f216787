import type {Catalogue} from '../../core/text/say.ts';

export const zh: Catalogue = {
  'shows the log of a monitor, whether it runs or not; -f goes on with what comes':
    '显示监控的日志，无论它是否在运行；-f 持续显示新内容',
  'no words are wanted, e.g. agent2 logs --target web --since 1h':
    '不需要其他参数，例如 agent2 logs --target web --since 1h',
  'go on with what comes, over rotation, and wait for a log that is not there yet':
    '持续显示新内容，日志轮转后继续；日志尚不存在时等待',
  'from which level on: debug, info, warning or error': '最低级别：debug、info、warning 或 error',
  'only what happened so long ago or later, e.g. 1h, 7d, 10:30 or 2026-01-27':
    '只显示此时间之后的内容，例如 1h、7d、10:30 或 2026-01-27',
  'only what happened so long ago or earlier': '只显示此时间之前的内容',
  'how many of the last entries, or all (default: 50; all with --since or --until)':
    '显示最后多少条，或 all（默认 50；使用 --since 或 --until 时为全部）',
  'only what is about that target': '只显示与该目标有关的内容',
  'one JSON object a line, whatever the format of the log':
    '每行一个 JSON 对象，无论日志是何种格式',
  'no colours (NO_COLOR does the same)': '不使用颜色（与 NO_COLOR 相同）',
  'where the monitor keeps its files': '监控存放文件的目录',
  'the monitor, by the name of what it watches': '按所监控对象的名称指定监控',
  'Examples:': '示例：',
  'tidies up: prunes and compresses old logs, archives the fix history and begins it anew':
    '整理：清理并压缩旧日志，归档修复历史并重新开始',
  'wanted is at most one of {}, e.g. agent2 maintain prune':
    '最多一个参数，可选 {}，例如 agent2 maintain prune',
  'nothing was changed; {} would be freed': '未作任何更改；将释放 {}',
  '{} freed': '已释放 {}',
  'say what would be done, and do nothing': '只说明会做什么，不实际执行',
  'prune: what was written last so long ago or later stays (default: 30d)':
    'prune：保留最后写入时间在此期限内的文件（默认 30d）',
  'Words (default: prune, then compress):': '可用的词（默认先 prune 再 compress）：',
  'remove rotated logs, outputs and recordings that are old, and temporary files of processes that are dead':
    '删除过旧的轮转日志、输出和录制，以及已结束进程留下的临时文件',
  'compress rotated logs; the one that is written stays as it is':
    '压缩已轮转的日志；正在写入的日志保持不变',
  'write fixes, incidents and ledger to archive/ in the state directory, and begin them anew; budget and open incidents stay':
    '把修复、事件和成效统计写入状态目录下的 archive/，然后重新开始；预算和未结束的事件保留',
  'all of it': '以上全部',
  "maintain has no '{}'; the words are {}{}": "maintain 没有 '{}'；可用的词有 {}{}",
  "--keep '{}' is no usable duration; wanted is at least {}, e.g. --keep 30d":
    "--keep '{}' 不是可用的时长；至少为 {}，例如 --keep 30d",
  'From which level on there is a line; debug has one for every check':
    '从哪个级别起写入一行；debug 级别每次检查都写一行',
  'text, or json for one object a line': 'text，或 json（每行一个对象）',
  'How many old files stay beside the one that is written': '除正在写入的文件外保留多少个旧文件',
  'The log of agent2 itself': 'agent2 自身的日志',
  'allowed is {} to {}, written 500KiB, 10MiB or a bare number of bytes':
    '允许 {} 到 {}，写作 500KiB、10MiB 或纯数字（字节）',
  'Beyond that agent2.log becomes agent2.log.1 and a new one is begun':
    '超过此大小时 agent2.log 变为 agent2.log.1，并开始新文件',
  "'{}' is nothing to be done; there is archive, e.g. {}":
    "没有 '{}' 这项操作；可用的是 archive，例如 {}",
  'the history cannot be archived, and stays as it is: {}': '历史无法归档，保持不变：{}',
  'the history of fixes and incidents was archived in {} and begins anew':
    '修复和事件的历史已归档到 {}，并重新开始',
  "wanted is how long ago (30m, 1h, 7d), a time (10:30) or a date (2026-01-27, '2026-01-27 10:30')":
    "应为多久以前（30m、1h、7d）、时刻（10:30）或日期（2026-01-27、'2026-01-27 10:30'）",
  'log {} cannot be written: {}': '日志 {} 无法写入：{}',
  'log {} cannot be rotated and grows on: {}': '日志 {} 无法轮转，继续增长：{}',
  'agent2, pid {}, has begun meanwhile; try again': 'agent2（pid {}）刚刚启动；请重试',
  '{} would be written to {}/fixes-….json.gz, and the history begin anew':
    '{} 将写入 {}/fixes-….json.gz，然后历史重新开始',
  'there is no history to archive': '没有可归档的历史',
  'the history (fixes: {}, incidents: {}; what is open stays)':
    '历史（修复：{}，事件：{}；未结束的保留）',
  'the history (fixes: {}, incidents: {})': '历史（修复：{}，事件：{}）',
  '{} was archived in {} ({}) and begins anew': '{} 已归档到 {}（{}），并重新开始',
  'there is nothing of a monitor{}; say where it keeps its files: agent2 {} --state-dir DIR':
    '没有找到监控的文件{}；请指明其存放目录：agent2 {} --state-dir DIR',
  '--since {} is later than --until {}, so nothing lies between; exchange them':
    '--since {} 晚于 --until {}，两者之间没有内容；请互换',
  '--until ends what is shown, and -f goes on; leave one of them away':
    '--until 限定结束时间，而 -f 会持续显示；请去掉其中一个',
  '-n {} is not allowed; wanted is a whole number up to {}, or all, e.g. -n 50':
    '-n {} 不允许；应为不超过 {} 的整数，或 all，例如 -n 50',
  '{} {} is no time; {}, e.g. {} 1h': '{} {} 不是时间；{}，例如 {} 1h',
  'nothing old enough to be pruned': '没有旧到需要清理的内容',
  '{} ({}, {} old: {})': '{}（{}，已有 {}：{}）',
  'would remove {}': '将删除 {}',
  'left {}: it was rotated meanwhile': '保留 {}：它刚刚被轮转',
  'no rotated log to compress': '没有可压缩的轮转日志',
  'would compress {} ({}; how much that frees shows when it is done)':
    '将压缩 {}（{}；实际释放多少，完成后可知）',
  'compressed {} ({} to {})': '已压缩 {}（{} → {}）',
  'an old log': '旧日志',
  'an old output': '旧输出',
  'an old recording': '旧录制',
  'left by a process that is dead': '已结束的进程留下的',
  "{} '{}' is not allowed; wanted is one of {}, e.g. {} {}{}":
    "{} '{}' 不允许；可选 {}，例如 {} {}{}",
};
