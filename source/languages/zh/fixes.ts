import type {Catalogue} from '../../core/text/say.ts';

/** What is said in `fixes/`. */
export const zh: Catalogue = {
  // Options of fixes.
  'restart cannot be combined with start or stop': 'restart 与 start 或 stop 并存',
  'stop needs start': '有 stop 而没有 start',
  'there is no command': '没有命令',
  'expected restart alone, e.g. restart: [./restart.sh], or start and optionally stop, e.g. start: [./web.sh, start]':
    '应为单独的 restart，例如 restart: [./restart.sh]，或 start 加可选的 stop，例如 start: [./web.sh, start]',
  'expected the name or id of a container, e.g. container: web':
    '应为容器的名称或 id，例如 container: web',
  'this is not the name of a container': '这不可能是容器',
  'expected a name or id of letters, digits and _ . -, e.g. container: web':
    '应为由字母、数字和 _ . - 组成的名称或 id，例如 container: web',
  'expected a program, e.g. command: podman': '应为程序，例如 command: podman',
  'this is not the name of a program': '这不可能是程序',
  'expected a name or path, without arguments, e.g. command: podman':
    '应为不带参数的名称或路径，例如 command: podman',
  'expected the name or number of one process as pm2 list shows it (not all, no pattern, no ecosystem file), e.g. process: web':
    '应为 pm2 list 所显示的单个进程的名称或编号（不能是 all、通配或 ecosystem 文件），例如 process: web',
  'expected a directory, e.g. home: /home/deploy/.pm2': '应为目录，例如 home: /home/deploy/.pm2',
  'expected an absolute path, e.g. home: /home/deploy/.pm2':
    '应为绝对路径，例如 home: /home/deploy/.pm2',
  "expected a command as a list of words, e.g. [./restart.sh, web], or as one text, split like in a shell, e.g. './restart.sh web'":
    "应为命令：词的列表，例如 [./restart.sh, web]，或按 shell 规则拆分的一段文本，例如 './restart.sh web'",
  "'{}': {}": "'{}'：{}",
  'this contains no command': '其中没有命令',
  'expected 100ms to 1h, written as 500ms, 45s, 2m or a number of seconds, e.g. timeout: 45s':
    '应为 100ms 到 1h，写作 500ms、45s、2m，或只写秒数，例如 timeout: 45s',
  "'{}' is not a usable time": "'{}' 不是可用的时长",
  'expected the name of a program, e.g. program: web': '应为程序的名称，例如 program: web',
  'expected a name as supervisorctl status shows it, e.g. program: web or program: web:web_00 or program: web:*':
    '应为 supervisorctl status 所显示的名称，例如 program: web、program: web:web_00 或 program: web:*',
  'expected a file, e.g. config: /etc/supervisor/supervisord.conf':
    '应为文件，例如 config: /etc/supervisor/supervisord.conf',
  'expected an absolute path, e.g. config: /etc/supervisor/supervisord.conf':
    '应为绝对路径，例如 config: /etc/supervisor/supervisord.conf',
  'expected the name of a unit, e.g. unit: web.service': '应为单元的名称，例如 unit: web.service',
  'expected true or false, e.g. evenIfStopped: true':
    '应为 true 或 false，例如 evenIfStopped: true',
  'expected true or false, e.g. user: true': '应为 true 或 false，例如 user: true',

  // What fixes do and say.
  'agent2 is ending': 'agent2 正在结束',
  'cannot start {}: {}': '无法启动 {}：{}',
  '{} started as process {}': '{} 已启动，进程 {}',
  '{}, then {}': '{}，然后 {}',
  'stop the process, then {}': '停止进程，然后 {}',
  '{} done': '{} 已完成',
  'it had stopped process {}: the service is stopped now': '它已停止进程 {}：服务现在处于停止状态',
  'if it only needs longer, give the fix a longer timeout: fix.timeout in the config':
    '若只是需要更长时间，请在配置中为修复设置更长的 fix.timeout',
  'if it only needs longer: --restart-timeout 2m, or fix.timeout in the config':
    '若只是需要更长时间：--restart-timeout 2m，或配置中的 fix.timeout',
  'a command that keeps running belongs after --: agent2 URL -- CMD':
    '持续运行的命令应放在 -- 之后：agent2 URL -- CMD',
  'start: {}': '启动：{}',
  'stop: {}': '停止：{}',
  'process {} still runs, and no pid file says that it is this service, so agent2 did not stop it':
    '进程 {} 仍在，但没有 PID 文件说明它就是本服务，因此未停止它',
  'process {} still runs, and nothing but its pid file says that it is this service, so agent2 did not stop it':
    '进程 {} 仍在，但只有其 PID 文件说明它就是本服务，因此未停止它',
  'process {} still runs, but the pid file names process {}, which does not hold port {}, so agent2 did not stop it':
    '进程 {} 仍在，但 PID 文件指向进程 {}，而后者并未占用端口 {}，因此未停止它',
  'process {} still runs, and {}': '进程 {} 仍在运行，且{}',
  'give the pid file a directory of its own': '请为 PID 文件单独准备一个目录',
  'give the target a pid file': '请为目标指定 PID 文件',
  'give the target the right pid file': '请为目标指定正确的 PID 文件',
  '{}; {}, or the fix a stop command': '{}；{}，或为修复指定 stop 命令',
  '{} restarted {}': '{} 已重启 {}',
  'for podman say command: podman': '若使用 podman，请写 command: podman',
  'try: {} info': '请尝试：{} info',
  'run agent2 as root, or as a member of the group docker':
    '请以 root 或 docker 组成员的身份运行 agent2',
  'try: {} ps --all': '请尝试：{} ps --all',
  'no restart is configured': '没有可用的重启方式',
  'pm2 restarted {}': 'pm2 已重启 {}',
  'start agent2 with the directory of pm2 in PATH': '请把 pm2 所在目录加入启动 agent2 时的 PATH',
  "try: pm2 list; processes of another user's daemon need home (PM2_HOME), those saved before a reboot pm2 resurrect":
    '请尝试：pm2 list；属于其他用户守护进程的需要 home (PM2_HOME)，机器重启前保存的需要 pm2 resurrect',
  'run agent2 as the user whose pm2 it is': '请以该 pm2 所属用户的身份运行 agent2',
  '{} says {}': '{} 报告：{}',
  'old process {} {}': '旧进程 {} {}',
  'process {}, left over, {}': '遗留进程 {} {}',
  'it started process {} beside process {}, which still runs: a restart has to stop the old one first':
    '它启动了进程 {}，而进程 {} 仍在运行：重启必须先停止旧进程',
  'stopping the old process {} was cancelled': '停止旧进程 {} 的操作已取消',
  '{} exited with code {}{}': '{} 以退出码 {} 结束{}',
  '{} did not end within {} and was stopped{}': '{} 未在 {}内结束，已被停止{}',
  'write restart_signal for Agent1': '为 Agent1 写入 restart_signal',
  'restart_signal was consumed': '重启信号已被取走',
  'no process consumed restart_signal': '没有人取走重启信号',
  'supervisor restarted {}': 'supervisor 已重启 {}',
  'start agent2 with the directory of supervisorctl in PATH':
    '请把 supervisorctl 所在目录加入启动 agent2 时的 PATH',
  'try: supervisorctl status': '请尝试：supervisorctl status',
  'put username and password into the [supervisorctl] section of its config file':
    '请在其配置文件的 [supervisorctl] 部分写入 username 和 password',
  'run agent2 as a user that may write to the socket of supervisord':
    '请以可写 supervisord 套接字的用户身份运行 agent2',
  'is supervisord running? If its config file is elsewhere, add config: FILE':
    'supervisord 在运行吗？若其配置文件在别处，请写 config: FILE',
  'try: supervisorctl tail {} stderr': '请尝试：supervisorctl tail {} stderr',
  'no daemon of pm2 runs for this user, so pm2 knows no process':
    '此用户没有运行中的 pm2 守护进程，因此 pm2 不知道任何进程',
  '{} does not answer': '{} 没有应答',
  'this user may not ask {}: {}': '此用户无权使用 {}：{}',
  '{} does not know {}': '{} 不知道 {}',
  'what {} asks does not answer: {}': '{} 所询问的服务没有应答：{}',
  'this user may not restart the unit {}, and nobody can type a password: run agent2 as root, allow it with a polkit rule (docs/fixes.md), or use sudo':
    '此用户无权重启单元 {}，且无人能输入密码：请以 root 运行 agent2，或用 polkit 规则允许（docs/fixes.md），或使用 sudo',
  'systemd was told to freeze {}': 'systemd 已按要求冻结 {}',
  'systemd says that {} is {}': 'systemd 称 {} 为 {}',
  'systemd was told to stop {}; it is {}': 'systemd 已按要求停止 {}；其状态为 {}',
  '{} says that {} is {}': '{} 称 {} 为 {}',
  '{} was told to pause {}': '{} 已按要求暂停 {}',
  '{} was told to stop {}; it is {}': '{} 已按要求停止 {}；其状态为 {}',
  'systemctl restarted {}': 'systemctl 已重启 {}',
  'its start limit was reached and has been reset; ': '已达到启动次数上限，现已重置；',
  'its start limit was reached and could not be reset; ': '已达到启动次数上限，且未能重置；',
  ', result {}': '，结果 {}',
  '; it is {} ({}){}: {}': '；当前为 {} ({}){}：{}',
  'is systemd the init of this machine? If not, use another kind of fix, e.g. --restart CMD (use: command)':
    '本机的 init 是 systemd 吗？若不是，请使用其他修复方式，例如 --restart CMD（use: command）',
  'systemd is not the init of this machine; use another kind of fix, e.g. --restart CMD (use: command)':
    '本机的 init 不是 systemd；请使用其他修复方式，例如 --restart CMD（use: command）',
  "the user's manager does not run": '该用户的管理器未运行',
  'the system bus does not answer; is systemd the init of this machine?':
    '系统总线没有应答；本机的 init 是 systemd 吗？',
  "run agent2 as root, allow it with polkit, or, for a user's own unit, use user: true (--unit user:{})":
    '请以 root 运行 agent2，或用 polkit 授权；若是用户自己的单元，请用 user: true (--unit user:{})',
  'try: systemctl --user list-units --all; for a system unit, leave out user: true (--unit {})':
    '请尝试：systemctl --user list-units --all；系统单元不需要 user: true (--unit {})',
  "try: systemctl list-units --all; a user's own unit needs user: true (--unit user:{})":
    '请尝试：systemctl list-units --all；用户自己的单元需要 user: true (--unit user:{})',
  'try: systemctl --user unmask {}': '请尝试：systemctl --user unmask {}',
  'try: systemctl unmask {}': '请尝试：systemctl unmask {}',
  'systemd continues; if the unit needs longer to stop (TimeoutStopSec), give the fix a longer timeout: --restart-timeout 2m, or fix.timeout in the config':
    'systemd 会继续执行；若该单元停止较慢 (TimeoutStopSec)，请为修复设置更长的时限：--restart-timeout 2m，或配置中的 fix.timeout',
  'cancelled before it began': '在开始之前已取消',

  // Names of units.
  "'{}' is not the name of a unit; allowed: letters, digits and : _ . @ \\ -, e.g. web or web.service":
    "'{}' 不可能是单元；只允许字母、数字和 : _ . @ \\ -，例如 web 或 web.service",
  "'{}' is a template; name one of its instances, e.g. {}":
    "'{}' 是模板；请写出它的一个实例，例如 {}",
};
