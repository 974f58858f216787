import type {Catalogue} from '../../core/text/say.ts';

/** What the JSON schema of the config file says of its words, and the comments of the example. */
export const zh: Catalogue = {
  // The file as a whole.
  'What agent2 watches, and how it heals it': 'agent2 监控什么，以及如何修复',
  'Where editors find this schema': '编辑器从哪里找到本 schema',
  'The name of this monitor; its files are kept under it': '本监控的名称；其文件按此名称存放',
  'The preset of targets that set none': '未指定预设的目标所用的预设',
  'Number of fixes of all targets together that may start within a time':
    '所有目标合计，多长时间内允许开始几次修复',
  'Timings and limits of targets that set none': '目标自身未给出时所用的时间与限值',
  'What is watched': '监控什么',
  'The value of an environment variable, within the text': '文本中引用环境变量的值',
  'The content of a file, without its last line break': '文件的内容，不含最后的换行',

  // A target.
  'One service': '一个服务',
  'Its name; unique in the file': '名称；在文件中唯一',
  'The url to check': '向何处询问其状况',
  'A named set of timings and limits': '一组有名称的时间与限值',
  'What else is checked': '还检查什么',
  'Names of targets that must be healthy before this one is restarted':
    '重启本目标之前必须正常的目标的名称',
  'Runs before a restart, e.g. for a stack dump; its output is kept':
    '重启前运行，例如转储调用栈；其输出会被保留',
  'How long the command may take': '命令最多用多长时间',
  'The log of the service; its last lines are kept': '服务的日志，其最后几行会被保留',
  'What is gathered before a restart': '重启前收集什么',
  'Makes it crash; true: SIGKILL': '使其崩溃；true：SIGKILL',
  'Makes it hang; true: SIGSTOP': '使其挂起；true：SIGSTOP',
  'Makes it answer with errors': '使其以错误应答',
  'Makes it slow': '使其变慢',
  'Ends what the others began, if a restart does not': '结束其他命令造成的状况，当重启做不到时',
  'How a drill may break it; a drill does only what is set here':
    '演练可如何破坏它；只有写在这里的才可演练',

  // Timings and limits.
  'The pauses between the fixes of one incident': '同一事件中各次修复之间的间歇',

  // Checks.
  'The name of the check; that of its kind by default': '检查的名称；默认为其种类的名称',
  'An advisory check warns and never leads to a fix': '提示性检查只发出警告，从不引起修复',
  'One more check: its kind, and its options': '另一项检查：其种类的名称，以及选项',
  'request a url and judge the response by status, body and time':
    '请求 URL，并按状态码、正文和耗时判断应答',
  'The url to request': '请求的地址',
  'One of {}; GET by default': '{} 之一；默认为 GET',
  'Sent with the request; never shown': '随请求发送；从不显示',
  'The good status codes: 200, 200-299, 2xx or a list of them; 200-399 by default':
    '何为正常：200、200-299、2xx 或列表；未写时为 200-399',
  'Warns about an answer slower than this; the limit of the target by default':
    '慢于此值即为警告；未写时取目标的限值',
  'Never shown': '从不显示',
  'Sent with the request, but not to another origin that it redirects to; never shown':
    '随请求发送，但不发送到重定向后的其他来源；从不显示',
  'A status, a range or a class': '一个状态码、一个范围或一个类别',
  'The expected value': '必须为此值',
  'The allowed values': '可取的值',
  'The minimum': '最小值',
  'The maximum': '最大值',
  'A part of the text, or an item of the list': '文本的一部分，或列表的一个成员',
  'The expected fields of the JSON body, by path: a value, or an object of conditions; any body is good by default':
    'JSON 正文的字段（按路径）必须为何值：一个值，或一组条件；默认接受任何正文',
  'open a TCP connection': '建立 TCP 连接',
  'Where to connect, host:port': '连接的地址，host:port',
  'check a TLS certificate, and warn 21, 14 and 7 days before it expires':
    '检查 TLS 证书，在到期前 21、14 和 7 天发出警告',
  'Where to connect, host:port; port 443 by default': '连接的地址，host:port；未写端口时为 443',
  'The name that the certificate must have; the host by default':
    '证书必须包含的名称；未写时为主机名',
  "A PEM file with the authorities to trust instead of the system's":
    '代替系统、予以信任的证书机构的 PEM 文件',
  'Accepts a certificate of an unknown issuer, such as a self-signed one; its dates and names must still be right':
    '接受签发者未知的证书，例如自签名证书；其日期和名称仍须正确',
  'A PEM file with the client certificate, for a service that asks for one':
    '含有客户端证书的 PEM 文件，用于要求证书的服务',
  'A PEM file with the key of the client certificate, without a passphrase; the file of cert by default':
    '含有客户端证书密钥的 PEM 文件，不带口令；默认为 cert 的文件',
  'A text that the body must contain, as whole words in the same case; for a body that is not JSON':
    '正文必须包含的文本，按整词匹配并区分大小写；用于不是 JSON 的正文',
  "check what the target's process uses: CPU, memory, open files":
    '检查目标进程的占用：CPU、内存、打开的文件',
  'Warns above this use of the CPU since the previous check, in percent of one core':
    '自上次检查以来 CPU 高于此值时警告，以单核百分比计',
  'Warns above this much memory (RSS)': '内存（RSS）高于此值时警告',
  'Warns above this number of open files': '打开的文件多于此数时警告',
  'check the free space of a disk': '检查磁盘的可用空间',
  'Any path on the disk': '该磁盘上的任一路径',
  'The least free space, as a share or a size; 10% by default':
    '至少要有的可用空间，写作百分比或大小；默认为 10%',
  'check a file: whether it exists, its age and its size': '检查文件：是否存在、多旧、多大',
  'The file, or a directory': '文件或目录',
  'The file must not exist': '该文件必须不存在',
  'The longest time since it was last written': '距上次写入的最长时间',
  'The smallest good size': '允许的最小大小',
  'The largest good size': '允许的最大大小',
  'run a Nagios plug-in, or any command, and judge its exit code':
    '运行 Nagios 插件，或按退出码判断的任意命令',
  'The program, then its arguments, one item each': '程序，然后是逐个写出的参数',
  'The program and its arguments; no shell sees them': '程序及其参数；不经过 shell',
  'The directory in which it runs': '在哪个目录中运行',
  'Its time limit, if shorter than the timeout of the target': '它的时限，若短于目标的 timeout',

  // Fixes.
  'How it is restarted; none observes only': '如何重启；none 表示只观察',
  'A kind without options': '不需要更多内容的种类',
  'Components and checks that a restart does not fix: if only they fail, nothing is restarted':
    '重启无法修复的组件和检查：仅它们失败时不重启',
  'Causes that agent2 otherwise does not heal, or only once, since a restart rarely mends them':
    '默认不修复或只修复一次的原因（重启很少能解决），在此列出则照常修复',
  'How long a process may take to end after SIGTERM': '进程收到 SIGTERM 后最多用多长时间结束',
  'write restart_signal, for the program that restarts the service':
    '写出 restart_signal，由负责重启服务的程序处理',
  'run a command that restarts it, or one that starts it and optionally one that stops it':
    '运行重启它的命令，或启动它的命令以及可选的停止命令',
  'stops and starts it, e.g. [./restart.sh]': '停止并启动它，例如 [./restart.sh]',
  'starts it and leaves it running in the background, e.g. [./web.sh, start]':
    '启动它并让它在后台运行，例如 [./web.sh, start]',
  'stops it, before start; without it agent2 ends the process':
    '在 start 之前停止它；未写时由 agent2 结束进程',
  'true restarts it also after the manager was told to stop it; false by default':
    '设为 true 则管理程序按要求停止它之后也会重启它；默认为 false',
  'the time limit of each command, after which agent2 ends it with its process group; 30s by default':
    '每个命令的时限，超时则连同其进程组结束；默认为 30s',
  'agent2 starts the process itself, and starts it again': 'agent2 自行启动进程，并再次启动',
  'what agent2 starts and owns, e.g. [node, server.js]; it stays in the foreground':
    'agent2 启动并拥有的命令，例如 [node, server.js]；它留在前台运行',
  'restart a systemd unit': '重启 systemd 单元',
  'the unit; .service is added if there is no suffix': '单元；没有后缀时补上 .service',
  "true for a unit of the user's own manager (systemctl --user)":
    '用户自己的管理器（systemctl --user）的单元则为 true',
  'restart a container of docker or podman': '重启 docker 或 podman 的容器',
  'the name or id of the container': '容器的名称或 id',
  'the program to run, with the commands of docker; docker by default':
    '所调用的程序，须与 docker 的命令相容；未写时为 docker',
  'the time limit of the request; the stop timeout plus 30s by default':
    '请求的时限；默认为停止时限加 30s',
  'restart a process of pm2': '重启 pm2 的进程',
  'the name or number of the process, as pm2 list shows it': '进程的名称或编号，如 pm2 list 所示',
  'PM2_HOME; default: that of the user who runs agent2':
    'PM2_HOME，当它不是运行 agent2 的用户的默认值时',
  'restart a program of supervisord': '重启 supervisord 的程序',
  'the program, as supervisorctl status shows it': '程序名，如 supervisorctl status 所示',
  'the config file of supervisord; default: its usual places':
    'supervisord 的配置文件，当它不在常见位置时',

  // The example.
  'What agent2 watches, and how it heals it. Check it with: agent2 config check':
    'agent2 监控什么，以及如何修复。检查本文件：agent2 config check',
  'docs/config.md explains every key; agent2 config schema prints a JSON schema for editors:':
    '每个词的说明见 docs/config.md；agent2 config schema 输出供编辑器使用的 JSON schema：',
  '{}, and as the first line here': '{}，并在此处的第一行写上',
  '{} or {}': '{} 或 {}',
  'fixes of all targets together': '所有目标合计的修复次数',
  'fields of the JSON body, by path': 'JSON 正文的字段，按路径',
  'keep secrets elsewhere:': '密钥写在别处：',
  'without it the process is found by its port': '没有它时按端口查找进程',
  'any value of the preset: timeout, threshold, slow, grace, budget …':
    '预设中的任何值：timeout、threshold、slow、grace、budget …',
  'warns, and never leads to a fix': '只发出警告，从不引起修复',
  'observe only; or one of these:': '只观察；或用以下之一：',
  'not restarted while {} is not healthy': '{} 有故障时不重启',
  '{} may kill it': '{} 可以杀死它',
  'false: restarts all targets that turn bad together at once, without a canary':
    'false：同时出现故障的目标全部立即重启，不先试一个',
};
