import type {Catalogue} from '../../core/text/say.ts';

/** Help, options, and what is wrong with what was typed. */
export const zh: Catalogue = {
  'agent2 keeps the services of this machine alive: it checks them, decides how healthy they are, repairs them and shows why.':
    'agent2 让本机的服务保持运行：检查服务、判断其健康状况、进行修复并说明原因。',
  'Options of agent2 without a command:': '不带命令时 agent2 的选项：',
  'print the version': '输出版本号',
  'print this help': '输出本帮助',
  'Without a url, --port, --pid-file or -- CMD agent2 watches what the config file lists; without a config file it watches AgentOS, whose WebUI on http://127.0.0.1:8080 it repairs by a restart signal.':
    '未给出 url、--port、--pid-file 或 -- CMD 时，agent2 监控配置文件列出的目标；没有配置文件时监控 AgentOS：其 WebUI 位于 http://127.0.0.1:8080，通过重启信号修复。',
  '{} {} and {}': '{} {} 和 {}',
  'A service that accepts and never answers is called down this long after a check finds it, in a deadlock (Linux) and in any other hang: {}.':
    '服务接受连接却从不响应时，自检查发现起经过以下时间判为故障，前者为死锁（Linux），后者为其他卡死：{}。',
  'agent2 COMMAND --help explains a command.': 'agent2 COMMAND --help 说明某个命令。',
  'break a small service and watch agent2 repair it': '弄坏一个小服务，看 agent2 如何修复它',
  'start a server, watch it and restart it': '启动一个服务器，监控它，并在需要时重启',
  'watch a service that somebody else started': '监控由其他程序启动的服务',
  'watch its process and a field of its answer, too': '同时监控其进程和响应中的一个字段',
  'print a line for each change, without a screen and without repairs':
    '每次变化输出一行，无界面，不修复',
  'watch in the background, until agent2 stop': '在后台监控，直到 agent2 stop',
  'check once, for scripts and Nagios': '检查一次，供脚本和 Nagios 使用',
  'Watch and repair:': '监控与修复：',
  'Ask a running monitor:': '询问运行中的监控进程：',
  'Examine:': '检查与诊断：',
  'Set up:': '设置与维护：',
  'Words:': '参数：',
  "--lang '{}' is not valid; expected one of {}{}": "--lang '{}' 无效；应为以下之一：{}{}",
  "en or zh; the screen remembers it (default: the remembered one, else the environment's)":
    'en 或 zh；带界面的命令会记住它（默认：已记住的语言，否则为环境的语言）',
  '{} does not start a command; leave out -- and what follows, e.g. {}':
    '{} 不启动任何命令；请去掉 -- 及其后的内容，例如 {}',
  "{} '{}' is not valid; {}, e.g. {} {}{}": "{} '{}' 无效；{}，例如 {} {}{}",
  'options only': '只接受选项',
  "unexpected argument '{}'; {} takes {}, e.g. {}": "多了一个词 '{}'；{} 的参数：{}，例如 {}",
  '{} needs one of {}; e.g. {}': '{} 需要以下之一：{}；例如 {}',
  "{} has no '{}'; allowed: {}{}": "{} 没有 '{}'；可选：{}{}",
  'all options: {} --help': '所有选项见：{} --help',
  "option '{}' needs a value; {}": "选项 '{}' 缺少值；{}",
  "unknown option '{}'{}; {}": "没有选项 '{}'{}；{}",
  'no colours (as with NO_COLOR=1)': '不使用颜色（等同于 NO_COLOR=1）',
  'show a running monitor, without keys that change anything':
    '显示运行中的监控进程，不提供任何会改变它的按键',
  'when the terminal closes: detach (go on without a screen) or exit (default: detach in prod, else exit)':
    '终端关闭时：detach（无界面继续监控）或 exit（默认：prod 为 detach，否则 exit）',
  'colours: {}': '配色：{}',
  'select the monitor of this name, or the one that watches this target':
    '选择此名称的监控进程，或监控此目标的监控进程',
  'select the monitor that keeps its files in this directory': '选择把文件存放在此目录的监控进程',
  'print one JSON object': '输出一个 JSON 对象',
  '--config and {} both say what to watch; leave out one of them':
    '--config 已指定监控对象，{} 也指定了；请去掉其中一个',
  'time between checks': '相邻两次检查的间隔',
  'longest time for a response': '响应的最长用时',
  'failed checks in a row until a target is down': '连续失败多少次检查后判定目标 down',
  'good checks in a row until a target is ok again': '连续成功多少次检查后恢复为 ok',
  'extra attempts within one check, one second apart': '一次检查内的额外尝试次数，间隔一秒',
  'a correct response that takes longer is a warning': '正确但用时更长的响应记为警告',
  'time between checks from the first failure until the target is down or ok':
    '首次失败到得出结论之间的检查间隔',
  'how long agent2 waits when a process and its pid file are gone, because somebody may be restarting the service':
    '进程与其 pid 文件同时消失时等待多久，因为可能有其他程序正在重启它',
  'time after a start or a fix in which agent2 does not fix a target that was not healthy since':
    '启动或修复之后多久内不再修复，除非目标其间恢复过健康',
  'wasted fixes within a time until the target is held; where it is set for a target, a limit for all its fixes':
    '多长时间内多少次无效修复后搁置目标；为目标单独设置时，限制其全部修复',
  'wait after the first attempt': '首次尝试之后的等待时间',
  'factor by which each next wait is longer': '每次等待时间增长的倍数',
  'longest wait': '最长的等待时间',
  'timings and limits: {} (default: {})': '时间与限值：{}（默认：{}）',
  'the one last chosen by key, otherwise test': '上次用按键选择的预设，否则为 test',
  'config file that lists the targets (default: ./agent2.yaml, if it exists)':
    '列出目标的配置文件（默认：./agent2.yaml，若存在）',
  'port that the process listens on (default: the port of the url)':
    '进程监听的端口（默认：url 中的端口）',
  'file that holds the pid of the process': '记录进程 pid 的文件',
  'name of the target (default: host and port)': '目标名称（默认：主机和端口）',
  'text in the name of the program, or of its script': '程序名或其脚本名中的文字',
  'path of a field in the JSON body, and its expected value; repeatable':
    'JSON 响应体的字段（按路径）及其应有的值；可重复',
  'command that restarts the target; split into words like in a shell, run without a shell':
    '重启目标的命令；像 shell 那样拆分成词，但不经过 shell 运行',
  'systemd unit that restarts the target, e.g. web, or user:web for a unit of your own':
    '重启目标的 systemd 单元，例如 web；您自己的单元写作 user:web',
  'longest time for the restart by --restart or --unit (default: 30s)':
    '--restart 或 --unit 重启的最长时间（默认：30s）',
  'check only, never repair (key o turns repairs on)': '只检查，不修复（按 o 开启修复）',
  'directory for status, log and pid file': '存放状态、日志和 pid 文件的目录',
  'record all events for agent2 backtest (default: record.jsonl in the state directory)':
    '记录所有事件，供 agent2 backtest 使用（默认：状态目录中的 record.jsonl）',
  '{} is not the name of a variable; write e.g. ${env:TOKEN}, or $${env: for the text itself':
    '{} 不是变量名；请写作例如 ${env:TOKEN}，若要这段文字本身则写 $${env:',
  '{} names an environment variable that is not set{}; set it where agent2 is started, e.g. export {}=…':
    '{} 所指的环境变量没有设置{}；请在启动 agent2 的地方设置，例如 export {}=…',
  'expected a name: up to 255 characters, without /': '应为名称：最多 255 个字符，不含 /',
  "option '{}' needs a value, but '{}' follows; for that very text: {}={}; all options: {} --help":
    "选项 '{}' 需要一个值，但后面是 '{}'；若确实要这个文本：{}={}；全部选项：{} --help",
  "'{}' has a NUL character; remove it": "'{}' 含有 NUL 字符；请删除",
  'expected KEY=VALUE of the JSON body, KEY being names with dots between them':
    '应为 JSON 响应体的 KEY=VALUE',
  'expected a command': '应为一条命令',
  '{}: {}; quote it like in a shell, e.g. --restart {}':
    '{}：{}；请像在 shell 中那样加引号，例如 --restart {}',
  '{} contains no command; give one, e.g. --restart {}':
    '{} 中没有命令；请给出命令，例如 --restart {}',
  'expected the name of a unit': '应为单元名称',
  '{}; for a unit of your own: --unit user:web': '{}；您自己的单元写作 --unit user:web',
  'has an empty file name; name a file, or leave the name out, e.g. --record web.jsonl':
    '的名称为空；请给出文件，或去掉名称，例如 --record web.jsonl',
  'used the url as its file name; name a file, or put --record last, e.g. agent2 run {} --record':
    '把 url 当成了文件；请指定文件，或把 --record 放在最后，例如 agent2 run {} --record',
  "--name '{}' is not valid; {}, e.g. --name {}": "--name '{}' 无效；{}，例如 --name {}",
  'allowed: {} to {}': '允许 {} 到 {}',
  'expected one of {}': '应为以下之一：{}',
  'expected the path of a file': '应为文件路径',
  'expected the path of a directory': '应为目录路径',
};
