import type {Catalogue} from '../../core/text/say.ts';

/** What is said in `config/`. Wherever English says `expected`, this says 应为: by that word the expectation in a message is found. */
export const zh: Catalogue = {
  // Joints.
  '{}; {}{}': '{}；{}{}',
  '{}, e.g. {}': '{}，例如 {}',
  ', e.g. {}': '，例如 {}',
  '; did you mean {}{}?': '（您是不是想写 {}{}？）',

  // What stands there, and what should.
  'the file': '文件',
  'is missing': '缺失',
  'is empty': '为空',
  "is '{}'": "为 '{}'",
  'is {}': '为 {}',
  'is an empty list': '是空列表',
  'is a list': '是列表',
  'is a mapping': '是映射',
  'is the content of its file': '是其文件的内容',
  'its value cannot be used': '它所代表的内容无法使用',
  'a list': '列表',
  'a mapping': '映射',
  'expected {}': '应为{}',
  '{}; expected {}': '{}；应为{}',
  ": put it in quotes: '{}'": "：请加引号，'{}'",
  ', one list item for each word: [{}]': '，逐个写出其中的词：[{}]',
  ': write it without quotes: {}': '：请去掉引号，{}',
  'expected a text that is not empty': '应为非空文本',
  'expected {} characters': '应为{}个字符',
  'expected a list that is not empty': '应为非空列表',
  'expected {} items': '应为{}项',
  'expected a text{}': '应为文本{}',
  'expected a number from 1 to 10': '应为 1 到 10 的数字',
  'expected a whole number from {} to {}': '应为 {} 到 {} 的整数',
  'expected a number of fixes and a time': '应为多长时间内允许几次修复',
  'expected a url with http://, https:// or unix:': '应为以 http://、https:// 或 unix: 开头的 URL',
  'has key but no cert that it belongs to; add it, e.g. cert: /etc/ssl/client.pem':
    '有 key 而没有它所属的 cert；请补上，例如 cert: /etc/ssl/client.pem',
  'text that the body contains, for a body that is not JSON':
    '正文包含的文本，用于不是 JSON 的正文',
  "PEM file with the authorities to trust instead of the system's":
    '含有受信任签发机构的 PEM 文件，代替系统的',
  'accept a certificate of an unknown issuer; its dates and names still count':
    '接受签发者未知的证书；其日期和名称仍须正确',
  'PEM file with the client certificate, for a service that asks for one':
    '含有客户端证书的 PEM 文件，用于要求证书的服务',
  'PEM file with its key (default: the file of --cert)':
    '含有其密钥的 PEM 文件（默认：--cert 的文件）',
  '--key belongs to a certificate; give that too, e.g. --cert client.pem':
    '--key 属于某个证书；请一并给出，例如 --cert client.pem',
  'expected true, or a command as a list of words, e.g. [./break.sh]':
    '应为 true，或写成词列表的命令，例如 [./break.sh]',
  'allowed: {}ms to 24h, written as 500ms, 5s, 2m, 1h or a number of seconds':
    '允许 {}ms 到 24h，写作 500ms、5s、2m、1h，或只写秒数',
  'allowed: up to 63 letters, digits, dots, dashes, colons and underscores':
    '允许最多 63 个字母、数字、点、连字符、冒号和下划线',
  '{}; allowed: {}{}': '{}；允许的值：{}{}',
  'allowed: {}': '允许：{}',
  'no other key is allowed here': '此处不允许其他内容',
  'has no key {}; {}{}': '没有键 {}；{}{}',
  "'{}' is not a url; expected http:// or https://":
    "'{}' 不是 URL；应为以 http:// 或 https:// 开头的 URL",
  "'{}' is not a url: http:// or https:// is missing": "'{}' 不是 URL：缺少 http:// 或 https://",
  "'{}' has the protocol {}, which agent2 cannot probe; allowed: http:, https: and unix:":
    "'{}' 的协议是 {}，无法探测；允许 http:、https: 和 unix:",

  // Between the parts of a file.
  'is {}, above the cap of preset {}, {}; raise that too, e.g. cap: {}':
    '是 {}，大于预设 {} 的 cap {}；请同时提高它，例如 cap: {}',
  'is {}, below base, {}; cap is the longest wait, e.g. cap: {}':
    '是 {}，小于 base {}；cap 是最长的等待时间，例如 cap: {}',
  "is '{}', like targets[{}].name; give each target its own name, e.g. {}-{}":
    "为 '{}'，与 targets[{}].name 相同；请给每个目标各自的名称，例如 {}-{}",
  "is '{}', but no target has this name; allowed: {}{}": "为 '{}'，没有目标叫这个名称；允许：{}{}",
  "is '{}', but there is no other target": "为 '{}'，没有目标叫这个名称；也没有其他目标",
  'is circular: {}; remove one of them': '最终依赖自身：{}；请去掉其中之一',
  'has nothing to watch; give it a url, a port, a pidFile, checks, or fix: {use: child, command: […]}':
    '没有指明监控什么；请写 url、port、pidFile、checks，或 fix: {use: child, command: […]}',
  'has {} but no url to get a response from; add one, e.g. url: http://127.0.0.1:3000/health':
    '有 {} 却没有它所针对的 url；请写上，例如 url: http://127.0.0.1:3000/health',
  "is '{}', the name of the {} check that every target has; choose another, e.g. my-{}":
    "为 '{}'，这是每个目标自带的 {} 检查的名称；请换一个，例如 my-{}",
  "is '{}', like checks[{}].name; give each check its own name":
    "为 '{}'，与 checks[{}].name 相同；请给每个检查各自的名称",
  'expected a mapping with one of {}': '应为含有其中之一的映射：{}',
  'has two kinds, {} and {}; begin another check with - {}:':
    '同时属于两类，{} 和 {}；请以 - {}: 开始另一个检查',
  'has no kind of check; expected one of {}': '没有指明检查的种类；应为其中之一：{}',
  'expected a mapping, e.g. {use: command, restart: [systemctl, restart, web]}, or none':
    '应为映射，例如 {use: command, restart: [systemctl, restart, web]}，或 none',

  // The file itself.
  "--config '' is empty; give a path, e.g. --config agent2.yaml":
    "--config '' 没有指明文件；请给出路径，例如 --config agent2.yaml",
  'the config file {} does not exist; correct the path, or write an example: agent2 config init {}':
    '配置文件 {} 不存在；请更正路径，或先写一个：agent2 config init {}',
  'the file does not exist; agent2 config init FILE writes an example':
    '文件不存在；agent2 config init FILE 可写出一个初始文件',
  'the file {}': '文件{}',
  'expected a mapping with targets, e.g. targets: [{name: web, url: http://127.0.0.1:3000/}]; agent2 config init FILE writes an example':
    '应为含有 targets 的映射，例如 targets: [{name: web, url: http://127.0.0.1:3000/}]；agent2 config init FILE 可写出一个初始文件',
  'is empty; {}': '为空；{}',
  'is a list; {}': '是列表；{}',
  'is a single value, not a mapping; {}': '是单个值而不是映射；{}',
  'a hang is down {} after the check that finds it when it is a deadlock, else {}':
    '卡死若为死锁，自检查发现起 {} 后判为故障，否则 {} 后',
  'this target': '此目标',
  'defaults': '默认值',
  'preset {}': '预设 {}',
  'the file is UTF-16; save it as UTF-8': '文件是 UTF-16；请存为 UTF-8',
  'there is a NUL character here; is this the right file? If so, remove it':
    '此处有 NUL 字符，文本中不会有它；这是正确的文件吗？若是，请去掉它',
  'this character is not UTF-8; save the file as UTF-8': '此字符不是 UTF-8；请把文件存为 UTF-8',
  'the tag {} is not allowed; a config file has only texts, numbers, lists and mappings: remove it':
    '不允许标签 {}；配置文件只含普通文本、数字、列表和映射：请去掉它',
  "there is no anchor &{} before *{}; write &{} where the value is first given, or '*{}' in quotes for the text":
    "*{1} 之前没有锚点 &{0}；请在首次给出该值处写 &{2}，若是文本则写成加引号的 '*{3}'",
  '*{} is inside its own anchor, &{}; write the value out':
    '*{} 位于它自己所代表的 &{} 之中；请直接写出该值',
  'with its anchors expanded the file has more than {} values; write fewer':
    '展开锚点后文件超过 {} 个值；请减少',
  'has a NUL character; remove it': '含有 NUL 字符；请删除',
  'the url has {} characters; the most is {}': 'url 有 {} 个字符；最多 {} 个',
  'the host has a name of {} characters; the most is {}': '主机名有 {} 个字符；最多 {} 个',
  "a part of the host's name has {} characters; the most between two dots is {}":
    '主机名的一段有 {} 个字符；两点之间最多 {} 个',
  "'{}' is no path": "'{}' 不是路径",
  'expected names with dots between them, e.g. queue.length':
    '应为以点分隔的名称，例如 queue.length',
  'this is nested deeper than {} levels; a config file needs fewer: is it the right file?':
    '此处嵌套超过 {} 层；配置文件不需要这么多层：是这个文件吗？',
  'anchors are used more than {} times; write the values out': '锚点被使用超过 {} 次；请写出这些值',
  '<< merges mappings: expected the name of an anchor of one, e.g. <<: *defaults':
    '<< 用于合并映射：应为某个映射的锚点名，例如 <<: *defaults',
  'with its anchors expanded the file is nested deeper than {} levels; write the values out':
    '展开锚点后，该文件嵌套超过 {} 层；请写出这些值',
  'has more than {} values; write fewer': '有超过 {} 个值；请减少',
  'anchors are nested more than {} times; write the values out':
    '锚点层层嵌套使用超过 {} 次；请直接写出这些值',
  'has {} without its }; write ${{}:NAME}, or $${{}: for the text itself':
    '有 {} 而缺少 }；请写 ${{}:NAME}，若是文本本身则写 $${{}:',
  'has {}; a file can only replace a whole value: write {file: {}}':
    '有 {}；文件须代替整个值，请写 {file: {}}',
  'has {}; expected the name of a variable, e.g. ${env:TOKEN}, or $${env: for the text itself':
    '有 {}；应为变量名，例如 ${env:TOKEN}，若是文本本身则写 $${env:',
  'uses the environment variable {}, which is not set{}; set it where agent2 is started, e.g. export {}=…':
    '引用了未设置的环境变量 {}{}；请在启动 agent2 处设置它，例如 export {}=…',
  'names the file {}, which does not exist; create it, or correct the path (a relative path starts at the config file)':
    '引用了不存在的文件 {}；请创建它或更正路径（相对路径以配置文件为起点）',
  'names {}, which {}': '引用了 {}，它{}',
  'names {}, which everybody may write (mode {})': '引用了 {}，它可被任何人写入（权限 {}）',
  'names {}, which has a NUL character and is not a text': '引用了 {}，其中有 NUL 字符，不是文本',

  // Syntax.
  'the line is indented with a tab; use spaces': '行首缩进处有制表符；请用空格',
  'a second document begins here (---); a config file is one document: move it to its own file':
    '此处开始了第二个文档 (---)；配置文件只能是一个文档：请放入单独的文件',
  "there is a key and a value here, but a single value is expected; put a text that contains ': ' in quotes, or begin a new line with the right indentation":
    "此处需要普通的值，却出现了键和值；含有 ': ' 的文本请加引号，或另起一行并正确缩进",
  "a key must end with ':' on its line; add the ':', or indent the line like its neighbours":
    "键必须在本行以 ':' 结束；请补上 ':'，或与相邻行一样缩进",
  'a bracket or quote is not closed, or a line is indented wrongly':
    '有括号或引号未闭合，或者某行缩进有误',
  'the line is not indented like the lines above; use the same number of spaces for all keys of a mapping, and close every [ and {':
    '此行的缩进与上文不一致；同一映射的所有键请用相同数量的空格，并闭合每个 [ 和 {',
  'a text cannot begin with this character; put the text in quotes':
    '文本不能以此字符开头；请给文本加引号',
  'a name is expected after *; put a text that begins with * in quotes':
    '* 之后需要名称；以 * 开头的文本请加引号',
  'a list and a mapping are mixed here; begin all lines with - or none':
    '此处混用了列表和映射；请让所有行都有 - 或都没有',
  'inside [ ] and { }, write lists and mappings with [ ] and { } too':
    '在 [ ] 和 { } 之内，列表和映射也要用 [ ] 和 { } 书写',
  'this is not expected here; check quotes, brackets and indentation just before it':
    '此处不应有这个内容；请检查它前面的引号、括号和缩进',
  'the key {} is here twice; remove one of them': '键 {} 在此重复出现；请去掉其中一个',
  'JSON has only texts in double quotes, numbers, true, false and null; put the text in double quotes':
    'JSON 只有双引号文本、数字、true、false 和 null；请给文本加双引号',
  '{}; close it on the line where it begins': '{}；请在它开始的那一行闭合',
  'this is not valid {}: {}; check quotes, brackets and indentation':
    '这不是 {}：{}；请检查引号、括号和缩进',

  // Options of the command line.
  "--state-dir '' is empty; give a path, e.g. --state-dir /var/lib/agent2":
    "--state-dir '' 没有指明目录；请给出路径，例如 --state-dir /var/lib/agent2",
  '{}, e.g. agent2 {}': '{}，例如 agent2 {}',
  '--restart and -- CMD exclude each other: agent2 restarts what it starts itself; leave out --restart':
    '同时给出了 --restart 和 -- CMD；使用 -- CMD 时由 agent2 自己启动并重启进程，请去掉 --restart',
  '--unit and -- CMD exclude each other: agent2 restarts what it starts itself; leave out --unit, or leave out -- CMD if systemd starts the service':
    '同时给出了 --unit 和 -- CMD；使用 -- CMD 时由 agent2 自己启动并重启进程，请去掉 --unit；若由 systemd 启动，则去掉 -- CMD',
  '--unit and --restart exclude each other: a target has one way to restart; leave out one of them':
    '同时给出了 --unit 和 --restart；一个目标只有一种重启方式，请去掉其中之一',
  '--restart-timeout limits the command of --restart or --unit; give one of them, or leave out --restart-timeout':
    '--restart-timeout 限制 --restart 或 --unit 的命令；请给出其中之一，或去掉 --restart-timeout',
  'there is no command after --; give one, e.g. agent2 http://127.0.0.1:3000/ -- node server.js':
    '-- 之后没有内容；请给出要启动的命令，例如 agent2 http://127.0.0.1:3000/ -- node server.js',
};
