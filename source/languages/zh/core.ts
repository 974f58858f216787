import type {Catalogue} from '../../core/text/say.ts';

/**
 * The words of the contract (`down`, `slow`, `held`, causes, actions) stay as they are, and stand first where they do in English, so that
 * people find them in a log of either language. What the scripts of AgentOS's users look for in the log (`修复操作: ACTION, 结果: RESULT`, once for an
 * attempt, and `响应时间: SECONDSs`) keeps its ASCII punctuation and is said nowhere else.
 */
export const zh: Catalogue = {
  // Spans and joints.
  '{} ms': '{} ms',
  'answer|{}': '{1}s',
  '-{}': '-{}',
  '{} s': '{} 秒',
  '{} min': '{} 分钟',
  '{} h': '{} 小时',
  '; ': '；',
  ': ': '：',
  ', ': '、',
  ' and ': ' 和 ',
  ' ({})': '（{}）',
  '{}; {}': '{}；{}',

  // Checks.
  '; try {} of {}': '；第 {} 次尝试，共 {} 次',
  'still down: {}': '仍处于 down：{}',
  'inconclusive check, which does not count: {}': '本次检查没有结论，不计为目标的故障：{}',
  ', before its process ended or stopped': '，在其进程结束或被暂停之前',
  'recovered by itself after {}': '{}后自行恢复',
  'ok again after {}, before a fix was needed': '{}后恢复正常，无需修复',
  'healthy at first sight': '首次检查即健康',
  'slow: {}': 'slow（{}）；修复操作: 记录警告, 结果: warning_logged',
  'warning: {}': '警告：{}',
  'healthy': '健康',
  'healthy, answered in {}': '健康检查通过 (响应时间: {})',
  'no longer flapping': '不再抖动',
  'flapping: it changes between good and bad again and again': '状态抖动：在正常与异常之间来回变化',
  'check ok': '健康检查通过',
  'check ok, answered in {}': '健康检查通过 (响应时间: {})',
  'check failed: {}': '健康检查失败: {}',
  'the request was read, {} % of a CPU is used': '请求已被读取，正在使用 {} % 的 CPU',
  'the request was read and no CPU is used: it waits for something':
    '请求已被读取，未使用 CPU：正在等待某事',
  'nobody accepts or reads, {} % of a CPU is used': '连接无人接受或读取，正在使用 {} % 的 CPU',
  'nobody accepts or reads, the process waits for a CPU': '连接无人接受或读取，进程在等待 CPU',
  'nobody accepts or reads while the process waits for something else ({})':
    '连接无人接受或读取，进程在等待其他事情（{}）',
  'nobody accepts or reads and no CPU is used ({}): a deadlock':
    '连接无人接受或读取，也未使用 CPU（{}）：死锁',
  'failure {} of {}: {}': '检测到异常 (连续失败: {}，阈值: {})：{}',
  'the process is gone and no pid file names it: somebody may be restarting it; waiting {}':
    '进程已消失，也没有 PID 文件指向它：可能是他人正在重启；等待 {}',
  'down: {}: {}{}': 'down（{}）：{}{}',
  '; not healed: observe only': '；不修复：仅观察',
  '; not healed: no restart is configured': '；不修复：没有可用的重启方式',
  '; not healed: a restart does not fix {}': '；不修复：重启解决不了 {}',
  '; start grace: healing waits {}': '；启动宽限期：{}后才修复',
  'process {} runs on in the background as process {}': '进程 {} 转入后台，成为进程 {}',
  'process {}, not {}, is the service': '服务是进程 {}，而不是 {}',
  'restarted externally: process {} became {}': '被外部重启：进程 {} 变为 {}',
  'the clock jumped by {} or the machine slept; running checks do not count':
    '时钟跳变了 {}，或机器曾休眠；进行中的检查不计',
  'agent2 itself stalled for {}: it observed nothing in that time, and the check does not count':
    'agent2 自身停顿了 {}：这段时间没有观测，不计为目标的故障',
  'it took too long': '耗时过长',
  'cannot tell which process holds the port before the fix: {}': '无法得知修复前谁占用其端口：{}',
  'agent2 itself stalled for {} ms during the check': '检查期间 agent2 自身停顿了 {} ms',
  'the check took {} ms, far beyond its limit: agent2 or the machine slept':
    '检查耗时 {} ms，远超其时限：agent2 或机器曾休眠',

  // What people ask for.
  'no restart: {}': '未重启：{}',
  'agent2 resume {} ends it': 'agent2 resume {} 可恢复',
  'agent2 restart {} does it now': 'agent2 restart {} 立即重启',
  'press o on the screen of agent2 to turn healing on': '在 agent2 界面按 o 启用修复',
  'paused': '已暂停',
  'fix done': '修复已执行',
  'the heal budget of all targets is used up': '所有目标共用的修复预算已用完',
  'paused; resume first': '已暂停；请先恢复',
  'a fix is already running': '修复已在进行中',
  'a fix of {} is running, and the two depend on each other': '正在修复 {}，两者互相依赖',
  'paused: no checks, no repairs': '已暂停：不检查也不修复',
  'observe only: checks, no repairs': '仅观察：只探测，不修复',
  'healing again, but no restart is configured': '重新启用修复，但没有可用的修复方式',
  'healing again': '重新启用修复',
  'preset {} -> {}': '预设 {} -> {}',
  '{} and {} more': '{} 等，另有 {} 个',
  'config reloaded: {}': '配置已重新加载：{}',
  'changed {}': '已修改 {}',
  'new {}': '新增 {}',
  'removed {}': '已移除 {}',
  '{} unchanged': '{} 个未变',
  'agent2 stops watching': 'agent2 停止监控',

  // Fixes.
  'fix: {} because {}; {} of {} restarts used in {}':
    '开始尝试修复：{}，原因：{}；{4}内预算 {2}/{3}',
  'you asked for it': '应您的要求',
  'a restart_signal file asked for it': '由 restart_signal 文件请求',
  'restart_signal written; waiting for a process to consume it':
    '修复操作: 创建重启信号, 结果: signal_created；等待重启方取走信号',
  '{}; verifying': '{}；正在验证',
  'recovered: healthy {} after the fix began': '已恢复：修复开始 {}后恢复健康',
  'restart|recovered: healthy {} after the fix began':
    '修复操作: 重启, 结果: success；修复开始 {}后恢复健康',
  'continue|recovered: healthy {} after the fix began':
    '修复操作: 继续运行进程, 结果: success；修复开始 {}后恢复健康',
  'fix failed: {}': '修复失败：{}',
  'signal|fix failed: {}': '修复操作: 创建重启信号, 结果: failed；{}',
  'restart|fix failed: {}': '修复操作: 重启, 结果: failed；{}',
  'continue|fix failed: {}': '修复操作: 继续运行进程, 结果: failed；{}',
  'not down, but the restart failed: {}': '目标并未 down，但重启失败：{}',
  'down after a requested restart: {}': 'down（在请求的重启之后）：{}',
  'down after a fix: {}': 'down（在修复之后）：{}',
  'no process consumed restart_signal within {}; is Agent1 running? agent2 can restart it itself: {}':
    '{}内没有人取走重启信号：Agent1 在运行吗？agent2 也可以自己重启：{}',
  'not healthy within {} after the fix: {}': '修复后 {}内未恢复健康：{}',
  'not healthy within {} after the fix': '修复后 {}内未恢复健康',
  'it answers, but not by the fix: {}': '有响应，但并非修复的结果：{}',
  'recovered by itself before a process consumed restart_signal': '在重启信号被取走之前已自行恢复',
  '{} is healthy again; {} for this target to recover by itself':
    '{} 已恢复；再等 {}，看它能否自行恢复',
  'held: the budget of {} restarts in {} is used up; next attempt in {}; {}':
    'held：{1}内 {0} 次重启的限额已用完；{2}后再次尝试；{3}',
  'held: {}; next attempt in {}, then after twice that, up to {}; {}':
    'held：{}；{}后再次尝试，此后间隔逐次加倍，最长 {}；{}',
  'down again: lived {}, restarted {} time, up {} %': '再次 down：存活 {}，已重启 {} 次，可用 {} %',
  'down again: was well for {}, restarted {} time, up {} %':
    '再次 down：正常 {}，已重启 {} 次，可用 {} %',
  'crash loop: lives about {}, restarted {} times, up {} %':
    '崩溃循环：每次存活约 {}，已重启 {} 次，可用 {} %',
  'failure loop: well for about {}, restarted {} times, up {} %':
    '反复故障：每次正常约 {}，已重启 {} 次，可用 {} %',
  'still {}': '仍然：{}',
  'recovered: healthy for {} after {} restarts': '已恢复：{1} 次重启之后已健康 {0}',
  '{} restart helped for a moment only': '{} 次重启只起了片刻作用',
  '{} restarts helped for a moment only': '{} 次重启都只起了片刻作用',
  '{} restart did not help': '{} 次重启没有作用',
  '{} restarts did not help': '{} 次重启都没有作用',
  "held: {}; agent2 does not kill a process that is not the target's: stop it, then healing continues":
    'held：{}；agent2 从不杀死他人的进程：请停止它，之后修复会自动继续',
  'another process holds the port': '端口被其他进程占用',
  'agent2 stopped watching it before the outcome was known': 'agent2 在看到结果之前就停止了监控',

  // Evidence.
  'evidence: {}': '现场信息：{}',
  ', beside it {}': '，同时发现 {}',
  'log: {}': '日志：{}',
  'evidence|{} {}': '{}：{}',
  'nothing found': '未见异常',
  'command': '命令',
  'cpu': 'CPU',
  'disk of its directory': '工作目录所在磁盘',
  'disk of the log': '日志所在磁盘',
  'disk of the state': '状态目录所在磁盘',
  'ended with': '退出',
  'fds': '文件描述符',
  'killed for memory': '因内存不足被杀',
  'log': '日志',
  'memory': '内存',
  'memory limit': '内存限额',
  'owner': '属主',
  'port': '端口',
  'process': '进程',
  'response': '响应',
  'state': '状态',
  'threads': '线程',
  'waiting in': '等待于',
  'memory of the machine': '本机内存',
  'pressure': '资源压力',
  'network': '网络',

  // Troubles of our own.
  'config': '配置',
  'config watch': '配置监视',
  'its published files': '供他人读取的信息',
  'control socket': '控制套接字',
  'state directory': '状态目录',
  'demo': '演示',
  'evidence': '现场信息',
  'look': '进程查看',
  'trouble|memory': '记忆文件',
  'preferences': '偏好设置',
  'recording': '录制',
  'restart_signal': 'restart_signal',
  'status file': '状态文件',
  'watch': '进程监视',
  '{} works again': '{} 恢复正常',

  // Why.
  'why|seen': '现象',
  'found beside it': '同时发现',
  'why|verdict': '判定',
  'down after {} failed in a row, ok after {} good in a row; now {} failed, {} good':
    '连续失败 {} 次为 down，连续正常 {} 次为 ok；当前失败 {} 次，正常 {} 次',
  'grace': '宽限',
  '{} before failures lead to a fix': '{}，之后才会对故障采取行动',
  'backoff': '退避',
  '{} wasted fix in a row; the next would wait {} after it':
    '连续无效修复 {} 次；下一次须在其后等待 {}',
  '{} wasted fixes in a row; the next would wait {} after the last':
    '连续无效修复 {} 次；下一次须在最后一次之后等待 {}',
  'budget': '预算',
  '{} of {} fixes used within {}': '{2}内已用 {0}/{1} 次修复',
  'why|healing': '修复',
  'on, by {}': '已启用，方式 {}',
  'open for {}, {} fix so far': '已持续 {}，至今修复 {} 次',
  'open for {}, {} fixes so far': '已持续 {}，至今修复 {} 次',
  '{}, cause: {}': '{}，原因：{}',
  'confirming': '再次确认中',
  'somebody may be restarting it, waiting {} more': '可能是他人正在重启，再观察 {}',
  'continuing it ({})': '正在继续运行进程（{}）',
  'restarting ({})': '正在重启（{}）',
  'restart_signal written': '已写入重启信号',
  '{} left for a process to consume it': '还有 {}可供取走',
  'fix done, waiting for {} good check': '修复已执行，等待 {} 次正常检查',
  'fix done, waiting for {} good checks': '修复已执行，等待 {} 次正常检查',
  '{} left': '剩余 {}',
  'next attempt in {}': '{}后再次尝试',
  'held: {}': 'held：{}',
  'agent2 does not kill it: stop it, then healing continues':
    'agent2 不会杀死它：请停止它，之后修复会继续',
  'held ({})': 'held（{}）',
  'next attempt in {}, {}': '{}后再次尝试，{}',
  'recovering: {} of {} good checks': '恢复中：正常检查 {}/{} 次',
  'checking again': '继续检查',
  '{} of {} failures: {}': '失败 {}/{} 次：{}',
  'reason|slow: {}': 'slow（{}）',
  'never a reason to restart': '不会因此重启',
  'first check running': '首次检查进行中',
  'starting': '启动中',
  '{} of {} good checks': '正常检查 {}/{} 次',
  'not restarted: it was never good yet, so the check may ask for the wrong thing':
    '不重启：它还从未正常过，可能是检查问错了',
  '{}; the restart left process {} running, as a reload does':
    '{}；该重启没有更换进程 {}，只相当于重新加载',
  '{}; {} answers there with 200': '{}；但同一主机上 {} 返回 200',
  '{}; the process listens on {}': '{}；该进程监听的是 {}',
  '{}; process {} ({}), which stood in front of the service, has ended; the service listens on {}':
    '{}；位于该服务前面的进程 {} ({}) 已结束；该服务监听的是 {}',
  'not restarted: it answers, and rejects the request': '不重启：它有应答，但拒绝了该请求',
  'waits {} as the service asked (Retry-After)': '按服务要求等待 {} (Retry-After)',
  '; waits {} as the service asked (Retry-After)': '；按服务要求等待 {} (Retry-After)',
  'a restart does not mend that: it recovers with its cause': '重启解决不了：原因消除后会自行恢复',
  'held: {}; a restart of this target does not mend that: it recovers with its cause, or when you ask: {}':
    'held：{}；重启该目标解决不了：原因消除后会自行恢复，也可由您触发：{}',
  'not restarted: it depends on {}, which is not healthy; {} comes first':
    '不重启：它依赖的 {} 异常；先处理 {}',
  'not restarted: it depends on {}, which is paused': '不重启：它依赖的 {} 已暂停',
  'its fix waits for the fix of {}: one at a time in a chain of dependencies':
    '等待 {} 的修复：同一依赖链中一次只修复一个',
  'its fix waits for a check of {}, which it depends on': '修复前先检查它依赖的 {}',
  'its fix waits for a check of the other targets: several turned bad together':
    '修复等待检查其他目标：有几个目标同时出现故障',
  '{} of {} targets turned bad together, and its restart did not help':
    '{1} 个目标中有 {0} 个同时出现故障，重启它没有效果',
  'its fix waits for that of {}: many targets turned bad together, and {} is tried first':
    '修复等待 {0}：许多目标同时出现故障，先尝试 {1}',
  'its fix waits for that of {}: one at a time, since many targets turned bad together':
    '修复等待 {}：许多目标同时出现故障，因此逐个修复',
  'many targets turned bad together, and a restart of {} did not help':
    '许多目标同时出现故障，重启 {} 没有效果',
  'held: common_cause: {} of {} targets turned bad together, and a restart of {} did not help, so the cause is likely this machine ({}); no other target is restarted; next attempt in {}, or when you ask: {}':
    'held：common_cause：{1} 个目标中有 {0} 个同时出现故障，重启 {2} 没有效果，原因很可能在本机（{3}）；不再重启其他目标；{4}后再试一次，或由您发起：{5}',
  'its fix waits {}: the heal budget of all targets is used up':
    '修复须等待 {}：所有目标共用的修复预算已用完',
  'its fix is next': '接下来轮到它修复',
  'start grace, {} left': '启动宽限期剩余 {}',
  'not healed: a restart does not fix {} (notFor)': '不修复：重启解决不了 {} (notFor)',
  'start it there (evenIfStopped: true in its fix heals it all the same)':
    '请在该管理程序中启动它（在其 fix 中设 evenIfStopped: true 则仍会修复）',
  'no process consumes restart_signal; it stays until one does':
    '没有进程处理 restart_signal；它会保留到有进程处理为止',
  'restart_signal is written, and no process has consumed it yet':
    'restart_signal 已写入，尚无进程处理',
  'not healed: {}': '不修复：{}',
  '; not healed: {}': '；不修复：{}',
  '{}: waiting for it': '{}：等待其完成',
  'observe only: not healed ({})': '仅观察：不修复（{}）',
  'no restart is configured: the config file gives it no fix (fix: none); change it there':
    '没有可用的重启方式：配置文件没有为它指定修复 (fix: none)；请在那里更改',
  "no restart is configured: add --restart 'CMD' or -- CMD":
    "没有可用的重启方式：请用 --restart 'CMD' 或 -- CMD 指定",
  '{} of {} restarts used in {}': '{2}内预算 {0}/{1}',

  // What a fix was made for.
  'process not alive': '进程已退出',
  'process suspended': '进程已挂起',
  'process not reaped': '进程未被回收',
  'port not listening': '端口未监听',
  'health check failed': '健康检查失败',
  'slow response': '响应缓慢',
  'manual restart': '手动重启',
  'decisions': '决策',
  'screen': '界面',
  'the check did not end within {}': '检查未在 {} 内结束',
  'where it happened: {}': '发生的位置：{}',
  'a bug in agent2, please report it: {} (in its {}; the log says where); it goes on':
    'agent2 的程序错误，请报告：{}（在其 {} 中；日志中有位置）；它继续运行',
  'a bug in agent2, please report it: {} (in its {}, with {}; the log says where); {} and all others go on':
    'agent2 的程序错误，请报告：{}（在其 {} 中，涉及 {}；日志中有位置）；{} 和其他所有目标继续',
};
