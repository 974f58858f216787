import type {Catalogue} from '../../core/text/say.ts';

export const zh: Catalogue = {
  // The command.
  'for the machine: a system unit, a launchd daemon': '用于整台机器：系统单元，launchd 的 daemon',
  'Examples:': '示例：',
  'it belongs in {}; {} … writes it there': '它应放在 {}；{} … 会把它写到那里',

  // What is found out before a file is made.
  "--name '{}' cannot name a service; allowed: ASCII letters and digits, dots, dashes and underscores, e.g. --name web":
    "--name '{}' 不能作服务名；可用的是 ASCII 字母和数字、点、连字符和下划线，例如 --name web",
  "--run-as '{}' is not an account of this machine; create it, or name another, e.g. --run-as {}":
    "--run-as '{}' 不是本机的账户；请创建它，或换一个，例如 --run-as {}",
  "'{}' contains a control character, like a line break, which a service file cannot have; remove it, or put the command into a script":
    "'{}' 含有控制字符（例如换行），不能写进服务文件；请去掉它，或把命令写成脚本",

  // Writing and removing.
  '{} is up to date': '{} 已是最新',
  '{} written': '已写入 {}',
  ', on the machine itself': '（在目标机器上）',
  'next{}: {}': '下一步{}：{}',
  'to undo: {}': '要撤销：{}',
  '{} does not exist; there is nothing to remove': '{} 不存在；没有要删除的内容',
  '. There is {}: {}': '。现有 {}：{}',
  'agent2 did not write {}, so it stays; to remove it anyway: --force':
    '{} 不是 agent2 写的，予以保留；如果一定要删除：--force',
  '{} stays, because its service could not be stopped; stop it by hand, or remove the file anyway: --force':
    '{} 予以保留，因为它启动的服务无法结束；请手动结束，或仍要删除文件：--force',
  '{} removed': '已删除 {}',
  '{} is a link or not a file (a masked unit?) and was not changed; to replace it: --force':
    '{} 是链接或不是文件（被屏蔽的单元？），保持原样；要替换它：--force',
  '{} was not written by agent2': '{} 不是 agent2 写的',
  '{} was changed by hand': '{} 被手工修改过',
  '{} and stays unchanged; to replace it: --force. The difference (- present, + new):':
    '{}，保持原样；要替换它：--force。将会改变的内容（- 现有，+ 新的）：',
  '; try: {}': '；请尝试：{}',
  'done: {}': '已执行：{}',
  'exit code {}': '退出码 {}',

  // What whoever installs a file has to know.
  "a process that a restart command starts stays inside agent2's service, so there are no limits and no sandbox, and a stop leaves it running; a fix through a process manager is better, e.g. --unit NAME":
    '重启命令启动的进程会留在 agent2 的服务之内，因此没有资源限制和沙箱，停止 agent2 时它们继续运行；更好的办法是让进程管理器来重启，例如 --unit NAME',
  '"{}" changes the user: it must work without a password (NOPASSWD in sudoers), and it weakens the sandbox':
    '"{}" 会切换用户：它必须无需密码即可执行（sudoers 中的 NOPASSWD），沙箱也因此较弱',
  '{} may restart {} only if polkit allows it': '只有在 polkit 允许时，{} 才能重启 {}',
  "{} is a unit of {}'s own systemd, which must run: loginctl enable-linger {}":
    '{} 是 {} 自己的管理器中的单元，该管理器必须在运行：loginctl enable-linger {}',
  '"{}" does not find your own systemd from a service of the machine; use --unit user:NAME, or --user to make this a service of your own':
    '"{}" 从系统服务中找不到您自己的管理器；--unit user:NAME 可以，或用 --user 把它装成您自己的服务',
  'a password or token contains a control character, like a line break, which a service file cannot have; put it into a config file as {file: PATH}':
    '密码或令牌中含有控制字符（例如换行），服务文件不能包含它；请放入配置文件，写作 {file: PATH}',
  'a launchd job is readable by everybody and has no file for secrets, and these words have a password or token; put it into a config file as {file: PATH} or ${env:NAME}, and name that: --config agent2.yaml':
    'launchd 任务人人可读，也没有存放机密的文件，而这些参数中含有密码或令牌；请放入配置文件，写作 {file: PATH} 或 ${env:NAME}，并指定该文件：--config agent2.yaml',
  'Passwords and tokens of {}, made by "agent2 service install systemd"; nobody else may read them.':
    '{} 的密码和令牌，由 "agent2 service install systemd" 生成；其他人不得读取。',
  'the password or token is not in the file, which others may read: install writes it to {}, readable only for its owner':
    '该文件别人也能读到，因此不含密码或令牌：install 会把它写入 {}，只允许其所有者读取',
  'Passwords and tokens of the command above, readable only for the owner of the file.':
    '上面命令所用的密码和令牌，只有文件所有者可以读取。',
  '{} is below a directory for temporary files, which others may clean up':
    '{} 在临时文件目录之下，可能被别的程序清理掉',
  'the config file takes {} from the environment; write NAME=value lines to {}, readable only for its owner':
    '配置文件从环境变量取得 {}；请把 NAME=value 形式的行写入 {}，并且只允许其所有者读取',
  'the config file takes {} from the environment, which a launchd job does not have; give the values as {file: PATH}':
    '配置文件从环境变量取得 {}，而 launchd 的任务没有这些变量；请改用 {file: PATH} 给出这些值',
  'a unit of your own runs only while you are logged in; to run it always: loginctl enable-linger {}':
    '您自己的单元只在登录期间运行；要一直运行：loginctl enable-linger {}',
  'agent2 will run as root, which may restart every unit; to use another account: --run-as NAME':
    'agent2 将以 root 运行，可以重启所有单元；要以其他账户运行：--run-as NAME',

  // systemd.
  'a unit that starts agent2 at boot, restarts it, watches it by its watchdog, and confines it':
    '一个 systemd 单元：开机启动 agent2，失败后重启，用看门狗监视，并加以限制',
  'Unit {} of agent2, made by "{}". Put changes into a drop-in: {}':
    'agent2 的单元 {}，由 "{}" 生成。修改请写入 drop-in：{}',
  'agent2, which keeps services alive': 'agent2，保持服务存活',
  'Starts after the services it watches and stops before them, so that a shutdown is not a failure to heal.':
    '在被监视的服务之后启动，因而在它们之前停止：关机不是需要修复的故障。',
  'Three failed starts in five minutes end it; then {} lets it start again.':
    '五分钟内三次启动失败后不再启动；之后可用 {} 允许再次启动。',
  'agent2 reports readiness, status and watchdog through the program systemd-notify, which needs "all".':
    'agent2 自己报告何时就绪、状态如何、循环仍在运行；由 systemd-notify 程序代为发送，所以是 "all"。',
  'SIGHUP reopens the log.': 'SIGHUP 让它重新打开日志。',
  'systemd restarts it unless it ended in order; wrong usage (64) would fail again.':
    '除正常结束之外，无论因何结束都会再次启动；用词错误（64）再启动也还是错的。',
  'Ready after the first checks, or after 20 s.': '首次检查之后就绪，最迟 20 秒。',
  'The loop reports every 20 s; if it is stuck for a minute, systemd restarts it.':
    '循环本身每 20 秒报告一次；卡住一分钟就会被结束并再次启动。',
  'Longer than a running restart and the stop of services that agent2 started.':
    '比正在进行的重启加上停止 agent2 所启动的进程可能用的时间更长。',
  'For what the config file takes from the environment: {}.': '供配置文件从环境变量取值：{}。',
  'SIGTERM goes only to agent2, which ends in order; what remains is killed.':
    'SIGTERM 只发给 agent2，由它按顺序结束；之后剩下的进程会被杀死。',
  'Only agent2 itself is stopped: a service that a restart command started here keeps running.':
    '只结束 agent2 本身：重启命令留在这里运行的服务会继续运行。',
  'agent2 needs about 60 MB and 1 % of a CPU; these limits keep it small whatever goes wrong. Its checks and restart commands count too.':
    'agent2 约需 60 MB 内存和 1 % 的 CPU；无论出什么问题，它都不会变大。它的检查和重启命令也计算在内。',
  'agent2 starts the service itself': '服务由 agent2 自己启动',
  'A process that a restart command starts stays in this unit': '重启命令启动的进程留在本单元内',
  'No MemoryMax, no CPUQuota: {}, and they would limit it too.':
    '不设 MemoryMax 和 CPUQuota：{}，这些限制会扼住它。',
  'No sandbox: a service started from here would inherit it.':
    '不设沙箱：从这里启动的服务会继承它。',
  'Nothing it runs gains privileges: sudo in a restart command would fail.':
    '它运行的任何程序都不能获得更高权限：重启命令中的 sudo 会失败。',
  'No NoNewPrivileges, nor what implies it: "{}" must change the user.':
    '不设 NoNewPrivileges 及隐含它的选项："{}" 需要切换用户。',
  'No PrivateTmp: {} would not be visible.': '不设 PrivateTmp：否则看不到 {}。',
  'Programs, settings and the kernel are read-only; /proc, /home and the state directory stay accessible.':
    '程序、系统设置和内核只读；/proc、/home 和状态目录保持原样。',
  "Lines that need mounts (PrivateTmp, ProtectSystem) would need a user namespace here, in which agent2 cannot read other users' processes.":
    '需要挂载的选项（PrivateTmp、ProtectSystem）在这里需要用户命名空间，而在其中无法查看别人的进程。',
  "Of root's capabilities it keeps those to read and signal other users' processes.":
    '在 root 的权力中，只保留查看他人进程和文件以及向其发送信号的能力。',

  // launchd, logrotate, newsyslog.
  'a launchd job (macOS) that starts agent2 at login (with --system at boot) and restarts it when it fails':
    '一个 launchd 任务（macOS）：登录时启动 agent2，失败后再次启动；用 --system 则在开机时启动',
  'Job {} of agent2, made by "agent2 service install launchd".':
    'agent2 的任务 {}，由 "agent2 service install launchd" 生成。',
  'a rule of logrotate for agent2.log: weekly or at 10 MB, eight kept, compressed':
    'agent2.log 的 logrotate 规则：每周或达到 10 MB 时轮转，保留八份，压缩',
  'logrotate reads only /etc/logrotate.d, so --user does not apply; leave out --user, and name the owner of the log: --run-as NAME':
    'logrotate 只读取 /etc/logrotate.d，没有 --user 可用的位置；请去掉 --user，并说明是谁的日志：--run-as NAME',
  'logrotate would read quotes, backslashes and * ? [ ] { } in {} as a pattern; choose another directory: --state-dir DIR':
    'logrotate 会把 {} 中的引号、反斜杠和 * ? [ ] { } 当作模式；请换一个位置：--state-dir DIR',
  'The log of {}, made by "agent2 service install logrotate".':
    '{} 的日志，由 "agent2 service install logrotate" 生成。',
  'Until agent2 has opened the new file it writes to the old one.':
    '在 agent2 打开新文件之前，它仍写入旧文件。',
  'The directory belongs to {}, so root does not work in it.':
    '该目录属于 {}，所以 root 不在其中操作。',
  'SIGUSR2 reopens the log with and without a terminal (SIGHUP would mean that the terminal is gone); it is sent only to a process that is agent2.':
    'SIGUSR2 让日志重新打开，有终端（此时 SIGHUP 表示终端已消失）或没有终端都一样；并且只发给确实是 agent2 的进程。',
  'a line for newsyslog (macOS) for agent2.log: weekly or at 10 MB, eight kept, compressed':
    'agent2.log 的 newsyslog（macOS）配置行：每周或达到 10 MB 时轮转，保留八份，压缩',
  'newsyslog reads only /etc/newsyslog.d, so --user does not apply; leave out --user, and name the owner of the log: --run-as NAME':
    'newsyslog 只读取 /etc/newsyslog.d，没有 --user 可用的位置；请去掉 --user，并说明是谁的日志：--run-as NAME',
  'newsyslog allows no space in a path, but {} has one; choose another directory: --state-dir DIR':
    'newsyslog 不支持带空格的路径，而 {} 含有空格；请换一个位置：--state-dir DIR',
  'The log of {}, made by "agent2 service install newsyslog".':
    '{} 的日志，由 "agent2 service install newsyslog" 生成。',
  'Size in KB, Sunday at 0:00, Z compresses with gzip; then signal 31 (SIGUSR2) makes agent2 reopen the log.':
    '大小以 KB 计，周日 0:00 轮转，Z 表示用 gzip 压缩；之后信号 31（SIGUSR2）让 agent2 重新打开日志。',

  // What the service manager is told.
  'nothing to watch': '没有监视目标',
  'agent2 cannot notify the service manager: {}': '无法向服务管理器报告 agent2 的状态：{}',
  'makes files that run agent2 at boot or rotate its log':
    '生成用于开机运行 agent2 或轮转其日志的文件',
  'print the file without writing it': '输出该文件；不写入任何内容',
  'write the file where it belongs and print how to start it; a file that agent2 did not write stays':
    '将文件写到应在的位置并说明如何启动；不是 agent2 写的文件保持不变',
  'stop the service and remove the file': '停止服务并删除文件',
  'KIND is one of {}.': 'KIND 为以下之一：{}。',
  'Say what to watch like for agent2 run: a url with options, -- CMD, or a config file. The name of the service is agent2, or agent2-NAME with --name.':
    '监控什么的写法与 agent2 run 相同：url 加选项、-- CMD 或配置文件。服务名为 agent2；用 --name 则为 agent2-NAME。',
  '--user and --system exclude each other; leave out one of them':
    '--user 与 --system 互斥；请去掉其中一个',
  '--user and --run-as exclude each other; leave out one of them':
    '--user 是为您自己的，不能与 --run-as 同用；请去掉其中一个',
  '--now is only for install; leave it out': '--now 只用于 install；请去掉',
  '--root and --now exclude each other: nothing can be started below another root; leave out one of them':
    '--root 为另一台机器写文件，--now 无法在那里启动；请去掉其中一个',
  'print writes nothing, so --root and --force do not apply; leave them out':
    'print 不写入任何内容，不能使用 --root 和 --force；请去掉',
  'for yourself: a systemd --user unit, a launchd agent':
    '为您自己：systemd --user 的单元，launchd 的 agent',
  'account that a system service runs as (default: yours)':
    '系统服务以哪个账户运行（默认：您的账户）',
  'write below this directory instead of / and start nothing: for packages and images':
    '写到此目录而非 / 之下，不启动任何内容：用于软件包和镜像',
  'replace or remove a file that was changed, or that agent2 did not write':
    '替换或删除被改动过的、或不是 agent2 写的文件',
  'install: also start the service': 'install：同时启动服务',
  'name of the target and of the service (default: host and port)':
    '目标和服务的名称（默认：主机和端口）',
};
