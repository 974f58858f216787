import type {Catalogue} from '../../core/text/say.ts';

export const zh: Catalogue = {
  '{}: {} in {} ms': '{}：{}，用时 {} ms',
  '{} ({}, --restart {}, {} so far)': '{}（{}，--restart {}，至今 {} 次）',
  'checks': '检查项',
  '{} of {} are ok': '{1} 项中 {0} 项正常',
  'clock': '时钟',
  'this machine says {}, which cannot be right: certificates and times fail':
    '本机时间是 {} 年，不可能正确：证书校验和时间记录都会出错',
  "agent2's files were written {} in the future: the clock was set back":
    'agent2 的文件写于 {} 之后的未来：时钟被往回拨过',
  'not synchronised with network time: it may drift or jump': '未与网络时间同步：可能漂移或跳变',
  'synchronised': '已同步',
  'plausible; cannot tell whether it is synchronised': '看起来正常；这里无法判断是否已同步',
  'config': '配置',
  'everybody may write {}, and agent2 runs the commands in it':
    '{} 任何人都可写：其中的命令会被执行',
  '{} is valid': '{} 没有问题',
  'disk': '磁盘',
  '{} of {} free': '剩余 {}，共 {}',
  'full: {} for {}; status and log cannot be written': '已满：{}（{}）；状态文件和日志无法写入',
  'nearly full: {} for {}': '快满了：{}（{}）',
  'endpoint': '接口',
  'not checked: fix the process or the port first': '未请求：先解决进程或端口的问题',
  '{}; the service is not healthy, or --expect names the wrong field':
    '{}；服务不健康，或者 --expect 写错了字段',
  '{}; is the name right, and does the DNS server answer?':
    '{}；域名写对了吗？DNS 服务器有响应吗？',
  '{}; the service hangs, or needs more time (--timeout)':
    '{}；服务卡住了，或者需要更长时间（--timeout）',
  '{}; it needs a login: give the check a header (http.headers in the config), or a url without login':
    '{}；接口要求认证：给检查加请求头（配置中的 http.headers），或换一个无需认证的地址',
  "{}; see the service's own log": '{}；原因见服务自己的日志',
  '{}; none of the usual health paths answers there either': '{}；常见的健康检查路径也都没有响应',
  '{}; renew its certificate, and check the clock': '{}；请更新证书，并检查时钟',
  '{} speaks TLS; is it https?': '{} 使用 TLS；应该是 https 吗？',
  'doctor|fix': '修复方式',
  'observed only: nothing restarts it (no fix in the config file)':
    '仅观察：没有配置重启方式（配置文件中没有 fix）',
  'observed only: nothing restarts it (--restart CMD, --unit NAME)':
    '仅观察：没有配置重启方式（--restart CMD、--unit NAME）',
  'restart_signal was written {} ago and no process consumed it (is Agent1 running?); without Agent1, let agent2 restart the target itself':
    '重启信号已放置 {} 无人处理（Agent1 在运行吗？）；没有 Agent1 时，可让 agent2 自己重启',
  'a restart_signal file, which Agent1 must consume': '创建重启信号，由 Agent1 处理',
  'cannot restart the unit {}: there is no systemctl here': '无法重启单元 {}：本机没有 systemctl',
  'systemctl does not answer': 'systemctl 没有响应',
  'there is no unit {}{}': '没有单元 {}{}',
  ' of this user': '（当前用户的）',
  'the unit {} is masked: it cannot be started': '单元 {} 已被屏蔽（masked）：无法启动',
  'by {}, as its status says; what that runs is unknown here':
    '据状态文件为 {}；这里不知道它运行什么',
  'cannot restart the unit {}: systemd does not run this machine':
    '单元 {} 无法重启：本机不由 systemd 管理',
  'systemctl knows nothing about {}: the systemd of this user does not run':
    'systemctl 无法查询 {}：该用户的 systemd 未运行',
  '{} does not speak TLS; is it http?': '{} 不使用 TLS；是 http 吗？',
  'systemctl knows nothing about {}: {}': 'systemctl 无法查询 {}：{}',
  '{}, which the fix runs, does not exist': '修复要运行的 {} 不存在',
  '{}, which the fix runs, cannot be executed': '修复要运行的 {} 没有执行权限',
  'sudo asks for a password before {}, and nobody can type it; allow it with NOPASSWD':
    '运行 {} 前 sudo 会要求输入密码，而无人可输入；请用 NOPASSWD 放行',
  'other healers': '其他守护者',
  'none found': '未发现',
  '{} restarts it; agent2 only watches': '{} 负责重启；agent2 只观察',
  '{} restarts it too, and agent2 restarts it through that': '{} 也会重启它，agent2 走的是同一途径',
  '{} restarts it too, while agent2 uses {}; let only one of them restart it: let agent2 use it, let agent2 watch only (--observe), or switch it off: {}':
    '{} 也会重启它，而 agent2 用的是 {}；只留一个：让 agent2 通过它重启、只观察（--observe），或关掉它：{}',
  'log': '日志',
  'cannot be read: {}': '无法读取：{}',
  'no errors in the last hour': '最近一小时没有错误',
  'one error in the last hour, as logged:': '最近一小时有 1 条错误（日志原文）：',
  '{} errors in the last hour; the latest, as logged:':
    '最近一小时有 {} 条错误，最后几条（日志原文）：',
  'monitor': '监控器',
  'pid {} is suspended (SIGSTOP): nothing is watched or healed':
    'PID {} 被挂起（SIGSTOP）：没有任何监控和修复',
  'a debugger holds pid {}: it watches only while the debugger lets it run':
    'PID {} 被调试器控制：只有放行时才会监控',
  'pid {} watches and answers, but could not write its status for {}':
    'pid {} 在监视并能应答，但已有 {} 无法写入状态文件',
  'pid {} is alive, but has written no status for {}: it hangs':
    'PID {} 还在，但已有 {} 没写状态：卡住了',
  ', up {}': '，已运行 {}',
  'pid {}{}': 'PID {}{}',
  'pid {}{}, watching {}': 'PID {}{}，监控 {}',
  'cannot tell whether a monitor runs: its pid file {}': '无法判断监控器：PID 文件 {}',
  'no monitor runs: agent2.pid names {}, which is now another program ({})':
    '监控器未运行：agent2.pid 写的 {} 现在是另一个程序（{}）',
  'no monitor runs: agent2.pid names {}, which ended without cleaning up (killed?)':
    '监控器未运行：agent2.pid 写的 {} 已不在，且没有正常退出（被杀掉了？）',
  'the next start takes the file over': '重新启动时会接管该文件',
  'no monitor runs, and the last one was killed: its status still says {}':
    '监控器未运行，且上一个没有正常退出：状态仍是 {}',
  'no agent2 runs for {}: nothing watches or heals it':
    '没有 agent2 在监控 {}：无人监控，也无人修复',
  '{} is too old: agent2 {} needs {}.{} or later': '{} 太旧：agent2 {} 需要 {}.{} 或更高版本',
  'no agent2 is running, and there is no config file and no AgentOS here; name a service, or try the demo: agent2 demo':
    '没有 agent2 在运行，这里没有配置文件，也没有 AgentOS；请指定一个服务，或试试演示：agent2 demo',
  'open files': '打开文件数',
  'the monitor may open {} files': '监控器最多可打开 {} 个文件',
  'a process started here may open {} files': '在此启动的程序最多可打开 {} 个文件',
  '{}; probes and services need more: at least {}':
    '{}；检查需要一些，每个服务还要更多：至少需要 {}',
  'unlimited': '没有限制',
  'port': '端口',
  '{}; stop it, or give one of the two another port': '{}；结束它，或让其中一个换端口',
  '{} listens': '{} 正在监听',
  '{} listens on {}': '{} 正在监听（{}）',
  'nothing listens on {}, but something does on {}: the url has the wrong address, or the service binds the wrong one':
    '{} 无人监听，但 {} 有：URL 的地址写错了，或服务绑定错了地址',
  'process {} is alive, but nothing listens on {}: it is still starting, hangs, or uses another port':
    '进程 {} 还在，但 {} 无人监听：可能仍在启动、卡住了，或用了别的端口',
  'nothing listens on {}': '{} 无人监听',
  '{} listens on every address ({}): without a firewall other machines reach it too; bind it to 127.0.0.1':
    '{} 监听所有地址（{}）：没有防火墙时其他机器也能访问；请绑定到 127.0.0.1',
  '{} is answered by process {} ({}), not by process {} of the pid file; is that a proxy in front of it, or another copy of it?':
    '{} 上应答的是进程 {}（{}），不是 PID 文件中的进程 {}；它是前置代理，还是服务的另一个副本？',
  'process': '进程',
  '{}; its parent must reap it': '{}；需要由它的父进程回收',
  '{}; the pid file is stale, or --process-name is wrong':
    '{}；PID 文件已过期，或 --process-name 写错了',
  '{}, but process {} ({}) listens on the port; is that the service, with another pid file?':
    '{}，但进程 {}（{}）在监听该端口；它就是这个服务，只是 PID 文件不同？',
  '{}: AgentOS writes it when it starts its WebUI, so the WebUI does not run':
    '{}：AgentOS 启动 WebUI 时会写它，所以 WebUI 没有运行',
  '{}: the service does not run, or writes another file': '{}：服务没有运行，或写的是别的文件',
  'unknown: {}': '未知：{}',
  'a debugger holds process {}': '进程 {} 被调试器控制',
  'pid {}{}: {}': 'PID {}{}：{}',
  'pid {} runs as user {}, and you may not signal it: {}':
    'PID {} 属于用户 {}，当前用户无权向它发信号：{}',
  '{}; agent2 could not stop it if it hangs': '{}；它卡住时 agent2 无法停止它',
  'pid file {} is missing while the process lives': '进程还在，但 PID 文件 {} 不存在',
  'proxy': '代理',
  '{} is set, but agent2 asks {} without that proxy; curl and others use the proxy and may see something else':
    '设置了 {}；agent2 直接访问 {}，不走代理，而 curl 等会走代理，看到的可能不同',
  'healing': '修复情况',
  'held: a restart of this target does not mend its cause; it recovers with that{}':
    'held：重启该目标解决不了原因；原因消除后会自行恢复{}',
  'held: too many restarts without success, so agent2 waits for you{}':
    '已搁置：多次重启无效，agent2 等你处理{}',
  'held: another process has its port, and agent2 does not kill it; healing continues when the port is free':
    '已搁置：端口被其他程序占用，而 agent2 不会杀死它；端口空出后继续修复',
  'down ({}){}': '故障（{}）{}',
  'down ({}): {}{}': '故障（{}）：{}{}',
  'paused: no checks, no repairs': '已暂停：不检查也不修复',
  'flapping: it changes between good and bad again and again{}': '状态抖动：时好时坏{}',
  '{} fixes in the last hour{}; restarts do not remove the cause':
    '最近一小时修复了 {} 次{}；重启没有解决根本问题',
  'healed': '已治愈',
  'relapsed': '又复发',
  'no effect': '无效',
  'unneeded': '本不需要',
  '; of its fixes: {}': '；修复记录：{}',
  'other monitors': '其他监控器',
  '{} ({}) and {} ({}) are the same service': '{}（{}）和 {}（{}）是同一个服务',
  '{}; one of them only watches, which is harmless': '{}；其中一个只观察，没有妨碍',
  '{}, and both heal it; stop one of them': '{}，而且都会修复它；请停掉一个',
  'permissions': '权限',
  'this user may not read {} ({})': '当前用户无权查看 {}（{}）',
  'the first start creates {}': '{} 会在首次启动时创建',
  '{} is missing, and this user may not write {}': '{} 不存在，且当前用户不能写入 {}',
  '{} is not a directory': '{} 不是目录',
  'everybody may write in {}: anybody could cause restarts': '{} 任何人都可写：谁都能让服务重启',
  'the monitor runs as user {}; some commands need that user':
    '监控器以用户 {} 运行；部分命令需要该用户',
  '{} (mode {}, of user {}) is not writable for this user':
    '当前用户不能写入 {}（权限 {}，属于用户 {}）',
  '{} is writable': '{} 可写',
  '{} is not a regular file': '{} 不是普通文件',
  'everybody may write {} (mode {})': '任何人都可写 {}（权限 {}）',
  '{} (of user {}) is not writable for this user': '当前用户不能写入 {}（属于用户 {}）',
  'status file': '状态文件',
  'missing, although a monitor runs: it cannot write the file, or somebody removed it':
    '监控器在运行，但文件不存在：无法写入，或被人删除',
  'unusable: {}; another program wrote it, or the disk was full':
    '无法使用：{}；被其他程序写过，或磁盘曾满',
  'it is empty': '内容为空',
  'it is not a JSON object': '不是 JSON 对象',
  'it has no targets, like a file of the older Agent2': '没有 targets，像是旧版 Agent2 的文件',
  'written {} in the future: the clock of this machine was set back':
    '写于 {} 之后的未来：本机时钟被往回拨过',
  'the last one, written {} ago': '上次留下的，写于 {}前',
  'written by pid {}, but pid {} is the monitor here': '由 PID {} 写入，但这里的监控器是 PID {}',
  'complete, written {} ago': '完整，写于 {}前',
  'its problems': '自身问题',
  'version': '版本',
  '{}, like this program': '{}，与本程序一致',
  'the monitor is an agent2 older than this one ({})': '监控器的 agent2 比本程序（{}）旧',
  'the monitor is agent2 {}, this program is {}': '监控器是 agent2 {}，本程序是 {}',
  '{}; restart it': '{}；请重新启动监控器',
  'no answer within {} s; the rest was examined without it': '{} 秒内没有结果；其余项目照常检查',
  'could not be examined: {}': '无法检查：{}',
  'monitor {}': '监控器 {}',
  'service {}': '服务 {}',
  'this machine': '本机',
  'try:': '请执行：',
  'all is well: {} things examined': '一切正常：共检查 {} 项',
  '1 failure': '1 项故障',
  '{} failures': '{} 项故障',
  '1 warning': '1 项警告',
  '{} warnings': '{} 项警告',
  '{}; first: {}': '{}；先执行：{}',
  'plain ASCII instead of symbols': '用纯 ASCII 代替符号',
  'holds no pid ({})': '里没有 PID（{}）',
};
