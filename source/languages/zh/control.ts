import type {Catalogue} from '../../core/text/say.ts';

export const zh: Catalogue = {
  "'{}' must be a {}, e.g. {}": "'{}' 的类型必须是 {}，例如 {}",
  "there is no command '{}'; the commands are {}{}": "'{}' 不是命令；可用的有 {}{}",
  'the user asked for a restart: {}': '重启只能由用户请求：{}',
  'agent2 could not answer: {}': 'agent2 无法应答：{}',
  'agent2 is ending and accepts no more changes': 'agent2 正在退出，不再接受更改',
  'no agent2 is running{}; start one, e.g. agent2 start http://127.0.0.1:3000/, or name its directory: --state-dir DIR':
    '没有正在运行的 agent2{}；请启动一个，例如 agent2 start http://127.0.0.1:3000/，或指明它的位置：--state-dir DIR',
  'no restart': '未重启',
  'no restart: paused; resume first': '未重启：已暂停，请先恢复',
  'nothing listens on the control socket of {}: agent2 is starting or ending; try again':
    '{} 的控制套接字无人监听：agent2 正在启动或退出；请重试',
  "there is no monitor or target '{}' in {}; there it is {}{}":
    '{1} 中没有名为 "{0}" 的监视器或目标；那里的是 {2}{3}',
  "there is no monitor or target '{}'; running: {}{}":
    "没有名为 '{}' 的agent2 或监视目标；正在运行的有 {}{}",
  "there is no monitor or target '{}'; none is running, and stopped are {}{}":
    "没有名为 '{}' 的agent2 或监视目标；没有正在运行的，已停止的有 {}{}",
  "there is no target '{}'; the targets are {}{}": "没有名为 '{}' 的监视目标；现有 {}{}",
  'observing needs {}: true or false': 'observing 需要 {}：true 或 false',
  'paused for {} more': '还将暂停 {}',
  'paused for {}: no checks, no repairs': '暂停 {}：不检查也不修复',
  'paused {}': '已暂停，{}',
  'paused: no checks, no repairs': '已暂停：不检查也不修复',
  'the preset is already {}': '预设已经是 {}',
  'preset {} -> {}': '预设 {} -> {}',
  'agent2 refuses requests of web pages (Origin)': '拒绝来自网页的请求（Origin）',
  'the restart was requested; its outcome is unknown': '已请求重启，但未观察到结果',
  'the restart has begun; agent2 ends before its outcome is known':
    '已开始重启；agent2 在得知结果之前退出',
  'restart failed': '重启失败',
  'restart failed: {}': '重启失败：{}',
  'restarted; no longer watched, because the config changed meanwhile':
    '已重启，但不再监视：其间配置已更改',
  'restarted, healthy after {}': '已重启，{}后恢复健康',
  'restarted; paused before a check showed whether it is healthy':
    '已重启；在确认是否健康之前被暂停',
  'resumed': '已恢复',
  'resumed: the pause is over': '暂停时间到，已恢复',
  'several agent2 are running: {}; name one, e.g. agent2 {} {}':
    '有多个 agent2 正在运行：{}；请指明哪一个，例如 agent2 {} {}',
  'there are several: {}; name one, e.g. agent2 {} {}':
    '有多个：{}；请指明哪一个，例如 agent2 {} {}',
  'agent2 is process 1 here, to which the system gives every orphan to reap, and node reaps none: zombies stay; start it below an init: docker run --init, or init: true in compose':
    'agent2 在此是 1 号进程，系统把所有孤儿进程交给它回收，而 node 不回收：僵尸进程会留下；请让它在 init 之下启动：docker run --init，或 compose 中的 init: true',
  'commands find this agent2 only with --state-dir {}: this user has no home directory':
    '各命令只有带 --state-dir {} 才能找到这个 agent2：该用户没有主目录',
  'commands find this agent2 only with --state-dir {}: {} cannot be written ({})':
    '各命令只有带 --state-dir {} 才能找到这个 agent2：{} 无法写入（{}）',
  '{} cannot be tidied up ({})': '{} 无法清理（{}）',
  'the file by which other agent2 commands find this one is out of date: {}':
    '其他进程读到的这个 agent2 的信息已过时：{}',
  'the agent2 in {} is another version and does not understand this one; restart it':
    '在 {} 运行的 agent2 的应答无法理解：版本不同；请重新启动它',
  'the agent2 in {} belongs to another user and only answers that user and root; run this as that user, or with sudo':
    '在 {} 运行的 agent2 属于其他用户，只听从该用户和 root；请以该用户身份或用 sudo 操作',
  'the agent2 that runs in {} cannot be asked: {}': '无法询问在 {} 运行的 agent2：{}',
  'the agent2 that runs in {} has no control socket: it may have begun a moment ago, or be another version; its agent2_status.json names what is the matter under "troubles"':
    '在 {} 运行的 agent2 没有控制套接字：可能刚刚启动，或版本不同；原因见其 agent2_status.json 中的 "troubles"',
  'the agent2 that runs in {} has not answered within {}; what was asked for may still be done':
    '在 {} 运行的 agent2 未在 {} 内应答；所请求的操作可能仍会执行',
  'the body is not a JSON object; expected e.g. {}': '请求体不是 JSON 对象；应类似 {}',
  'the body is too long': '请求体过长',
  'the control API failed: {}': '控制接口出错：{}',
  'agent2 cannot listen on its control socket ({}); it tries again every 15 s':
    '无法建立控制套接字（{}）；每 15 秒重试一次',
  'the host has to be {}, e.g. curl --unix-socket agent2.sock http://{}{}':
    'Host 必须是 {}，例如 curl --unix-socket agent2.sock http://{}{}',
  'there are several: {}; say which one to restart, e.g. {}':
    '有多个目标：{}；请指明要重启哪一个，例如 {}',
  'there are too many connections; close some of them': '连接过多；请关闭一些',
  "there is no field '{}'; there is {}{}": "没有字段 '{}'；可用的有 {}{}",
  "there is no preset '{}'; the presets are {}{}": "没有预设 '{}'；可用的有 {}{}",
  'there is no {}; there is {}{}': '没有 {}；可用的有 {}{}',
  'until it is resumed': '直到手动恢复',
  'until {} ({})': '直到 {}（{}）',
  'untilAt has to be a time to come, at most 30 days from now, in epoch milliseconds':
    'untilAt 必须是未来 30 天之内的时间，以 epoch 毫秒表示',
  'was not paused': '并未暂停',
  'was already paused, now {}': '原已暂停，现改为{}',
  'was already paused, {}': '原已暂停，{}',
  'which preset? there is {}, e.g. {}': '哪个预设？可用的有 {}，例如 {}',
  '{} accepts {}, not {}': '{} 应使用 {}，而不是 {}',
  '{}: restart begun': '{}：已开始重启',
  '{}: taken': '{}：已接受',
  'the answer has no end': '应答没有结尾',
  'the headers are too long': '请求头过长',
  'the request came too slowly': '请求发送过慢',
  'that is no HTTP request': '这不是 HTTP 请求',
  '{} is not a directory': '{} 不是目录',
  '{} belongs to somebody else': '{} 属于其他用户',
  '{} is open to others': '{} 对其他用户开放',
  "for '{}' is not a usable duration; allowed: {} to {}, e.g. 30m or 1h30m; without it the pause has no end":
    "for '{}' 不是可用的时长；允许 {} 到 {}，例如 30m 或 1h30m；不给出则暂停没有期限",
};
