import type {Catalogue} from '../../core/text/say.ts';

/** What the commands say: their help, their refusals, their results. */
export const zh: Catalogue = {
  "--lang '{}' is not spoken here; wanted is one of {}{}": "不支持 --lang '{}'；可选：{}{}",
  'prints what a shell needs to complete the words of agent2':
    '输出 shell 补全 agent2 命令所需的脚本',
  'wanted is one shell, e.g. agent2 completion bash':
    '需要一个 shell 名称，例如 agent2 completion bash',
  'Use it in this shell, or put the line into its start file:':
    '在当前 shell 中使用，或将该行写入其启动文件：',
  'completion needs the name of a shell': 'completion 需要一个 shell 名称',
  "there is no completion for '{}'": "没有适用于 '{}' 的补全",
  '{}; wanted is {}, e.g. agent2 completion bash{}': '{}；可选：{}，例如 agent2 completion bash{}',

  'agent2 keeps the services of this machine alive: it probes them, decides how healthy they are, heals them and shows why.':
    'agent2 让本机的服务保持运行：探测服务、判断健康状况、进行修复并说明原因。',
  'Usage: agent2 [url] [options] [-- CMD …]     watch one service in the terminal':
    '用法：agent2 [url] [options] [-- CMD …]     在终端中监控一个服务',
  '       agent2 COMMAND [options]': '      agent2 COMMAND [options]',
  'Commands:': '命令：',
  'Options:': '选项：',
  'Usage:': '用法:',
  'Examples:': '示例：',
  'show this help; after a command, that of the command':
    '显示本帮助；写在命令之后则显示该命令的帮助',
  'show this help': '显示本帮助',
  'the version': '版本号',
  'Without a url, --port, --pid-file or CMD it watches AgentOS: its WebUI on http://127.0.0.1:8080, healed by a restart signal.':
    '未给出 url、--port、--pid-file 或 CMD 时监控 AgentOS：其 WebUI 位于 http://127.0.0.1:8080，通过重启信号修复。',
  'break a small service and see it heal': '弄坏一个小服务，看它如何被修复',
  'start it, watch it, restart it': '启动、监控并重启它',
  'no screen, no healing, a log line per change': '无界面、不修复，每次变化输出一行日志',
  'in the background; agent2 status, agent2 stop':
    '在后台运行；agent2 status 查看，agent2 stop 停止',
  'one check, for scripts and Nagios': '检查一次，供脚本和 Nagios 使用',

  'what other settings would have made of a recording (see --record)':
    '用一段记录推算其他设置会有怎样的结果（见 --record）',
  'only what happened so long ago or later, e.g. 7d': '只看这么久以内发生的事，例如 7d',
  'timings and limits to try: dev, test, prod, high-load, low-latency, unstable-network':
    '要尝试的时间与限值：dev、test、prod、high-load、low-latency、unstable-network',
  'from one check to the next': '两次检查的间隔',
  'from one check to the next, e.g. 5s': '两次检查的间隔，例如 5s',
  'how long an answer may take': '响应的最长等待时间',
  'failed checks in a row that make it down': '连续失败多少次判为 down',
  'good checks in a row that make it ok again': '连续正常多少次重新判为 ok',
  'more tries inside one check, a second apart': '一次检查内的重试次数，间隔一秒',
  'a correct answer slower than this is a warning': '正确但慢于此值的响应记为警告',
  'where the monitor keeps its files, {} among them': '监控进程存放文件的目录，其中包含 {}',
  'the result as one JSON object': '以一个 JSON 对象输出结果',
  'wanted are at most the file and a target, e.g. agent2 backtest record.jsonl web':
    '最多给出文件和一个目标，例如 agent2 backtest record.jsonl web',
  ' in {}': '（{}）',
  'there are several recordings: {}; name one, e.g. agent2 backtest {}':
    '有多份记录：{}；请指定一份，例如 agent2 backtest {}',
  'there is no recording{}; make one: agent2 run http://127.0.0.1:3000/ --record, or name its file: agent2 backtest web.jsonl':
    '没有记录{}；可这样产生：agent2 run http://127.0.0.1:3000/ --record，或指定文件：agent2 backtest web.jsonl',
  "--since '{}' is no usable duration; wanted is how far to go back, e.g. --since 7d":
    "--since '{}' 不是可用的时长；请给出要回溯多久，例如 --since 7d",
  'nothing in {} is as recent as --since asks for': '{} 中没有 --since 所要求的时间之后的内容',
  '{} is no recording': '{} 不是记录文件',
  '{} holds nothing yet': '{} 还没有内容',
  '{}; {}': '{}；{}',
  'go further back, e.g. --since 30d': '请回溯更久，例如 --since 30d',
  'a recording is made by: agent2 run http://127.0.0.1:3000/ --record web.jsonl':
    '可这样产生记录：agent2 run http://127.0.0.1:3000/ --record web.jsonl',
  "the recording has no target '{}'; it has {}, e.g. agent2 backtest {} {}":
    "记录中没有目标 '{}'；其中有 {}，例如 agent2 backtest {} {}",
  'does not exist': '不存在',
  'cannot be read ({})': '无法读取（{}）',
  '{} {}; name a recording, e.g. agent2 backtest web.jsonl; it is made by: agent2 run http://127.0.0.1:3000/ --record web.jsonl':
    '{} {}；请指定一份记录，例如 agent2 backtest web.jsonl；可这样产生：agent2 run http://127.0.0.1:3000/ --record web.jsonl',

  'one check of each target, with diagnosis; exit code 0 ok, 1 warn, 2 down, 3 unknown':
    '对每个目标检查一次并诊断；退出码 0 ok、1 warn、2 down、3 unknown',
  'check looks once and starts nothing: leave -- and what follows away, e.g. agent2 check http://127.0.0.1:3000/':
    'check 只检查一次，不启动任何程序：请去掉 -- 及其后的内容，例如 agent2 check http://127.0.0.1:3000/',

  'writes, checks and shows the config file, and prints its JSON schema':
    '生成、检查、显示配置文件，并输出其 JSON schema',
  'the file, as FILE does (default: the one that agent2 would use)':
    '文件，同 FILE（默认：agent2 会使用的那个）',
  'show: as JSON': 'show：以 JSON 输出',
  'config what? The words are {}, e.g. agent2 config check':
    'config 要做什么？可用的词有 {}，例如 agent2 config check',
  "config has no '{}'; the words are {}{}": "config 没有 '{}'；可用的词有 {}{}",
  '{} and --config both name the file; leave one of them away':
    '{} 和 --config 都指定了文件；请去掉其中之一',
  '--json is for agent2 config show; leave it away': '--json 只用于 agent2 config show；请去掉',
  '{}: the example is YAML, since JSON has no comments; give it a name that says so, e.g. agent2 config init agent2.yaml':
    '{}：示例是 YAML，因为 JSON 没有注释；请使用相应的文件名，例如 agent2 config init agent2.yaml',
  '{} is there already and is left as it is; choose another name (agent2 config init other.yaml), or check it: agent2 config check {}':
    '{} 已存在，保持不变；请换个名称（agent2 config init other.yaml），或检查它：agent2 config check {}',
  '{} cannot be written: {}; choose another place': '无法写入 {}：{}；请换个位置',
  'the schema is the same for every file; leave {} away: agent2 config schema > agent2.schema.json':
    'schema 对所有文件都相同；请去掉 {}：agent2 config schema > agent2.schema.json',
  'there is no agent2.yaml here and none in ~/.config/agent2; name the file, or write one to begin with: agent2 config init':
    '此处没有 agent2.yaml，~/.config/agent2 中也没有；请指定文件，或先生成一个：agent2 config init',
  '{} written; edit it, then: agent2 config check {}':
    '已写入 {}；编辑后运行：agent2 config check {}',
  'at most {} fixes in {}': '{1} 内最多 {0} 次修复',
  'files in {}': '文件位于 {}',
  '{} is good: one target': '{} 正确：一个目标',
  '{} is good: {} targets': '{} 正确：{} 个目标',
  'observed only': '仅观察',
  'restarted by {}: {}': '由 {} 重启：{}',
  '{} has a problem': '{} 有一个问题',
  '{} has {} problems': '{} 有 {} 个问题',
  ' (and {} more; all of them: agent2 config check {})':
    '（另有 {} 个；全部见：agent2 config check {}）',
  '--config names what is watched, and so does {}; leave one of them away':
    '--config 指定了监控目标，{} 也指定了；请去掉其中之一',
  '{} is about one target, and {} says what is watched; write it there, or name what to watch, e.g. agent2 http://127.0.0.1:3000/ {} …':
    '{} 只针对一个目标，而监控目标由 {} 指定；请写在那里，或直接指定目标，例如 agent2 http://127.0.0.1:3000/ {} …',
  'the url': 'url',

  'watches a small service of its own, with keys to break it and see it heal':
    '监控自带的小服务，可用按键弄坏它并观察修复',
  'timings and limits (default: dev)': '时间与限值（默认：dev）',
  'crash': '崩溃',
  'hang': '挂起',
  'freeze': '冻结',
  'slow': '变慢',
  'error 500': '返回 500',
  'status down': '状态 down',
  'mend': '复原',

  'breaks a service that consents, and times how it is seen and healed':
    '弄坏一个已同意演练的服务，并计量发现与修复的用时',
  'on the service of the demo, watched by this very command': '用演示服务演练，由本命令自行监控',
  'timings and limits of the demo (default: dev)': '演示的时间与限值（默认：dev）',
  'also in prod': '在 prod 中也执行',
  'how long to wait for it to be well again (default: what the preset needs)':
    '等待其恢复的最长时间（默认：预设所需的时间）',
  'wanted are crash, hang, error or slow and at most one target, e.g. agent2 drill crash web':
    '请给出 crash、hang、error 或 slow，以及至多一个目标，例如 agent2 drill crash web',
  'drill needs to know what to do': 'drill 需要知道要做什么',
  "there is no drill '{}'": "没有名为 '{}' 的演练",
  '{}; wanted is {}, e.g. agent2 drill crash --demo{}':
    '{}；可选：{}，例如 agent2 drill crash --demo{}',
  "--within '{}' is no usable duration; allowed is 100ms to 24h, e.g. --within 2m":
    "--within '{}' 不是可用的时长；允许 100ms 到 24h，例如 --within 2m",
  "--demo brings its own service; leave '{}' away, e.g. agent2 drill {} --demo":
    "--demo 自带服务；请去掉 '{}'，例如 agent2 drill {} --demo",
  '--preset is for --demo; a running monitor keeps its own, e.g. agent2 drill {} --demo --preset {}':
    '--preset 用于 --demo；运行中的监控进程有自己的预设，例如 agent2 drill {} --demo --preset {}',
  ' (only to {})': '（只同意 {}）',
  "{} has not consented to '{}'{}; say so in the config of the target: drill: {{}: {}}; or try it on the demo: agent2 drill {} --demo":
    "{} 未同意 '{}'{}；请在该目标的配置中写明：drill: {{}: {}}；或在演示上尝试：agent2 drill {} --demo",
  '{} is only observed, so nobody would heal it; {} first': '{} 仅被观察，不会有人修复它；请先{}',
  'give it a fix': '为它配置修复方式',
  'let it be healed (o)': '恢复对它的修复 (o)',
  'this is prod, where a drill hurts; if you mean it, add --yes: agent2 drill {} {} --yes':
    '这是 prod，演练会造成影响；若确实要做，请加 --yes：agent2 drill {} {} --yes',
  '{} is {} ({}): {}; a drill begins with a service that is well':
    '{} 为 {}（{}）：{}；演练须从健康的服务开始',
  'there is no way to; see to it that it runs': '没有办法；请自行确保它运行',
  'it could not be: {}': '未能做到：{}',
  "agent2 has no way of its own for '{}'; give a command in the config: drill: {{}: [./break.sh], mend: [./mend.sh]}":
    "agent2 自身没有实现 '{}' 的办法；请在配置中给出命令：drill: {{}: [./break.sh], mend: [./mend.sh]}",
  'the process of {} is not known, so it cannot be sent {}; give a pidFile, or a command: drill: {{}: [./break.sh]}':
    '不知道 {} 的进程，无法向其发送 {}；请给出 pidFile，或给出命令：drill: {{}: [./break.sh]}',
  '{} cannot be broken: {}': '无法弄坏 {}：{}',
  'the demo service was told to answer 500': '已让演示服务返回 500',
  'the demo service was told to answer late': '已让演示服务延迟响应',
  'the demo service was told to {}': '已让演示服务 {}',
  'the demo service was told to be well': '已让演示服务恢复正常',
  'the drill names an empty command; give one, e.g. drill: {error: [./break.sh]}':
    '演练的命令为空；请给出命令，例如 drill: {error: [./break.sh]}',
  '{} failed ({}{}); correct the command in the config': '{} 失败（{}{}）；请更正配置中的命令',

  'the same loop with no screen; logs to stdout, for systemd, launchd and containers':
    '无界面的同一循环；日志输出到 stdout，用于 systemd、launchd 和容器',
  'what agent2 does without a command: watch and heal one service, live in the terminal':
    '不带命令时 agent2 所做的事：在终端中实时监控并修复一个服务',
  "'{}' is neither a command nor a url; the commands are {}{}; a url looks like http://127.0.0.1:3000/":
    "'{}' 既不是命令也不是 url；命令有 {}{}；url 形如 http://127.0.0.1:3000/",
  'a bug, please report it: {}': '程序错误，请报告：{}',
  '{} cannot be read ({}); correct it or choose another place: --state-dir DIR':
    '无法读取 {}（{}）；请更正，或另选位置：--state-dir DIR',
  'changes of {} go unseen: {}': '无法察觉 {} 的变化：{}',
  'config not taken over, the old one goes on: {}': '新配置未采用，继续使用旧配置：{}',
  '{}; what stands behind -- is run as it is, without a shell':
    '{}；-- 之后的内容按原样运行，不经过 shell',
  'no process is known to continue': '没有可继续运行的已知进程',
  'cannot start it: {}': '无法启动：{}',
  'what an earlier run had started for {}, which is no child of agent2 any more: {}':
    '之前的运行为 {} 启动、已不属于 agent2 的进程：{}',

  'en or zh, which a screen remembers (default: the one remembered, else that of the environment, else en)':
    'en 或 zh，屏幕会记住它（默认：已记住的语言，否则为环境的语言，否则为 en）',
  'what restarts it; split into words as in a shell, run without one':
    '重启它的命令；像 shell 那样拆分成词，但不经过 shell 运行',
  'the systemd unit that restarts it, e.g. web, or user:web for one of your own':
    '重启它的 systemd 单元，例如 web，用户自己的单元写作 user:web',
  'probe only, never heal (o turns healing on)': '只探测，不修复（按 o 开启修复）',
  'the config file that names what is watched (default: ./agent2.yaml, if there is one)':
    '指定监控目标的配置文件（默认：./agent2.yaml，若存在）',
  'timings and limits: dev, test, prod, high-load, low-latency, unstable-network (default: {})':
    '时间与限值：dev、test、prod、high-load、low-latency、unstable-network（默认：{}）',
  'the one last chosen for it while it ran, else test': '运行时最后为它选择的，否则为 test',
  'the file that names the process': '记录进程 pid 的文件',
  'what to call it (default: host and port)': '目标名称（默认：主机和端口）',
  'what the command line of the process has to contain': '进程命令行必须包含的文字',
  'the port it listens on (default: that of the url)': '监听端口（默认：url 中的端口）',
  'a field of the JSON body, by path, and what it has to be; may be repeated':
    'JSON 响应体的字段（按路径）及其应有的值；可重复',
  'where status, log and pid file live': '存放状态、日志和 pid 文件的目录',
  'debug, info, warning or error (default: info)': 'debug、info、warning 或 error（默认：info）',
  'text, or json for one object a line (default: text)':
    'text，或 json（每行一个对象）（默认：text）',
  'keep what happens for agent2 backtest (default: record.jsonl in the state directory)':
    '记录所发生的事，供 agent2 backtest 使用（默认：状态目录中的 record.jsonl）',
  'show a monitor that runs already, with no key that changes anything':
    '显示已在运行的监控进程，不提供任何会改变它的按键',
  'when the terminal goes away: detach (watch on without a screen) or exit (default: detach in prod, else exit)':
    '终端断开时：detach（无界面继续监控）或 exit（默认：prod 为 detach，否则 exit）',
  'the colours: {}': '配色：{}',
  'plain ASCII instead of lines and symbols': '用纯 ASCII 代替线条和符号',
  "'{}' is one word too many; {}": "多了一个词 '{}'；{}",
  "'{}' is one word too many; {} wanted. A command to run stands behind --, e.g. agent2 http://127.0.0.1:3000/ -- node server.js":
    "多了一个词 '{}'；{}。要运行的命令写在 -- 之后，例如 agent2 http://127.0.0.1:3000/ -- node server.js",
  'no words are': '不需要任何词',
  'one url is': '只需要一个 url',
  '{}{}; all options: {} --help': '{}{}；所有选项见：{} --help',
  '--record was given an empty name; give a file, or leave the name away, e.g. --record web.jsonl':
    '--record 的名称为空；请给出文件，或去掉名称，例如 --record web.jsonl',
  '--record took the url for its file; name the file, or put --record last, e.g. agent2 run {} --record':
    '--record 把 url 当成了文件；请指定文件，或把 --record 放在最后，例如 agent2 run {} --record',
  '--record {}: it cannot be written ({}); choose another file, e.g. --record web.jsonl':
    '--record {}：无法写入（{}）；请换个文件，例如 --record web.jsonl',
  'the config file now wants its files in {}; that holds from the next start':
    '配置文件现在要求把文件放在 {}；下次启动时生效',
  'the theme is not remembered: {}': '未能记住主题：{}',
  'the language is not remembered: {}': '未能记住语言：{}',
  "unknown option '{}'": "没有选项 '{}'",
  "option '{}' argument missing": "选项 '{}' 缺少值",
  ' (AGENT2_DEBUG=1 shows where)': '（AGENT2_DEBUG=1 可显示位置）',

  // The words of config.
  'write an example with comments (default: agent2.yaml); nothing is ever overwritten':
    '写出带注释的示例（默认：agent2.yaml）；从不覆盖任何文件',
  'say everything that is wrong with the file (exit code 1), or what it watches (0)':
    '指出文件中的所有错误（退出码 1），或列出它监控什么（0）',
  'the file with presets applied, and where each value comes from; secrets stay as they are written':
    '应用预设后的文件，以及每个值的来源；密钥保持所写的样子',
  'the JSON schema, for editors': '供编辑器使用的 JSON schema',
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
  ', and stops {}, which it had started': '，并停止由它启动的 {}',
  '; nothing heals it then': '；此后无人修复',
  'agent2 has stopped {}, which it had started': 'agent2 已停止由它启动的 {}',
  'agent2 has stopped watching {}{}{}': 'agent2 已停止监控 {}{}{}',
  ', and has stopped {}, which it had started': '，并已停止由它启动的 {}',
  ': nothing heals it now': '：现在无人修复',
  '{} services': '{} 个服务',
  'the state directory {}': '状态目录 {}',
  '{}: {}; create it: mkdir -p {}': '{}：{}；请创建：mkdir -p {}',
  '{}: {}; choose another: --state-dir DIR': '{}：{}；请另选：--state-dir DIR',
  '{}: it cannot be written ({}); choose another: --state-dir DIR':
    '{}：无法写入（{}）；请另选：--state-dir DIR',
  "there is no theme '{}'; allowed are {}{}": "没有主题 '{}'；可选：{}{}",
  'there is nothing to watch here.': '这里没有可监控的服务。',
  'Without a url it watches AgentOS, but there is neither ~/.agentos nor anything':
    '未给出 url 时监控 AgentOS，但既没有 ~/.agentos，也没有任何程序',
  'on {}.': '监听 {}。',
  'Watch a service of your own, in one line:': '用一行命令监控你自己的服务：',
  'Or see how it works, on a small service that you can break:':
    '或者用一个可以弄坏的小服务看看它如何工作：',
  '  d  the demo    w  watch AgentOS all the same    q  quit':
    '  d  演示    w  仍然监控 AgentOS    q  退出',
  'run in the background; returns when everything was checked once (agent2 stop ends it)':
    '在后台运行；所有目标都检查过一次后返回（用 agent2 stop 结束）',
  'agent2 watches this already, pid {}': 'agent2 已在监视这些目标，pid {}',
  'waits for the first check of {}, at most {}; Ctrl-C leaves it alone':
    '正在等待 {} 的首次检查，最多 {}；按 Ctrl-C 不再等待（监控进程继续运行）',
  'agent2 runs in the background, pid {}; agent2 status{} shows it, agent2 stop{} ends it':
    'agent2 已在后台运行，pid {}；用 agent2 status{} 查看，用 agent2 stop{} 结束',
  'it goes on in the background, pid {}, not everything is checked yet; see agent2 status, end it with agent2 stop':
    '它继续在后台运行，pid {}，尚未全部检查完；用 agent2 status 查看，用 agent2 stop 结束',
  'it runs, pid {}, but after {} not everything was checked once; see agent2 status and the log, end it with agent2 stop':
    '它在运行，pid {}，但过了 {} 仍未全部检查一次；请看 agent2 status 和日志，用 agent2 stop 结束',
  'exit code {}': '退出码 {}',
  'signal {}': '信号 {}',
  'the monitor ended while it started ({}) and said nothing; its log: {}':
    '监控进程在启动时退出（{}），没有任何输出；日志：{}',
  'state': '状态',
  'log': '日志',
  'how monitors and targets are, and their last fixes; exit code 0 ok, 1 warn, 2 down, 3 unknown':
    '监控进程和目标的状况及最近的修复；退出码 0 ok、1 warn、2 down、3 unknown',
  'stay, and show every change; Ctrl-C ends it': '持续显示每次变化；按 Ctrl-C 结束',
  'at most one target is wanted, e.g. agent2 status web':
    '最多只能给一个目标，例如 agent2 status web',
  'no agent2 is running; start one, e.g. agent2 start http://127.0.0.1:3000/':
    '没有运行中的 agent2；可启动一个，例如 agent2 start http://127.0.0.1:3000/',
  'no agent2 is running in {}, and none ever was; start one, e.g. agent2 start http://127.0.0.1:3000/':
    '{} 中没有运行中的 agent2，也从未有过；可启动一个，例如 agent2 start http://127.0.0.1:3000/',
  'ends the monitor that runs in the background, and what it had started; returns when it is gone':
    '结束后台监控进程及其启动的服务；等它退出后返回',
  'every monitor of yours that runs': '你的所有运行中的监控进程',
  'how long it may take (default: what its services and their fixes need)':
    '最多等多久（默认：其服务和修复所需的时间）',
  'kill it when it takes longer, also where systemd runs it':
    '超时则强制终止；由 systemd 运行时也照做',
  'no words are wanted; say which one as in agent2 stop --name web':
    '不需要参数；要指定哪一个，请写 agent2 stop --name web',
  'no agent2 is running in {}: there is nothing to stop': '{} 中没有运行中的 agent2：无需停止',
  'no agent2 is running: there is nothing to stop': '没有运行中的 agent2：无需停止',
  'there are several: {}; say which, e.g. agent2 stop {}, or all of them: agent2 stop --all':
    '有多个：{}；请指定一个，例如 agent2 stop {}，或全部停止：agent2 stop --all',
  "--timeout '{}' is no usable duration; allowed is 0s to 24h, e.g. --timeout {}":
    "--timeout '{}' 不是可用的时长；允许 0s 到 24h，例如 --timeout {}",
  'pid {} ({}, in {})': 'pid {}（{}，位于 {}）',
  'ends as soon as the fix of {} is through': '等 {} 的修复完成后即结束',
  'trouble: {}: {}': '自身故障：{}：{}',
  'state in {}': '状态目录 {}',
  '{} is not running': '{} 未在运行',
  'up {}': '已运行 {}',
  'cpu {}%': 'CPU {}%',
  'pid {}': 'pid {}',
  'it has just been started, and has said nothing yet': '刚刚启动，还没有写出状态',
  'it is suspended (state T: SIGSTOP, or a debugger), so nothing is checked or healed; what stands here is {} old; let it go on: kill -CONT {}':
    '它已被挂起（状态 T：SIGSTOP 或调试器），不检查也不修复；以下内容是 {} 之前的；让它继续：kill -CONT {}',
  'it has said nothing for {}: it is stuck, or cannot write its status file; what stands here is as old as that; see its log, agent2.log':
    '它已有 {} 没有写出状态：卡住了，或无法写状态文件；以下内容同样陈旧；请看它的日志 agent2.log',
  'it ended {} ago in an orderly way; what stands here is how it was then; start it with the same words as before: agent2 start …':
    '它于 {} 前正常结束；以下是当时的状况；启动（参数与先前相同）：agent2 start …',
  'it ended without a word (killed, or the machine went down); what stands here was written {} ago; start it again with the same words: agent2 start …':
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
  'waits for the fix of {} that is under way, at most {}; a second signal ends agent2 at once':
    '等待 {} 正在进行的修复，最多 {}；再发一次信号则 agent2 立即结束',
  'another agent2, pid {}, has taken {} after it was removed, so this one ends':
    '{1} 被删除后，已由另一个 agent2（pid {0}）占用，因此本进程结束',
  '{} was removed, and was made anew': '{} 曾被删除，现已重建',
  '{} was removed, and cannot be made anew: {}': '{} 已被删除，且无法重建：{}',
  'another agent2, pid {} (watching {}),': '另一个 agent2（pid {}，监视 {}）',
  'another agent2, pid {},': '另一个 agent2（pid {}）',
  '{} has {} already; use that one, stop it with: agent2 stop --state-dir {}, or give this one a place of its own: --state-dir DIR':
    '{}已占用 {}；请使用它，或停止它：agent2 stop --state-dir {}，或给新的监控进程另选目录：--state-dir DIR',
  'agent2, pid {}, has just ended by itself': 'agent2（pid {}）刚刚自行结束',
  'agent2, pid {}, has stopped in {}': 'agent2（pid {}）已停止，用时 {}',
  'agent2, pid {}, was killed after {}': 'agent2（pid {}）在 {} 后被强制终止',
  'agent2, pid {}, belongs to another user and cannot be stopped by this one; try: sudo kill {}':
    'agent2（pid {}）属于其他用户，当前用户无法停止；可试：sudo kill {}',
  'agent2, pid {}, is still there after {}{}; wait longer (--timeout 2m), or kill it: agent2 stop --force --state-dir {}':
    'agent2（pid {}）在 {} 后仍在运行{}；可多等一会（--timeout 2m），或强制终止：agent2 stop --force --state-dir {}',
  'agent2, pid {}, is still there after SIGKILL: it hangs in the kernel':
    'agent2（pid {}）在 SIGKILL 之后仍在：它卡在内核中',
  'agent2, pid {}, is run by systemd as {}, which may start it again; stop it with: {} (--force stops just this process)':
    'agent2（pid {}）由 systemd 以 {} 运行，systemd 可能会重新启动它；请用 {} 停止（--force 只停止这个进程）',
  '; {}, which it had started, was stopped with it': '；由它启动的 {} 也已停止',
  '; {}, which it had started, were stopped with it': '；由它启动的 {} 也已停止',
  '; nothing watches or heals {} now': '；现在没有程序监视或修复 {}',
  '; it waits for the fix of {} that is under way': '；它在等待 {} 正在进行的修复',
  '; {}, which it had started, has to end first': '；由它启动的 {} 须先结束',
  '; {}, which it had started, have to end first': '；由它启动的 {} 须先结束',
};
