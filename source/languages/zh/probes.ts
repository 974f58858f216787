import type {Catalogue} from '../../core/text/say.ts';

/** What is said in `probes/`, `runtime/` and `format/`. */
export const zh: Catalogue = {
  // Joints.
  ' or ': ' 或 ',
  ': {}': '：{}',
  '{} ({})': '{}（{}）',
  '{} {}': '{}{}',

  // Options of checks.
  'a percentage or a size, written as 10% or 1GiB': '百分比或大小，写作 10% 或 1GiB',
  'an absolute path, or an object with one': '从根目录开始的路径，或含有它的对象',
  'a text': '文本',
  'a list: the program and each argument, because no shell splits them':
    '列表：逐个写出程序及其参数，因为不经过 shell',
  'it names no program': '没有指明程序',
  'expected a list of the program and its arguments, e.g. {}': '应为程序及其参数的列表，例如 {}',
  'a list, or an object with a command': '列表，或含有 command 的对象',
  'absent excludes maxAge, minSize and maxSize: an absent file has no age and no size; leave out one of them, e.g. {path: /srv/web/maintenance, absent: true}':
    'absent 不能与 maxAge、minSize、maxSize 并用：必须不存在的文件既没有时间也没有大小；请去掉其中之一，例如 {path: /srv/web/maintenance, absent: true}',
  'a percentage of one core': '单个 CPU 核心的百分比',
  'a whole number': '整数',
  'a duration of 1ms to {}d, written as 500ms, 5s, 2m, 1h, 7d or a number of seconds':
    '1ms 到 {}d 的时长，写作 500ms、5s、2m、1h、7d，或只写秒数',
  'a size, written as 512MiB, 1.5GB or a number of bytes': '大小，写作 512MiB、1.5GB，或只写字节数',
  'host:port, or a host alone for port {}': 'host:port，或只写主机（端口为 {}）',
  'an absolute path, or one that begins with ./, relative to the config file':
    '从根目录开始的路径，或以 ./ 开头、相对于配置文件的路径',
  'true or false': 'true 或 false',
  'expected {}, e.g. {}': '应为{}，例如 {}',
  'it is missing': '缺少此项',
  'it cannot be used (hidden, because it may be a secret)': '无法使用（可能是机密，故不显示）',
  "'{}' cannot be used": "'{}' 无法使用",
  'one of {}': '{} 之一',
  'a url, or an object with one': 'URL，或含有它的对象',
  'a url with http://, https:// or unix:': '以 http://、https:// 或 unix: 开头的 URL',
  'a text of one line': '单行文本',
  "'{}' cannot be set": "'{}' 不能设置",
  'expected the name of a header other than {}, e.g. Authorization':
    '应为 {} 以外的请求头名称，例如 Authorization',
  'a status, a range or a class': '状态码、范围或类别',
  '200, 200-299 or 2xx': '200、200-299 或 2xx',
  'expected at least one status, e.g. [200, 204]': '应为至少一个状态码，例如 [200, 204]',
  'a status, a range, a class, or a list of them': '状态码、范围、类别，或它们的列表',
  '200, 200-299, 2xx or [200, 3xx]': '200、200-299、2xx 或 [200, 3xx]',
  'a text, a number, true, false or null': '文本、数字、true、false 或 null',
  'a number': '数字',
  'a list of values': '值的列表',
  'its min is above its max': '它的 min 大于 max',
  'expected a range that some number is in, e.g. {min: 1, max: 10}':
    '应为含有数值的范围，例如 {min: 1, max: 10}',
  'expected at least one value, e.g. [ok, degraded]': '应为至少一个值，例如 [ok, degraded]',
  'expected at least one of equals, oneOf, min, max, contains, e.g. {min: 1}':
    '应为 equals、oneOf、min、max、contains 中至少一个，例如 {min: 1}',
  'ok, or {min: 1, max: 10}': 'ok，或 {min: 1, max: 10}',
  'a value, or an object with equals, oneOf, min, max or contains':
    '一个值，或含有 equals、oneOf、min、max、contains 的对象',
  'an object from paths in the JSON body to values': '从 JSON 正文中的路径到值的对象',
  'a host name': '主机名',
  'host:port, or an object with an address': 'host:port，或含有 address 的对象',

  // What checks see.
  '{} does not exist, so its disk is unknown': '{} 不存在，因此无法得知其磁盘',
  '{} of {} free ({}%)': '剩余 {}/{}（{}%）',
  '{} on {}, expected at least {}': '{}（位于 {}），至少应有 {}',
  '{} was cancelled': '{} 已取消',
  '{} did not end within {}{}': '{} 未在 {}内结束{}',
  '{} was ended by {}{}': '{} 被 {} 终止{}',
  '{} exited with code {}': '{} 以退出码 {} 结束',
  'absent': '不存在',
  '{} is missing': '{} 不存在',
  '{} exists, but should not': '{} 存在，但不应存在',
  '{}, {} old': '{}，写入于 {}前',
  '{} was last written {} ago, expected within {}': '{} 最后写入于 {}前，应在 {}之内',
  '{} has {}, expected at least {}': '{} 的大小为 {}，至少应为 {}',
  '{} has {}, expected at most {}': '{} 的大小为 {}，至多应为 {}',
  'answered in {}, slow from {}': '响应缓慢，耗时 {}，阈值 {}',
  '{}: redirected to {}, which was not followed': '{}：被重定向到 {}，未跟随',
  '{}: redirected to {}, which was not followed: its method and body go to no other origin':
    '{}：被重定向到 {}，未跟随：请求方法和正文不会发往其他源',
  '{}: too many redirects, the last with {}': '{}：反复重定向，最后一次状态码 {}',
  '{}: status {}, expected {}{}': '{}：状态码 {}，应为 {}{}',
  '{} from {}': '{}（来自 {}）',
  '{}: status {} redirects to {}, so the expected body was not seen; use that url':
    '{}：状态码 {} 指向 {}，未能看到预期的正文；请直接填写它指向的 URL',
  'status {} in {}': '状态码 {}，耗时 {}',
  'the process is gone': '进程已消失',
  'the process is not known yet': '尚不知道是哪个进程',
  'cpu {}%': 'CPU {}%',
  'rss {}': '内存 {}',
  '{} fds': '{} 个文件描述符',
  '{}, limit is {}': '{}，上限 {}',
  'cannot count open files: the process belongs to another user, or there is no /proc':
    '无法统计打开的文件：进程属于其他用户，或没有 /proc',
  '{}: the answer breaks a rule of HTTP: {}': '{}：应答违反了 HTTP 的规则：{}',
  '; failing: {}': '；异常部分：{}',
  '{}: the body is larger than {} bytes, too large to be checked':
    '{}：正文超过 {} 字节，过大而无法检查',
  '{}: the body is not JSON, {}{}': '{}：正文不是 JSON，{}{}',
  '{}: the body is nested deeper than {} levels, {}': '{}：正文嵌套超过 {} 层，{}',
  '{}: {} is {}, expected {}{}': '{}：{} 为 {}，应为 {}{}',
  'it is empty': '内容为空',
  'it starts with {}': '开头是 {}',
  '{} to {}': '{} 到 {}',
  'at least {}': '至少 {}',
  'at most {}': '至多 {}',
  'something with {}': '包含 {} 的内容',
  'missing': '缺失',
  'process {} ({}) has just been started': '进程 {}（{}）刚刚启动',
  '{} is being replaced': '{} 正在被替换',
  '{} has just been replaced': '{} 刚刚被替换',
  'port {} is held by process {} ({})': '端口 {} 被进程 {}（{}）占用',
  'port {} is held by process {} ({}), left over from process {}':
    '端口 {} 被进程 {}（{}）占用，它由进程 {} 遗留',
  'port {} is held by process {} ({}), which somebody else started':
    '端口 {} 被进程 {}（{}）占用，它由他人启动',
  'process {} ({}) held port {} before the start, so its answers prove nothing about the new process':
    '进程 {}（{}）在启动之前就占用端口 {}，它的响应不能证明新进程正常',
  'process {} ({}), left over from process {}, holds port {}, so its answers prove nothing about the new process':
    '进程 {}（{}）由进程 {} 遗留，占用端口 {}，它的响应不能证明新进程正常',
  "port {} is held by process {} ({}), which is not the target's":
    '端口 {} 被进程 {}（{}）占用，它不属于本服务',
  'nothing listens on port {} ({})': '端口 {} 无人监听（{}）',
  'process unknown: {}': '进程未知：{}',
  'pid file {} is missing': 'PID 文件 {} 不存在',
  'process {} is dead, but its parent has not reaped it (zombie)':
    '进程 {} 已死，但父进程尚未回收（僵尸）',
  'process {} is suspended (SIGSTOP)': '进程 {} 被挂起（SIGSTOP）',
  'process {} is suspended (SIGSTOP); {}': '进程 {} 被挂起（SIGSTOP）；{}',
  'process {} is "{}", expected a name with "{}"': '进程 {} 是 "{}"，名称中应含有 "{}"',
  'the process': '进程',
  'process {}': '进程 {}',
  '{} ended with {}': '{} 已结束（{}）',
  '{} ended with {}; its output is in {}': '{} 已结束（{}）；其输出在 {}',
  '{} is gone, its pid file {} was left behind': '{} 已消失，其 PID 文件 {} 仍留存',
  '{} is gone, and its pid file {} names none': '{} 已消失，其 PID 文件 {} 也不再指向任何进程',
  '{} is gone': '{} 已消失',
  'it has not been started yet': '尚未启动',
  'it ended with exit code 0, and may run on in the background':
    '它以退出码 0 结束，可能仍在后台运行',
  'pid file {} is missing, process {} still runs': 'PID 文件 {} 不存在，但进程 {} 仍在',
  'neither a pid file nor a port tells which process it is': 'PID 文件和端口都无法说明是哪个进程',
  'nothing has listened on port {} yet': '尚未看到有进程监听端口 {}',
  'process {} ({})': '进程 {}（{}）',
  'port {} is held by {}': '端口 {} 被{}占用',
  'pid file {} is older than process {}, which it names: it was left behind, or the clock was wrong':
    'PID 文件 {} 早于它所指的进程 {}：可能是遗留文件，或时钟有误',
  'pid file {} names process {}, which is hidden from this user':
    'PID 文件 {} 指向进程 {}，当前用户看不到该进程',
  'pid file {} names process {}, which is not to be seen here':
    'PID 文件 {} 指向进程 {}，在这里看不到该进程',
  'pid file {} is missing; process {} was found by its port':
    'PID 文件 {} 不存在；按端口找到了进程 {}',
  'pid file {} is missing; process {} was found by port {}':
    'PID 文件 {} 不存在；进程 {} 是按端口 {} 找到的',
  'pid file {} is missing; port {} is held by {}': 'PID 文件 {} 不存在；端口 {} 被{}占用',
  'process {} of pid file {} is not to be seen here, and neither is the process that holds port {}':
    '进程 {}（PID 文件 {}）在这里看不到，占用端口 {} 的进程也看不到',
  'process {} of pid file {} has ended; its relative, process {}, holds port {}':
    '进程 {}（PID 文件 {}）已结束；与它同属一家的进程 {} 占用端口 {}',
  'pid file {} names process {}, a thread of the kernel: agent2 signals no process because of that file':
    'PID 文件 {} 指向进程 {}，它是内核线程：agent2 不会因该文件向任何进程发信号',
  'pid file {} belongs to the user {}, and process {}, which it names, to the user {}: agent2 signals no process because of that file':
    'PID 文件 {} 属于用户 {}，而它指向的进程 {} 属于用户 {}：agent2 不会因该文件向任何进程发信号',
  'pid file {} may be of another pid namespace (a container), where process {} has the number {}: agent2 signals no process because of that file':
    'PID 文件 {} 可能来自另一个 PID 命名空间（容器），进程 {} 在那里的编号是 {}：agent2 不会因该文件向任何进程发信号',
  'agent2 signals no process because of pid file {}: it {}':
    'agent2 不会因 PID 文件 {} 向任何进程发信号：它{}',
  'pid file {} names process {} ({}), but port {} is held by {}, which is no relative of it: agent2 signals no process because of that file':
    'PID 文件 {} 指向进程 {}（{}），但端口 {} 被{}占用，两者无关：agent2 不会因该文件向任何进程发信号',
  'pid file {} names process {} ({}), an ancestor of the holder of port {}, {}, and of agent2 as well: agent2 signals no process because of that file':
    'PID 文件 {} 指向进程 {}（{}），它是端口 {} 占用者（{}）的祖先进程，也是 agent2 的祖先进程：agent2 不会因该文件向任何进程发信号',
  'pid file {} names process {} ({}), an ancestor of process {} and of agent2 as well: agent2 signals no process because of that file':
    'PID 文件 {} 指向进程 {}（{}），它既是进程 {} 的祖先进程，也是 agent2 的祖先进程：agent2 不会因该文件向任何进程发信号',
  'pid file {} names process {} ({}), which is no relative of process {}, and that still runs: agent2 signals no process because of that file':
    'PID 文件 {} 指向进程 {}（{}），它与进程 {} 无关，而后者仍在运行：agent2 不会因该文件向任何进程发信号',
  'pid file {} names process {} ({}), which is older than the end of process {} and no relative of it: agent2 signals no process because of that file':
    'PID 文件 {} 指向进程 {}（{}），它在进程 {} 结束之前就已启动，且两者无关：agent2 不会因该文件向任何进程发信号',
  'the process ended while the port was asked': '查询端口时进程已结束',
  'process {} is hidden from this user': '当前用户看不到进程 {}',
  'another process': '另一个进程',
  'open in {}': '连接耗时 {}',
  'the certificate of {}': '{} 的证书',
  'ends in 1 day ({})': '将在 1 天后到期（{}）',
  'ends in {} days ({})': '将在 {} 天后到期（{}）',
  '{} days left': '剩余 {} 天',
  'could not check: {}': '无法查看：{}',

  // The report of a check.
  'status {} in {} ms': '状态码 {}（{} ms）',
  'process {} {}': '进程 {} {}',
  'limit|{} of {}': '{}，上限 {}',
  '{}: {} speaks TLS, and was asked without it; use https:// in the url':
    '{}：{} 使用 TLS，而请求没有使用；请在 URL 中写 https://',
  '{}: {} answers plain HTTP, not TLS; use http:// in the url':
    '{}：{} 应答的是普通 HTTP，不是 TLS；请在 URL 中写 http://',
  '{}, redirected with {} to {}': '{}，以 {} 重定向到 {}',
  '{}: redirected to {}: {}': '{}：重定向到 {}：{}',
  '{}: status {} redirects to {}, which fails: {}': '{}：状态码 {} 重定向到 {}，而那里失败：{}',
  '{}: status {}: it speaks TLS, and was asked without it; use https:// in the url':
    '{}：状态码 {}：它使用 TLS，而请求没有使用；请在 URL 中写 https://',
  '{}: the body does not contain {}, {}{}': '{}：正文不含 {}，{}{}',
  'a text that is not empty': '非空文本',
  'it belongs to no certificate': '没有它所属的证书',
  'expected cert beside key, e.g. cert: /etc/ssl/client.pem':
    '应在 key 旁给出 cert，例如 cert: /etc/ssl/client.pem',
  'expected unix:SOCKET:PATH, e.g. unix:/run/app.sock:/health':
    '应为 unix:套接字:路径，例如 unix:/run/app.sock:/health',
  "'{}' names no socket by its absolute path": "'{}' 没有用绝对路径指明套接字",
  'the path of the socket has {} bytes; the system allows {}':
    '套接字的路径有 {} 字节；系统允许 {}',
  'port {} listening': '端口 {} 监听中',
  '{}: {}': '{}：{}',
  'clauses|, ': '，',
  'mismatch': '不符',
};
