import type {Catalogue} from '../../core/text/say.ts';

/** What is said in `probes/`, `fixes/`, `io/`, `runtime/` and `format/`. */
export const zh: Catalogue = {
  // Joints.
  ' or ': ' 或 ',
  ': {}': '：{}',
  '{} ({})': '{}（{}）',
  '{} {}': '{}{}',

  // Options of checks.
  'a percentage or a size, written 10% or 1GiB': '百分比或大小，写作 10% 或 1GiB',
  'a path from the root, or an object with one': '从根目录开始的路径，或含有它的对象',
  'a text': '文本',
  'a list: the program and its arguments one by one, since no shell sees them':
    '列表：逐个写出程序及其参数，因为不经过 shell',
  'it names no program': '没有指明程序',
  'wanted is a list of the program and its arguments, e.g. {}': '应为程序及其参数的列表，例如 {}',
  'a list, or an object with a command': '列表，或含有 command 的对象',
  'absent cannot stand beside maxAge, minSize and maxSize: a file that has to be absent has neither age nor size; leave one of them away, e.g. {path: /srv/web/maintenance, absent: true}':
    'absent 不能与 maxAge、minSize、maxSize 并用：必须不存在的文件既没有时间也没有大小；请去掉其中之一，例如 {path: /srv/web/maintenance, absent: true}',
  'a percentage of one core': '单个 CPU 核心的百分比',
  'a whole number': '整数',
  'a duration of 1ms to {}d, written 500ms, 5s, 2m, 1h, 7d or a bare number of seconds':
    '1ms 到 {}d 的时长，写作 500ms、5s、2m、1h、7d，或只写秒数',
  'a size, written 512MiB, 1.5GB or a bare number of bytes':
    '大小，写作 512MiB、1.5GB，或只写字节数',
  'host:port, or a host alone for port {}': 'host:port，或只写主机（端口为 {}）',
  'a path from the root, or one beside the config file that begins with ./':
    '从根目录开始的路径，或以 ./ 开头、相对于配置文件的路径',
  'true or false': 'true 或 false',
  'wanted is {}, e.g. {}': '应为{}，例如 {}',
  'it is missing': '缺少此项',
  'it cannot be used (it is not shown, since it may be a secret)':
    '无法使用（可能是机密，故不显示）',
  "'{}' cannot be used": "'{}' 无法使用",
  'one of {}': '{} 之一',
  'a url, or an object with one': 'URL，或含有它的对象',
  'a url with http:// or https://': '以 http:// 或 https:// 开头的 URL',
  'a text of one line': '单行文本',
  "'{}' cannot be set": "'{}' 不能设置",
  'wanted is the name of a header other than {}, e.g. Authorization':
    '应为 {} 以外的请求头名称，例如 Authorization',
  'a status, a range or a class': '状态码、范围或类别',
  '200, 200-299 or 2xx': '200、200-299 或 2xx',
  'wanted is at least one status, e.g. [200, 204]': '应为至少一个状态码，例如 [200, 204]',
  'a status, a range, a class, or a list of them': '状态码、范围、类别，或它们的列表',
  '200, 200-299, 2xx or [200, 3xx]': '200、200-299、2xx 或 [200, 3xx]',
  'a text, a number, true, false or null': '文本、数字、true、false 或 null',
  'a number': '数字',
  'a list of values': '值的列表',
  'wanted is at least one of equals, oneOf, min, max, contains, e.g. {min: 1}':
    '应为 equals、oneOf、min、max、contains 中至少一个，例如 {min: 1}',
  'ok, or {min: 1, max: 10}': 'ok，或 {min: 1, max: 10}',
  'a value, or an object with equals, oneOf, min, max or contains':
    '一个值，或含有 equals、oneOf、min、max、contains 的对象',
  'an object from paths in the JSON body to values': '从 JSON 正文中的路径到值的对象',
  'a host name': '主机名',
  'host:port, or an object with an address': 'host:port，或含有 address 的对象',

  // What checks see.
  '{} is not there, so its disk cannot be told': '{} 不存在，因此无法得知其磁盘',
  '{} of {} free ({}%)': '剩余 {}/{}（{}%）',
  '{} on {}, wanted at least {}': '{}（位于 {}），至少应有 {}',
  '{} was cancelled': '{} 已取消',
  '{} did not end within {}{}': '{} 未在 {}内结束{}',
  '{} was ended by {}{}': '{} 被 {} 终止{}',
  '{} exited with code {}': '{} 以退出码 {} 结束',
  'absent': '不存在',
  '{} is missing': '{} 不存在',
  '{} is there, and should not be': '{} 存在，但不应存在',
  '{}, {} old': '{}，写入于 {}前',
  '{} was last written {} ago, wanted within {}': '{} 最后写入于 {}前，应在 {}之内',
  '{} has {}, wanted at least {}': '{} 的大小为 {}，至少应为 {}',
  '{} has {}, wanted at most {}': '{} 的大小为 {}，至多应为 {}',
  'answered in {}, slow is {}': '响应缓慢，耗时 {}，阈值 {}',
  '{}: redirected to {}, which was not followed': '{}：被重定向到 {}，未跟随',
  '{}: redirected again and again, the last time with {}': '{}：反复重定向，最后一次状态码 {}',
  '{}: status {}, wanted {}{}': '{}：状态码 {}，应为 {}{}',
  '{}: status {} leads to {}, so the expected body was not seen; name the url it leads to':
    '{}：状态码 {} 指向 {}，未能看到预期的正文；请直接填写它指向的 URL',
  'status {} in {}': '状态码 {}，耗时 {}',
  'the process is gone': '进程已消失',
  'the process is not known yet': '尚不知道是哪个进程',
  'cpu {}%': 'CPU {}%',
  'rss {}': '内存 {}',
  '{} fds': '{} 个文件描述符',
  '{}, limit is {}': '{}，上限 {}',
  "open files cannot be counted: the process is another user's, or there is no /proc":
    '无法统计打开的文件：进程属于其他用户，或没有 /proc',
  '; failing: {}': '；异常部分：{}',
  '{}: the body is larger than {} bytes, too large to be checked':
    '{}：正文超过 {} 字节，过大而无法检查',
  '{}: the body is not JSON, {}': '{}：正文不是 JSON，{}',
  '{}: {} is {}, wanted {}{}': '{}：{} 为 {}，应为 {}{}',
  'it is empty': '内容为空',
  'it starts with {}': '开头是 {}',
  '{} to {}': '{} 到 {}',
  'at least {}': '至少 {}',
  'at most {}': '至多 {}',
  'something with {}': '包含 {} 的内容',
  'missing': '缺失',
  'port {} is held by process {} ({}), which is not ours':
    '端口 {} 被进程 {}（{}）占用，它不属于本服务',
  'nothing listens on port {} ({})': '端口 {} 无人监听（{}）',
  'process unknown: {}': '进程未知：{}',
  'pid file {} is missing': 'PID 文件 {} 不存在',
  'process {} is dead, but its parent has not reaped it (zombie)':
    '进程 {} 已死，但父进程尚未回收（僵尸）',
  'process {} is suspended (SIGSTOP)': '进程 {} 被挂起（SIGSTOP）',
  'process {} is "{}", a name with "{}" is wanted': '进程 {} 是 "{}"，名称中应含有 "{}"',
  'the process': '进程',
  'process {}': '进程 {}',
  '{} ended with {}': '{} 已结束（{}）',
  '{} is gone, its pid file {} was left behind': '{} 已消失，其 PID 文件 {} 仍留存',
  '{} is gone, and its pid file {} no longer names one':
    '{} 已消失，其 PID 文件 {} 也不再指向任何进程',
  '{} is gone': '{} 已消失',
  'it was not started yet': '尚未启动',
  'pid file {} is missing, process {} is still there': 'PID 文件 {} 不存在，但进程 {} 仍在',
  'pid file {} {}': 'PID 文件 {} {}',
  'neither pid file nor port tells which process it is': 'PID 文件和端口都无法说明是哪个进程',
  'nothing was seen listening on port {} yet': '尚未看到有进程监听端口 {}',
  'process {} ({})': '进程 {}（{}）',
  'port {} is held by {}': '端口 {} 被{}占用',
  "names process {}, which is neither ours nor of the file's owner (uid {})":
    '指向进程 {}，它既不属于我们，也不属于文件的所有者（uid {}）',
  'is older than process {}, which it names: it was left behind, or the clock was wrong':
    '早于它所指的进程 {}：可能是遗留文件，或时钟有误',
  'open in {}': '连接耗时 {}',
  'the certificate of {}': '{} 的证书',
  'ends in 1 day ({})': '将在 1 天后到期（{}）',
  'ends in {} days ({})': '将在 {} 天后到期（{}）',
  '{} days left': '剩余 {} 天',
  'could not look: {}': '无法查看：{}',

  // Options of fixes.
  'restart stands beside start or stop': 'restart 与 start 或 stop 并存',
  'stop stands without start': '有 stop 而没有 start',
  'there is no command': '没有命令',
  'wanted is either restart alone, e.g. restart: [./restart.sh], or start and maybe stop, e.g. start: [./web.sh, start]':
    '应为单独的 restart，例如 restart: [./restart.sh]，或 start 加可选的 stop，例如 start: [./web.sh, start]',
  'wanted is the name or id of a container, e.g. container: web':
    '应为容器的名称或 id，例如 container: web',
  'this cannot be a container': '这不可能是容器',
  'wanted is its name or id of letters, digits and _ . -, e.g. container: web':
    '应为由字母、数字和 _ . - 组成的名称或 id，例如 container: web',
  'wanted is a program, e.g. command: podman': '应为程序，例如 command: podman',
  'this cannot be a program': '这不可能是程序',
  'wanted is its name or path, without arguments, e.g. command: podman':
    '应为不带参数的名称或路径，例如 command: podman',
  'wanted is the name or the number of one process as pm2 list shows it (not all, no pattern, no ecosystem file), e.g. process: web':
    '应为 pm2 list 所显示的单个进程的名称或编号（不能是 all、通配或 ecosystem 文件），例如 process: web',
  'wanted is a directory, e.g. home: /home/deploy/.pm2': '应为目录，例如 home: /home/deploy/.pm2',
  'wanted is an absolute path, e.g. home: /home/deploy/.pm2':
    '应为绝对路径，例如 home: /home/deploy/.pm2',
  "wanted is a command as a list of words, e.g. [./restart.sh, web], or as one text that is split as a shell would, e.g. './restart.sh web'":
    "应为命令：词的列表，例如 [./restart.sh, web]，或按 shell 规则拆分的一段文本，例如 './restart.sh web'",
  "'{}': {}": "'{}'：{}",
  'this holds no command': '其中没有命令',
  'wanted is 100ms to 1h, written 500ms, 45s, 2m or a bare number of seconds, e.g. timeout: 45s':
    '应为 100ms 到 1h，写作 500ms、45s、2m，或只写秒数，例如 timeout: 45s',
  "'{}' is no usable time": "'{}' 不是可用的时长",
  'wanted is the name of a program, e.g. program: web': '应为程序的名称，例如 program: web',
  'wanted is its name as supervisorctl status shows it, e.g. program: web or program: web:web_00 or program: web:*':
    '应为 supervisorctl status 所显示的名称，例如 program: web、program: web:web_00 或 program: web:*',
  'wanted is a file, e.g. config: /etc/supervisor/supervisord.conf':
    '应为文件，例如 config: /etc/supervisor/supervisord.conf',
  'wanted is an absolute path, e.g. config: /etc/supervisor/supervisord.conf':
    '应为绝对路径，例如 config: /etc/supervisor/supervisord.conf',
  'wanted is the name of a unit, e.g. unit: web.service': '应为单元的名称，例如 unit: web.service',
  'wanted is true or false, e.g. user: true': '应为 true 或 false，例如 user: true',

  // What fixes do and say.
  'agent2 is ending': 'agent2 正在结束',
  'cannot start {}: {}': '无法启动 {}：{}',
  '{} started as process {}': '{} 已启动，进程 {}',
  '{}, then {}': '{}，然后 {}',
  'stop the process, then {}': '停止进程，然后 {}',
  '{} done': '{} 已完成',
  'a command that stays belongs behind --: agent2 URL -- CMD':
    '持续运行的命令应放在 -- 之后：agent2 URL -- CMD',
  'start: {}': '启动：{}',
  'stop: {}': '停止：{}',
  'process {} is still there, and no pid file says that it is this service, so it was not stopped':
    '进程 {} 仍在，但没有 PID 文件说明它就是本服务，因此未停止它',
  '{}; give the target a pid file, or the fix a stop command':
    '{}；请为目标指定 PID 文件，或为修复指定 stop 命令',
  '{}; give the target a pid file': '{}；请为目标指定 PID 文件',
  '{} restarted {}': '{} 已重启 {}',
  'for podman say command: podman': '若使用 podman，请写 command: podman',
  'try: {} info': '请尝试：{} info',
  'run agent2 as root, or as a member of the group docker':
    '请以 root 或 docker 组成员的身份运行 agent2',
  'try: {} ps --all': '请尝试：{} ps --all',
  'there is nothing to restart it with': '没有可用的重启方式',
  'pm2 restarted {}': 'pm2 已重启 {}',
  'put the directory of pm2 into the PATH that agent2 is started with':
    '请把 pm2 所在目录加入启动 agent2 时的 PATH',
  "try: pm2 list; processes of another user's daemon need home (PM2_HOME), those saved before a reboot pm2 resurrect":
    '请尝试：pm2 list；属于其他用户守护进程的需要 home (PM2_HOME)，机器重启前保存的需要 pm2 resurrect',
  'run agent2 as the user whose pm2 it is': '请以该 pm2 所属用户的身份运行 agent2',
  '{} says {}': '{} 报告：{}',
  'old process {} {}': '旧进程 {} {}',
  'stopping the old process {} was cancelled': '停止旧进程 {} 的操作已取消',
  '{} exited with code {}{}': '{} 以退出码 {} 结束{}',
  '{} did not end within {} and was stopped{}': '{} 未在 {}内结束，已被停止{}',
  'write restart_signal for Agent1': '为 Agent1 写入 restart_signal',
  'the restart signal was taken': '重启信号已被取走',
  'nobody took the restart signal': '没有人取走重启信号',
  'supervisor restarted {}': 'supervisor 已重启 {}',
  'put the directory of supervisorctl into the PATH that agent2 is started with':
    '请把 supervisorctl 所在目录加入启动 agent2 时的 PATH',
  'try: supervisorctl status': '请尝试：supervisorctl status',
  'put username and password into the [supervisorctl] part of its config file':
    '请在其配置文件的 [supervisorctl] 部分写入 username 和 password',
  'run agent2 as a user who may write to the socket of supervisord':
    '请以可写 supervisord 套接字的用户身份运行 agent2',
  'is supervisord running? Where its config file is elsewhere, say config: FILE':
    'supervisord 在运行吗？若其配置文件在别处，请写 config: FILE',
  'try: supervisorctl tail {} stderr': '请尝试：supervisorctl tail {} stderr',
  'systemctl restarted {}': 'systemctl 已重启 {}',
  'its start limit was reached and is reset; ': '已达到启动次数上限，现已重置；',
  'its start limit was reached and could not be reset; ': '已达到启动次数上限，且未能重置；',
  ', result {}': '，结果 {}',
  '; it is {} ({}){}: {}': '；当前为 {} ({}){}：{}',
  'is systemd the init of this machine? If not, use another kind of fix, e.g. --restart CMD':
    '本机的 init 是 systemd 吗？若不是，请使用其他修复方式，例如 --restart CMD',
  'systemd is not the init of this machine; use another kind of fix, e.g. --restart CMD':
    '本机的 init 不是 systemd；请使用其他修复方式，例如 --restart CMD',
  "the user's manager does not run": '该用户的管理器未运行',
  'the system bus does not answer; is systemd the init of this machine?':
    '系统总线没有应答；本机的 init 是 systemd 吗？',
  "run agent2 as root, allow it by polkit, or, where it is a user's own unit, use user: true (--unit user:{})":
    '请以 root 运行 agent2，或用 polkit 授权；若是用户自己的单元，请用 user: true (--unit user:{})',
  'try: systemctl --user list-units --all; a system unit needs no user: true (--unit {})':
    '请尝试：systemctl --user list-units --all；系统单元不需要 user: true (--unit {})',
  "try: systemctl list-units --all; a user's own unit needs user: true (--unit user:{})":
    '请尝试：systemctl list-units --all；用户自己的单元需要 user: true (--unit user:{})',
  'try: systemctl --user unmask {}': '请尝试：systemctl --user unmask {}',
  'try: systemctl unmask {}': '请尝试：systemctl unmask {}',
  'systemd goes on with it; where the unit takes its time to stop (TimeoutStopSec), give the fix a longer timeout':
    'systemd 会继续执行；若该单元停止较慢 (TimeoutStopSec)，请为修复设置更长的 timeout',
  'cancelled before it began': '在开始之前已取消',

  // Files.
  'is a directory, a regular file is wanted': '是目录，应为普通文件',
  'is no regular file, a regular file is wanted': '不是普通文件，应为普通文件',
  'holds more than {} KiB, which is the most that is read': '超过 {} KiB，这是读取的上限',
  'may not be read by this user ({})': '当前用户无权读取（{}）',
  'cannot be read: {}': '无法读取：{}',
  '{} cannot be written: {}': '{} 无法写入：{}',
  '{} cannot be used: {}': '{} 无法使用：{}',
  'lies in a directory that {}': '所在的目录{}',
  'belongs to the user {}, and agent2 runs as root': '属于用户 {}，而 agent2 以 root 运行',
  'if root shall run what it says: {}': '若要让 root 执行其内容：{}',
  'try: {}': '请尝试：{}',
  'can be written by others (mode {}), and agent2 runs as root':
    '可被他人写入（权限 {}），而 agent2 以 root 运行',
  'the system did not say anything about {} in time; does its disk or server answer?':
    '系统未能及时给出 {} 的信息；其磁盘或服务器有应答吗？',
  '{} cannot be looked at ({})': '无法查看 {}（{}）',
  'there is no such file': '没有这个文件',
  '{} is {}, a regular file is wanted': '{} 是{}，应为普通文件',
  'a directory': '目录',
  'a fifo': '命名管道',
  'a socket': '套接字',
  'a device': '设备',
  'a symbolic link': '符号链接',
  'log {} cannot be written: {}': '日志 {} 无法写入：{}',
  'the recording {} cannot be written: {}': '录制文件 {} 无法写入：{}',
  'its directory does not exist': '所在目录不存在',
  'its parent {} does not exist': '其上级目录 {} 不存在',
  'it is not a directory': '它不是目录',
  'it cannot be written ({})': '无法写入（{}）',
  'changes of {} may go unseen: {}': '{} 的变化可能无法察觉：{}',
  'pid file {} is {}, a regular file is wanted': 'PID 文件 {} 是{}，应为普通文件',
  'pid file {} can be written by everybody (mode {})': 'PID 文件 {} 可被任何人写入（权限 {}）',
  'pid file {} holds {} bytes, one number is wanted': 'PID 文件 {} 有 {} 字节，应只含一个数字',
  'pid file {} is empty, a number is wanted': 'PID 文件 {} 为空，应为数字',
  'pid file {} holds "{}", digits only are wanted': 'PID 文件 {} 的内容是 "{}"，应只含数字',
  'pid file {} names {}, a pid from 2 to {} is wanted':
    'PID 文件 {} 写的是 {}，应为 2 到 {} 的 PID',
  'pid file {} may not be read by this user ({})': '当前用户无权读取 PID 文件 {}（{}）',
  'pid file {} lies below something that is no directory': 'PID 文件 {} 的上级不是目录',
  'pid file {} is a symbolic link, a regular file is wanted':
    'PID 文件 {} 是符号链接，应为普通文件',
  'pid file {} cannot be read: {}': '无法读取 PID 文件 {}：{}',
  'the single quote at column {} is never closed': '第 {} 列的单引号没有闭合',
  'the double quote at column {} is never closed': '第 {} 列的双引号没有闭合',
  'the backslash at column {} escapes nothing': '第 {} 列的反斜杠后面没有字符',

  // Sockets.
  'is not valid before {}': '在 {} 之前尚未生效',
  'is self-signed; name its certificate as ca, or set allowSelfSigned':
    '是自签名的；请把它的证书写为 ca，或设置 allowSelfSigned',
  'cannot be verified ({}); name its issuer as ca, or have the service send the whole chain':
    '无法验证（{}）；请把签发者写为 ca，或让服务发送完整的证书链',
  'is not for that name: {}': '不适用于该名称：{}',
  'expired less than a day ago ({})': '已过期不到一天（{}）',
  'expired 1 day ago ({})': '已过期 1 天（{}）',
  'expired {} days ago ({})': '已过期 {} 天（{}）',
  'answered {}, but the body did not end within {} ({} bytes so far)':
    '已应答 {}，但正文未在 {}内结束（已收到 {} 字节）',
  '{}: the {} body cannot be unpacked ({})': '{}：{} 正文无法解压（{}）',
  'connection refused by {}': '{} 拒绝连接',
  'no connection to {}: the system gave up waiting': '无法连接 {}：系统放弃等待',
  'the name in {} cannot be resolved ({})': '无法解析 {} 中的名称（{}）',
  '{} reset the connection': '{} 重置了连接',
  'no connection to {} ({})': '无法连接 {}（{}）',
  'TLS with {} failed: {}': '与 {} 的 TLS 失败：{}',
  'the answer is not HTTP ({})': '应答不是 HTTP（{}）',
  'it ended within its head': '应答头没有结束就断了',
  'its head is larger than {} bytes': '应答头超过 {} 字节',
  'its length is unclear': '应答的长度不明确',
  'one of its chunks has no size': '有一个分块没有写明大小',
  'one of its chunks has no end': '有一个分块没有正确结束',
  'one of its lines is too long': '有一行太长',
  '{} closed the connection without an answer ({})': '{} 未应答就关闭了连接（{}）',
  'end of stream': '流已结束',
  'the answer broke off ({})': '应答中断（{}）',
  'connection closed': '连接已关闭',
  'the name in {} was not resolved within {}': '未能在 {1}内解析 {0} 中的名称',
  'no connection to {} within {}': '{1}内未能连接 {0}',
  'TLS with {} not agreed within {} (connected in {})':
    '{1}内未能与 {0} 完成 TLS 握手（连接耗时 {2}）',
  'no response within {} (connected in {})': '{}内没有响应（连接耗时 {}）',

  // Processes.
  'pid {} is never signalled': '从不向 PID {} 发送信号',
  'process {} is not there any more': '进程 {} 已不存在',
  'process {} belongs to another user': '进程 {} 属于其他用户',
  '{} already runs as process {}': '{} 已在运行，进程 {}',
  'exit code {}': '退出码 {}',
  'signal {}': '信号 {}',
  '{} was not running': '{} 并未运行',
  '{} ended before it could be seen': '{} 还未被看到就已结束',
  'process {} was not there': '进程 {} 不存在',
  'process {} or one of its group is still there after SIGKILL':
    '发送 SIGKILL 之后，进程 {} 或其进程组中仍有进程存在',
  'stopped by {} in {}': '被 {} 停止，耗时 {}',
  'process {} was sent SIGCONT': '已向进程 {} 发送 SIGCONT',
  'process {} is still there {} after SIGKILL: it hangs in the kernel':
    '发送 SIGKILL {1}之后进程 {0} 仍在：它卡在内核中',
  'not ours: pid {} is never signalled': '不属于本服务：从不向 PID {} 发送信号',
  'not ours: pid {} is agent2 itself': '不属于本服务：PID {} 是 agent2 自身',
  'process {} was not there: another process has its pid now':
    '进程 {} 不存在：它的 PID 现在属于另一个进程',
  'not ours: process {} is {}, not {}': '不属于本服务：进程 {} 是 {}，而不是 {}',
  'process {} could not be signalled: EPERM for {}, it belongs to another user':
    '无法向进程 {} 发送信号：{} 返回 EPERM，它属于其他用户',
  'a process of uid {}': 'uid {} 的进程',
  'working directory not found: {}': '找不到工作目录：{}',
  'command not found: {}': '找不到命令：{}',
  'command may not be executed: {} (EACCES)': '命令不可执行：{} (EACCES)',
  '{} could not be started: {}': '{} 无法启动：{}',
  'the process cannot be looked at: {}': '无法查看进程：{}',

  // Evidence.
  'no evidence about {}: {}': '没有 {} 的现场信息：{}',
  'not gathered within {} s': '未能在 {} 秒内收集',
  'exited with code {}': '以退出码 {} 结束',
  'was ended by {}': '被 {} 终止',
  'did not end within {} s and was stopped': '未在 {} 秒内结束，已被停止',
  'was cancelled': '已取消',
  '{} of {} free, no room for another file ({})': '剩余 {}/{}，已无法再建文件（{}）',
  '{} of {} free ({})': '剩余 {}/{}（{}）',
  'still no answer since the last time': '自上次以来仍无应答',
  'could not be read: {}': '无法读取：{}',
  'no answer within {} ms': '{} ms 内没有应答',
  ', up {}': '，已运行 {}',
  ', started {} ago': '，启动于 {}前',
  'no pid known': 'PID 未知',
  ', a zombie': '，僵尸进程',
  ', gone': '，已消失',
  '{} since all was well, in its control group': '自一切正常以来 {} 个，在其控制组内',
  '{} since all was well, on this machine': '自一切正常以来 {} 个，在本机上',
  '{}: somebody listens': '{}：有进程监听',
  '{}: nobody listens': '{}：无人监听',
  '{}: held by process {}: {}': '{}：被进程 {} 占用：{}',
  '{}: held by process {}, which is not ours: {}': '{}：被进程 {} 占用，它不属于本服务：{}',
  'running': '运行中',
  'sleeping': '休眠',
  'waiting in the kernel, cannot be interrupted': '在内核中等待，不可中断',
  'suspended': '已挂起',
  'stopped by a debugger': '被调试器暂停',
  'a zombie': '僵尸进程',
  'idle': '空闲',
  'unknown': '未知',
  '{} resident, {} swapped out': '常驻 {}，换出 {}',
  '{} resident': '常驻 {}',
  '{} since its start': '自启动以来 {}',
  '{} over {} ms, {}': '{1} ms 内 {0}，{2}',
  'system call {}': '系统调用 {}',
  'its control group uses {} of {}, {} of it file cache': '其控制组已用 {}/{}，其中文件缓存 {}',
  'nothing tells which process it is': '无从得知是哪个进程',

  // The report of a check.
  'status {} in {} ms': '状态码 {}（{} ms）',
  'process {} {}': '进程 {} {}',
  'limit|{} of {}': '{}，上限 {}',
  'port {} listening': '端口 {} 监听中',
  '{}: {}': '{}：{}',
  'clauses|, ': '，',
  'mismatch': '不符',

  // The report of a backtest.
  '{}, {} to {}': '{}，{} 至 {}',
  ', {} damaged line skipped': '，跳过 {} 个损坏的行',
  ', {} damaged lines skipped': '，跳过 {} 个损坏的行',
  '{} check': '{} 次检查',
  '{} checks': '{} 次检查',
  '{} run': '{} 次运行',
  '{} runs': '{} 次运行',
  '{}: {}; {} in {}{}': '{0}：{1}；{3}中的 {2}{4}',
  'A model, not a proof: a check sees what was seen last; trouble that a fix ended lasts until a fix ends it here, too; a fix takes as long as the recorded ones, and helps where they did. More: docs/backtest.md':
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
  'a guess: no fix of it was recorded': '推测值：没有录制到它的修复',
  'the median of {} recorded fix': '{} 次录制修复的中位数',
  'the median of {} recorded fixes': '{} 次录制修复的中位数',
  'a fix heals after {} ({})': '修复在 {}后见效（{}）',

  // The report of a drill.
  'it was taken for {}, expected {}': '被判定为 {}，应为 {}',
  'no warning was recorded': '没有记录警告',
  'the log does not tell of it': '日志中没有相应的通知',
  'it was restarted, and a slow service never should be': '它被重启了，而缓慢的服务绝不应被重启',
  'it was not noticed': '未被发现',
  'it was noticed, but not called down': '已被发现，但未判定为 down',
  'nothing was done about it': '没有采取任何措施',
  'it did not become well again': '没有恢复正常',
  'drill {}: {} (preset {}): {}': '演练 {}：{}（预设 {}）：{}',
  'broken': '破坏',
  'told': '通知',
  'fix': '修复',
  'mended by the drill: {}': '由演练恢复：{}',
  'warned about, and not restarted': '已发出警告，且未重启',
  '{}, {}, healthy after {}': '{}，{}，{}后恢复健康',

  // Names of units.
  "'{}' cannot be a unit; allowed are letters, digits and : _ . @ \\ -, e.g. web or web.service":
    "'{}' 不可能是单元；只允许字母、数字和 : _ . @ \\ -，例如 web 或 web.service",
  "'{}' is a template; name one of its instances, e.g. {}":
    "'{}' 是模板；请写出它的一个实例，例如 {}",
};
