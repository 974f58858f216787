import type {Catalogue} from '../../core/text/say.ts';

/** What the commands say: their help, their refusals, their results. */
export const zh: Catalogue = {
  'Options:': '选项：',
  'Usage:': '用法:',
  'Examples:': '示例：',

  ' in {}': '（{}）',
  'there are several recordings: {}; name one, e.g. agent2 backtest {}':
    '有多份记录：{}；请指定一份，例如 agent2 backtest {}',
  'there is no recording{}; make one: agent2 run http://127.0.0.1:3000/ --record, or name a file: agent2 backtest web.jsonl':
    '没有记录{}；可这样产生：agent2 run http://127.0.0.1:3000/ --record，或指定文件：agent2 backtest web.jsonl',
  '{} has no entry since the time of --since': '{} 中没有 --since 所要求的时间之后的内容',
  '{} is not a recording': '{} 不是记录文件',
  '{} is empty': '{} 还没有内容',
  '{}; {}': '{}；{}',
  'go further back, e.g. --since 30d': '请回溯更久，例如 --since 30d',
  'to make a recording: agent2 run http://127.0.0.1:3000/ --record web.jsonl':
    '可这样产生记录：agent2 run http://127.0.0.1:3000/ --record web.jsonl',
  "the recording has no target '{}'; it has {}, e.g. agent2 backtest {} {}":
    "记录中没有目标 '{}'；其中有 {}，例如 agent2 backtest {} {}",
  'does not exist': '不存在',
  'cannot be read ({})': '无法读取（{}）',
  '{} {}; name a recording, e.g. agent2 backtest web.jsonl; to make one: agent2 run http://127.0.0.1:3000/ --record web.jsonl':
    '{} {}；请指定一份记录，例如 agent2 backtest web.jsonl；可这样产生：agent2 run http://127.0.0.1:3000/ --record web.jsonl',

  '{}: the example is YAML, because JSON has no comments; give it a YAML name, e.g. agent2 config init agent2.yaml':
    '{}：示例是 YAML，因为 JSON 没有注释；请使用相应的文件名，例如 agent2 config init agent2.yaml',
  '{} already exists and was not changed; choose another name (agent2 config init other.yaml), or check it: agent2 config check {}':
    '{} 已存在，保持不变；请换个名称（agent2 config init other.yaml），或检查它：agent2 config check {}',
  '{} cannot be written: {}; choose another place': '无法写入 {}：{}；请换个位置',
  'there is no agent2.yaml here or in ~/.config/agent2; name the file, or write an example: agent2 config init':
    '此处没有 agent2.yaml，~/.config/agent2 中也没有；请指定文件，或先生成一个：agent2 config init',
  '{} written; edit it, then: agent2 config check {}':
    '已写入 {}；编辑后运行：agent2 config check {}',
  'at most {} fixes in {}': '{1} 内最多 {0} 次修复',
  'files in {}': '文件位于 {}',
  '{} is valid: one target': '{} 正确：一个目标',
  '{} is valid: {} targets': '{} 正确：{} 个目标',
  'observed only': '仅观察',
  'restarted by {}: {}': '由 {} 重启：{}',
  '{} has a problem': '{} 有一个问题',
  '{} has {} problems': '{} 有 {} 个问题',
  '{} has {} problems; the first {}': '{} 有 {} 个问题；前 {} 个',
  '{} has more than {} problems; the first {}': '{} 有超过 {} 个问题；前 {} 个',
  ' (and more than {} more; to see them: agent2 config check {})':
    '（另有超过 {} 个；查看：agent2 config check {}）',
  ' (and {} more; to see all: agent2 config check {})':
    '（另有 {} 个；全部见：agent2 config check {}）',
  '{} is for one target, but {} says what to watch; write it there, or name what to watch, e.g. agent2 http://127.0.0.1:3000/ {} …':
    '{} 只针对一个目标，而监控目标由 {} 指定；请写在那里，或直接指定目标，例如 agent2 http://127.0.0.1:3000/ {} …',
  'the url': 'url',

  'crash': '崩溃',
  'hang': '挂起',
  'freeze': '冻结',
  'slow': '变慢',
  'error 500': '返回 500',
  'status down': '状态 down',

  'timings and limits of the demo (default: dev)': '演示的时间与限值（默认：dev）',
  '--preset is for --demo; a running monitor keeps its own, e.g. agent2 drill {} --demo --preset {}':
    '--preset 用于 --demo；运行中的监控进程有自己的预设，例如 agent2 drill {} --demo --preset {}',
  ' (only to {})': '（只同意 {}）',
  "{} does not allow '{}'{}; allow it in the config of the target: drill: {{}: {}}; or try it on the demo: agent2 drill {} --demo":
    "{} 未同意 '{}'{}；请在该目标的配置中写明：drill: {{}: {}}；或在演示上尝试：agent2 drill {} --demo",
  '{} is only observed, so agent2 would not heal it; {} first':
    '{} 仅被观察，不会有人修复它；请先{}',
  'give it a fix': '为它配置修复方式',
  'turn healing on (o)': '恢复对它的修复 (o)',
  'this is prod, where a drill hurts; if you mean it, add --yes: agent2 drill {} {} --yes':
    '这是 prod，演练会造成影响；若确实要做，请加 --yes：agent2 drill {} {} --yes',
  '{} is {} ({}): {}; a drill needs a healthy service':
    '{} 为 {}（{}）：{}；演练须从健康的服务开始',
  'there is no way to do that; start it yourself': '没有办法；请自行确保它运行',
  'that failed: {}': '未能做到：{}',
  "agent2 has no built-in way for '{}'; give a command in the config: drill: {{}: [./break.sh], mend: [./mend.sh]}":
    "agent2 自身没有实现 '{}' 的办法；请在配置中给出命令：drill: {{}: [./break.sh], mend: [./mend.sh]}",
  'the process of {} is unknown, so agent2 cannot send {}; give a pidFile, or a command: drill: {{}: [./break.sh]}':
    '不知道 {} 的进程，无法向其发送 {}；请给出 pidFile，或给出命令：drill: {{}: [./break.sh]}',
  '{} cannot be broken: {}': '无法弄坏 {}：{}',
  'the demo service was told to answer 500': '已让演示服务返回 500',
  'the demo service was told to answer late': '已让演示服务延迟响应',
  'the demo service was told to {}': '已让演示服务 {}',
  'the demo service was told to recover': '已让演示服务恢复正常',
  'the drill names an empty command; give one, e.g. drill: {error: [./break.sh]}':
    '演练的命令为空；请给出命令，例如 drill: {error: [./break.sh]}',
  '{} failed ({}{}); correct the command in the config': '{} 失败（{}{}）；请更正配置中的命令',

  "'{}' is neither a command nor a url; the commands are {}{}; a url looks like http://127.0.0.1:3000/":
    "'{}' 既不是命令也不是 url；命令有 {}{}；url 形如 http://127.0.0.1:3000/",
  '{}; try: ls -ld {}': '{}；请尝试：ls -ld {}',
  'the system refuses: {}': '系统拒绝：{}',
  'a bug, please report it: {}': '程序错误，请报告：{}',
  '{} cannot be read ({}); correct it or choose another place: --state-dir DIR':
    '无法读取 {}（{}）；请更正，或另选位置：--state-dir DIR',
  'agent2 cannot follow changes of {}: {}': '无法察觉 {} 的变化：{}',
  'restart_signal names {}, which is no target; nothing is restarted: correct the name ({}), or remove the file':
    'restart_signal 指名 {}，但没有这个目标；不重启任何目标：请更正名称（{}），或删除该文件',
  'restart_signal {}; its content does not count, and {} is restarted':
    'restart_signal {}；其内容不算数，将重启 {}',
  '{}; the old config stays in use': '{}；继续使用旧配置',
  '{}: {}; agent2 watches on, and tries again': '{}：{}；agent2 继续监视并会重试',
  '{}; what follows -- runs without a shell': '{}；-- 之后的内容按原样运行，不经过 shell',
  'agent2 knows no process to continue': '没有可继续运行的已知进程',
  'cannot start it: {}': '无法启动：{}',
  'a process that an earlier run started for {}, which agent2 no longer starts: {}':
    '之前的运行为 {} 启动、已不属于 agent2 的进程：{}',

  'debug, info, warning or error (default: info)': 'debug、info、warning 或 error（默认：info）',
  'text, or json for one object a line (default: text)':
    'text，或 json（每行一个对象）（默认：text）',
  'plain ASCII instead of lines and symbols': '用纯 ASCII 代替线条和符号',
  '--record has an empty file name; name a file, e.g. --record web.jsonl, or leave the name out':
    '--record 的名称为空；请给出文件，或去掉名称，例如 --record web.jsonl',
  '--record used the url as its file name; name a file, or put --record last, e.g. agent2 run {} --record':
    '--record 把 url 当成了文件；请指定文件，或把 --record 放在最后，例如 agent2 run {} --record',
  '--record {}: it cannot be written ({}); choose another file, e.g. --record web.jsonl':
    '--record {}：无法写入（{}）；请换个文件，例如 --record web.jsonl',
  'the config file now names the state directory {}; agent2 uses it from the next start':
    '配置文件现在要求把文件放在 {}；下次启动时生效',
  'the theme is not remembered: {}': '未能记住主题：{}',
  'the language is not remembered: {}': '未能记住语言：{}',
  ' (AGENT2_DEBUG=1 shows where)': '（AGENT2_DEBUG=1 可显示位置）',

  // The words of config.
  'checks {}': '检查 {}',
  '{} (advisory)': '{}（提示性）',

  // The demo and the drills.
  'the demo service did not take {}: {}': '演示服务没有接受 {}：{}',
  'the demo service answered {} to {}': '演示服务对 {1} 的应答是 {0}',
  '{} to process {}': '向进程 {1} 发送 {0}',
  'no status': '没有状态',
  'last fix {} {} {}': '最近的修复 {} {} {}',
  'stops {} too, since agent2 started it': '同时停止 {}，因为它由 agent2 启动',
  'stops watching {}{}{}': '停止监控 {}{}{}',
  ', and stops {}, which it started': '，并停止由它启动的 {}',
  '; nothing heals it after that': '；此后无人修复',
  'agent2 has stopped {}, which it started': 'agent2 已停止由它启动的 {}',
  'agent2 has stopped watching {}{}{}': 'agent2 已停止监控 {}{}{}',
  ', and has stopped {}, which it started': '，并已停止由它启动的 {}',
  ': nothing heals it now': '：现在无人修复',
  '{} services': '{} 个服务',
  'the state directory {}': '状态目录 {}',
  '{}: {}; create it: mkdir -p {}': '{}：{}；请创建：mkdir -p {}',
  '{}: {}, or choose another: --state-dir DIR': '{}：{}，或另选一个：--state-dir DIR',
  '{}: {}; choose another: --state-dir DIR': '{}：{}；请另选：--state-dir DIR',
  "this user (uid {}) has no home directory for agent2's files; name a directory: --state-dir DIR, or set HOME":
    '该用户 (uid {}) 没有存放 agent2 文件的主目录；请指定目录：--state-dir DIR，或设置 HOME',
  'this user has no home directory': '该用户没有主目录',
  '{}: it cannot be written ({}); choose another: --state-dir DIR':
    '{}：无法写入（{}）；请另选：--state-dir DIR',
  'agent2 found nothing to watch.': '这里没有可监控的服务。',
  'Without a url it watches AgentOS, but there is no ~/.agentos, and nothing':
    '未给出 url 时监控 AgentOS，但既没有 ~/.agentos，也没有任何程序',
  'listens on {}.': '监听 {}。',
  'To watch a service of your own:': '监控您自己的服务：',
  'To see how it works, with a small service that you can break:':
    '或者用一个可以弄坏的小服务看看它如何工作：',
  '  d  the demo    w  watch AgentOS anyway    q  quit':
    '  d  演示    w  仍然监控 AgentOS    q  退出',
  'agent2 watches this already, pid {}': 'agent2 已在监视这些目标，pid {}',
  'waits for the first check of {} (at most {}); Ctrl-C stops waiting':
    '正在等待 {} 的首次检查，最多 {}；按 Ctrl-C 不再等待（监控进程继续运行）',
  'agent2 runs in the background, pid {}; agent2 status{} shows it, agent2 stop{} ends it':
    'agent2 已在后台运行，pid {}；用 agent2 status{} 查看，用 agent2 stop{} 结束',
  'agent2 continues in the background, pid {}; not every target is checked yet: agent2 status{} shows it, agent2 stop{} ends it':
    '它继续在后台运行，pid {}，尚未全部检查完；用 agent2 status{} 查看，用 agent2 stop{} 结束',
  'agent2 runs, pid {}, but after {} not every target is checked; see agent2 status{} and the log; agent2 stop{} ends it':
    '它在运行，pid {}，但过了 {} 仍未全部检查一次；请看 agent2 status{} 和日志，用 agent2 stop{} 结束',
  'exit code {}': '退出码 {}',
  'signal {}': '信号 {}',
  'the monitor ended during its start ({}) without a message; its log: {}':
    '监控进程在启动时退出（{}），没有任何输出；日志：{}',
  'state': '状态',
  'log': '日志',
  'no agent2 is running; start one, e.g. agent2 start http://127.0.0.1:3000/':
    '没有运行中的 agent2；可启动一个，例如 agent2 start http://127.0.0.1:3000/',
  'no agent2 is running in {}, and none ever was; start one, e.g. agent2 start http://127.0.0.1:3000/':
    '{} 中没有运行中的 agent2，也从未有过；可启动一个，例如 agent2 start http://127.0.0.1:3000/',
  'no agent2 is running in {}: there is nothing to stop': '{} 中没有运行中的 agent2：无需停止',
  'no agent2 is running: there is nothing to stop': '没有运行中的 agent2：无需停止',
  'there are several: {}; name one, e.g. agent2 stop {}, or stop all: agent2 stop --all':
    '有多个：{}；请指定一个，例如 agent2 stop {}，或全部停止：agent2 stop --all',
  'pid {} ({}, in {})': 'pid {}（{}，位于 {}）',
  'ends when the fix of {} is done': '等 {} 的修复完成后即结束',
  'problem: {}: {}': '自身故障：{}：{}',
  'state in {}': '状态目录 {}',
  '{} is not running': '{} 未在运行',
  'up {}': '已运行 {}',
  'cpu {}%': 'CPU {}%',
  'pid {}': 'pid {}',
  'it has just started and has no status yet': '刚刚启动，还没有写出状态',
  'it is suspended (state T: SIGSTOP, or a debugger), so nothing is checked or healed; this status is {} old; to resume it: kill -CONT {}':
    '它已被挂起（状态 T：SIGSTOP 或调试器），不检查也不修复；以下内容是 {} 之前的；让它继续：kill -CONT {}',
  'it has written no status for {}: it is stuck, or cannot write its status file; this status is that old; see its log, agent2.log':
    '它已有 {} 没有写出状态：卡住了，或无法写状态文件；以下内容同样陈旧；请看它的日志 agent2.log',
  'it stopped {} ago; this is its last status; to start it again, repeat the command you started it with: agent2 start …':
    '它于 {} 前正常结束；以下是当时的状况；启动（参数与先前相同）：agent2 start …',
  'it was killed, or the machine went down; this status is {} old; to start it again, repeat the command you started it with: agent2 start …':
    '它意外中止（被杀死或机器宕机）；以下内容写于 {} 前；重新启动（参数与先前相同）：agent2 start …',
  'TARGET': '目标',
  'HEALTH': '健康',
  'PHASE': '阶段',
  'SINCE': '持续',
  'PRESET': '预设',
  'ADDRESS': '地址',
  'no fixes so far': '尚无修复',
  'TIME': '时间',
  'ISSUE': '问题',
  'CAUSE': '原因',
  'ACTION': '操作',
  'RESULT': '结果',
  'HEALTHY AFTER': '恢复用时',
  'waits at most {} for the running fix of {}; a second signal ends agent2 at once':
    '等待 {} 正在进行的修复，最多 {}；再发一次信号则 agent2 立即结束',
  'another agent2, pid {} on the host {} (in another container, or on another machine), already uses {}; stop it there, or give this one its own directory: --state-dir DIR':
    '另一个 agent2（PID {}，主机 {}，在另一个容器或另一台机器中）已在使用 {}；请在那里停止它，或为本进程另选目录：--state-dir DIR',
  'another agent2, pid {} on the host {} (in another container, or on another machine), uses {} now, so this one ends':
    '另一个 agent2（PID {}，主机 {}，在另一个容器或另一台机器中）现在使用 {}，因此本进程结束',
  'another agent2, pid {}, uses {} now, which had been removed, so this one ends':
    '{1} 被删除后，已由另一个 agent2（pid {0}）占用，因此本进程结束',
  '{} was removed and has been created again': '{} 曾被删除，现已重建',
  '{} was removed and cannot be created again: {}': '{} 已被删除，且无法重建：{}',
  'another agent2, pid {} (watching {}),': '另一个 agent2（pid {}，监视 {}）',
  'another agent2, pid {},': '另一个 agent2（pid {}）',
  '{} already uses {}; use that one, stop it (agent2 stop --state-dir {}), or give this one its own directory: --state-dir DIR':
    '{}已占用 {}；请使用它，或停止它：agent2 stop --state-dir {}，或给新的监控进程另选目录：--state-dir DIR',
  'agent2, pid {}, has just ended on its own': 'agent2（pid {}）刚刚自行结束',
  'agent2, pid {}, has stopped in {}': 'agent2（pid {}）已停止，用时 {}',
  'agent2, pid {}, was killed after {}': 'agent2（pid {}）在 {} 后被强制终止',
  'agent2, pid {}, runs on the host {}, in another container or on another machine; stop it there':
    'agent2（PID {}）运行在主机 {} 上的另一个容器或另一台机器中；请在那里停止它',
  'agent2, pid {}, was not stopped: {}': 'agent2（PID {}）未被停止：{}',
  'agent2, pid {}, belongs to another user, so you cannot stop it; try: sudo kill {}':
    'agent2（pid {}）属于其他用户，当前用户无法停止；可试：sudo kill {}',
  'agent2, pid {}, is still there after {}{}; wait longer (--timeout 2m), or kill it: agent2 stop --force --state-dir {}':
    'agent2（pid {}）在 {} 后仍在运行{}；可多等一会（--timeout 2m），或强制终止：agent2 stop --force --state-dir {}',
  'agent2, pid {}, is still there after SIGKILL: it hangs in the kernel':
    'agent2（pid {}）在 SIGKILL 之后仍在：它卡在内核中',
  'agent2, pid {}, is run by systemd as {}, which may start it again; stop it with: {} (--force stops just this process)':
    'agent2（pid {}）由 systemd 以 {} 运行，systemd 可能会重新启动它；请用 {} 停止（--force 只停止这个进程）',
  '; {}, which it started, was stopped too': '；由它启动的 {} 也已停止',
  '; {}, which it started, were stopped too': '；由它启动的 {} 也已停止',
  '; nothing watches or heals {} now': '；现在没有程序监视或修复 {}',
  '; it waits for the running fix of {}': '；它在等待 {} 正在进行的修复',
  '; {}, which it started, has to end first': '；由它启动的 {} 须先结束',
  '; {}, which it started, have to end first': '；由它启动的 {} 须先结束',
  'writes, checks and prints the config file, and prints its JSON schema':
    '写出、检查并显示配置文件，输出其 JSON schema',
  'write an example with comments (default: agent2.yaml); never overwrites a file':
    '写出带注释的示例（默认：agent2.yaml）；从不覆盖文件',
  'print all problems of the file (exit code 1), or what it watches (exit code 0)':
    '列出文件中的所有问题（退出码 1），或它监控什么（0）',
  'print the effective config and where each value comes from; secrets stay references':
    '输出实际生效的配置及每个值的来源；密钥保持所写的样子',
  'print the JSON schema for editors': '输出供编辑器使用的 JSON schema',
  'the same as FILE (default: the file that agent2 would use)':
    '与 FILE 相同（默认：agent2 会使用的文件）',
  'show: print JSON': 'show：输出 JSON',
  '{} and --config both name the file; leave out one of them':
    '{} 和 --config 都指定了文件；请去掉其中一个',
  '--json is for agent2 config show; leave it out': '--json 只用于 agent2 config show；请去掉',
  'the schema is the same for every file; leave out {}: agent2 config schema > agent2.schema.json':
    '所有文件的 schema 都相同；请去掉 {}：agent2 config schema > agent2.schema.json',
  'stops checking and repairing one target or all for a while': '暂时停止检查和修复一个或所有目标',
  'how long, at most 30d (default: until agent2 resume)':
    '多久，最长 30d（默认：直到 agent2 resume）',
  '--for {} {} is read as two arguments, the second as a target; write one word, e.g. --for {}{}':
    '--for {} {} 是两个词，第二个会被当成目标；请写成一个词，例如 --for {}{}',
  'changes the timings and limits of one target or all targets': '更改一个或所有目标的时间与限值',
  'restarts a target and prints the outcome': '重启一个目标并输出结果',
  'return when the restart has begun, without waiting for its outcome':
    '重启开始后就返回，不等结果',
  'stopped waiting; the restart goes on, and agent2 watches it':
    '不再等待；重启继续进行，agent2 会监控它',
  'resumes one paused target or all': '恢复已暂停的一个或所有目标',
  'watches in the foreground without a screen: for systemd, launchd, containers':
    '在前台无界面监控：用于 systemd、launchd 和容器',
  'watches in the background; returns when every target was checked once':
    '在后台监控；每个目标都检查过一次后返回',
  'stops a monitor and the services that it started; returns when they are gone':
    '停止监控进程及其启动的服务；等它们退出后返回',
  'stop every monitor of yours': '停止您的所有监控进程',
  'longest time to wait (default: what its services and fixes need)':
    '最多等多久（默认：其服务和修复所需的时间）',
  'kill it after that time, even when systemd runs it': '超过该时间则强制终止，即使由 systemd 运行',
  'watches and repairs live in the terminal, as agent2 does without a command':
    '在终端中实时监控与修复，与不带命令的 agent2 相同',
  'replays a recording with other settings (see --record)': '用其他设置重放一段记录（见 --record）',
  'replay only what happened within this time, e.g. 7d': '只重放这段时间以内的事件，例如 7d',
  'timings and limits to try: {}': '要尝试的时间与限值：{}',
  'checks each target once and prints the cause; exit code 0 ok, 1 warn, 2 down, 3 unknown':
    '检查每个目标一次并输出原因；退出码 0 ok、1 warn、2 down、3 unknown',
  'print one JSON object for each target': '为每个目标输出一个 JSON 对象',
  'prints the completion script of a shell': '输出 shell 的补全脚本',
  'print the names of all watched targets, as the scripts do':
    '输出所有被监控目标的名称，供脚本使用',
  "Run the line for your shell, or add it to the shell's start file.":
    '请输入您的 shell 对应的一行，或将其写入 shell 的启动文件。',
  'watches a small service of its own, with keys that break it':
    '监控一个自带的小服务，可用按键弄坏它',
  '--read-only shows a running agent2, and the demo starts one of its own; leave it out, or show the demo from another terminal: agent2 --read-only --state-dir DIR':
    '--read-only 用于显示运行中的 agent2，而演示会启动自己的；请去掉它，或在另一个终端中显示演示：agent2 --read-only --state-dir DIR',
  'finds what is wrong and what to type next; exit code 0 ok, 1 warnings, 2 failures':
    '找出问题所在以及接下来输入什么；退出码 0 正常、1 警告、2 失败',
  'Without a url it examines the monitors that run or died; without any, what agent2 start would watch here. It changes nothing and sends no signals.':
    '未给出 url 时，检查运行中或已意外中止的监控进程；没有时检查 agent2 start 会在此监控的目标。不更改任何内容，也不发送信号。',
  'break the service of the demo, which this command starts and watches':
    '弄坏演示服务，由本命令启动并监控',
  'allow it in prod': '即使在 prod 也弄坏它',
  'longest time to wait until it is healthy again (default: what the preset needs)':
    '最多等多久让它恢复健康（默认：预设所需的时间）',
  'breaks a service on purpose and measures detection and repair':
    '有意弄坏一个服务，测量发现和修复所用的时间',
  'kill its process (SIGKILL)': '杀死其进程（SIGKILL）',
  'suspend its process (SIGSTOP)': '挂起其进程（SIGSTOP）',
  'make it answer with errors': '让它返回错误',
  'make it answer late': '让它延迟响应',
  'A drill breaks a target only if its config allows that (drill:); error and slow need a command there.':
    '只有在目标的配置以 drill: 允许时才会弄坏它；error 和 slow 需要在那里给出命令。',
  "--demo uses its own service; leave out '{}', e.g. agent2 drill {} --demo":
    "--demo 自带服务；请去掉 '{}'，例如 agent2 drill {} --demo",
  'shows monitors, targets and recent fixes; exit code 0 ok, 1 warn, 2 down, 3 unknown':
    '显示监控进程、目标和最近的修复；退出码 0 ok、1 warn、2 down、3 unknown',
  'keep running and show every change; Ctrl-C ends it': '持续运行并显示每次变化；按 Ctrl-C 结束',
  'no brake': '不先试一个',
  'a bug, please report it: the screen failed ({}); the services are watched on without it, Ctrl-C ends that':
    '程序错误，请报告：界面出错（{}）；没有界面也继续监视各服务，按 Ctrl-C 结束',
  '{} is left as it is: it {}': '{} 保持原样：它{}',
};
