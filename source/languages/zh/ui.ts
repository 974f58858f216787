import type {Catalogue} from '../../core/text/say.ts';

export const zh: Catalogue = {
  'if the terminal goes away, agent2 continues without a screen': '终端断开时：不带界面继续运行',
  'if the terminal goes away, agent2 ends too': '终端断开时：一并结束',
  'the terminal is gone: continues without a screen, as process {}':
    '终端已断开：不带界面继续运行，进程号 {}',
  'the fix of {} is under way': '正在修复 {}',
  'an unknown exit code': '无人看到的退出码',
  'background': '后台',
  'close the screen and continue in the background': '关闭界面，在后台继续运行',
  'already in the background: q closes this screen': '已在后台运行：按 q 关闭此界面',
  'the demo ends with its screen and cannot move to the background': '演示随界面结束，不能转入后台',
  'moves to the background when the running fix is done': '正在进行的修复结束后转入后台',
  'moves to the background …': '正在转入后台……',
  'stays here: {}': '未转入后台：{}',
  'agent2 continues in the background, pid {} (agent2 shows it again, agent2 stop ends it)':
    'agent2 在后台继续运行，进程号 {}（agent2 重新显示界面，agent2 stop 结束它）',
  'agent2 has stopped watching: {}': 'agent2 已停止监控：{}',
  'agent2 is ending': 'agent2 正在结束',
  '{} for longer than {}; try again when it is done': '{}，已超过 {}；请在结束后再试',
  'the background process did not start: {}': '后台进程未能启动：{}',
  'it ended with {}': '以 {} 结束',
  'the background process did not start within {}': '后台进程未能在 {} 内启动',
  'agent2 {} starts as process {}: watches {}': 'agent2 {} 启动，进程号 {}：监控 {}',
  'continues in the background as process {}, taken over from process {}':
    '在后台以进程 {} 继续运行，由进程 {} 移交',
  'the watched targets have changed in the meantime': '监控内容在此期间已改变',
  'agent2 was updated to {}; stop this one and start it again':
    'agent2 在此期间已更新到 {}；请退出当前进程后重新启动',
  'the new config is applied only in part: {}': '配置只接管了一部分：{}',
  'an event without an end': '有一个事件没有结尾',
  'it does not answer': '没有应答',
  'the program that answers there is not this version of agent2 ({})':
    '应答的不是此版本的 agent2（{}）',
  'it has just ended': '它刚刚结束',
  'it accepts no screen now (HTTP {})': '它现在不接受界面连接（HTTP {}）',
  'it has no socket, like older versions: restart it with this version':
    '它没有套接字；旧版本没有套接字：请改用此版本运行',
  'its socket belongs to another user; attach as that user':
    '它的套接字属于另一个用户；请以该用户身份连接',
  'nothing listens on its socket': '它的套接字上没有进程在监听',
  'its socket: {}': '它的套接字：{}',
  'an invalid greeting': '问候消息无效',
  'an invalid state': '状态数据无效',
  'a change that does not fit the state': '变更与现有状态不符',
  'agent2 {} (pid {}) speaks protocol {}, this one {}; both need the same version: agent2 stop && agent2 start':
    'agent2 {}（进程号 {}）使用协议 {}，而此处为 {}；两者版本必须一致：agent2 stop && agent2 start',
  'monitor gone (pid {}); looking for it again': '监控进程已消失（进程号 {}）；正在重新寻找',
  'monitor lost (pid {}): {}; looking for it again':
    '与监控进程失去联系（进程号 {}）：{}；正在重新寻找',
  'attached to pid {}': '已连接到进程 {}',
  'monitor gone (pid {})': '监控进程已消失（进程号 {}）',
  'monitor lost (pid {}): {}': '与监控进程失去联系（进程号 {}）：{}',
  'the monitor could not be reached ({})': '无法联系监控进程（{}）',
  'not done: {}': '未执行：{}',
  'HTTP {}': 'HTTP {}',
  'read-only: {} changes nothing here': '只读：按键 {} 在此不作任何更改',
  '{}: not possible, the monitor is gone': '{}：现在不行，监控进程已消失',
  'monitor gone': '监控进程已消失',
  'read-only': '只读',
  '{}; looking for it again, since {}': '{}；正在重新寻找，已 {}',
  'attached pid {}': '已连接进程 {}',
  'the monitor did not answer within {}': '监控进程在 {} 内没有应答',
  "agent2, pid {}, already heals {} (as {}, in {}); two that heal one service take each other's restarts for crashes; use that one (agent2 status {}), stop it (agent2 stop {}), or only watch here (--observe)":
    'agent2（进程号 {}）已在修复 {}（名为 {}，位于 {}）；两个 agent2 修复同一服务时会把对方的重启当作崩溃；请使用它（agent2 status {}），或停止它（agent2 stop {}），或在此仅观察（--observe）',
  'agent2, pid {}, is already running (watching {}, in {}) and cannot be shown here: {}':
    'agent2（进程号 {}）已在运行（监控 {}，位于 {}），但无法在此显示：{}',
  'attached to pid {}, which watches {}; prints one line for each change':
    '已连接到进程 {}，它监控 {}；每次变化输出一行',
  '; to change the preset there: agent2 preset {}': '；要更改其预设：agent2 preset {}',
  'not applied: {}: agent2, pid {}, is already running with its own settings{}':
    '未采用 {}：agent2（进程号 {}）已在运行，使用其自身的设置{}',
  'closes this screen; {}': '关闭此界面；{}',
  'the screen is closed; {}': '界面已关闭；{}',
  'agent2 (pid {}) is gone: probably nothing watches now':
    'agent2（进程号 {}）已消失：据所知无人监控',
  'agent2 (pid {}) keeps watching and healing': 'agent2（进程号 {}）继续监控并修复',
  'agent2 (pid {}) keeps watching': 'agent2（进程号 {}）继续监控',
  'several agent2 are running; choose one with --name or --state-dir, e.g. agent2 {}:{}':
    '有多个 agent2 正在运行；请用 --name 或 --state-dir 指定要显示的，例如 agent2 {}：{}',
  '--read-only shows a running agent2, but none runs{}; start one, e.g. agent2 start http://127.0.0.1:3000/, or leave out --read-only':
    '--read-only 用于显示已在运行的 agent2，但所指定的都未运行{}；可启动一个，例如 agent2 start http://127.0.0.1:3000/，或去掉 --read-only',
};
