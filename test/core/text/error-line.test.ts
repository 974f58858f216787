import {expect, test} from 'vitest';
import {errorLineOf} from '../../../source/core/text/error-line.ts';

/** Ends of real outputs, and the line that says why. */
const OUTPUTS: ReadonlyArray<readonly [what: string, output: string, line: string | undefined]> = [
  [
    'a missing module of Node',
    "node:internal/modules/cjs/loader:1215\n  throw err;\n  ^\n\nError: Cannot find module '/x/srver.js'\n    at Module._resolveFilename (node:internal/modules/cjs/loader:1212:15)\n    at node:internal/main/run_main_module:28:49 {\n  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}\n\nNode.js v20.20.2\n",
    "Error: Cannot find module '/x/srver.js'",
  ],
  [
    'a used port of Node',
    "node:events:497\n      throw er; // Unhandled 'error' event\n      ^\n\nError: listen EADDRINUSE: address already in use :::3000\n    at Server.setupListenHandle [as _listen2] (node:net:1908:16)\nEmitted 'error' event on Server instance at:\n    at emitErrorNT (node:net:1887:8) {\n  code: 'EADDRINUSE',\n  errno: -98,\n  syscall: 'listen',\n  address: '::',\n  port: 3000\n}\n\nNode.js v20.20.2",
    'Error: listen EADDRINUSE: address already in use :::3000',
  ],
  [
    'a syntax error of Node',
    '/x/s.js:2\n\n\n\nSyntaxError: Unexpected end of input\n    at wrapSafe (node:internal/modules/cjs/loader:1464:18)\n\nNode.js v20.20.2',
    'SyntaxError: Unexpected end of input',
  ],
  [
    'a class of the program in Node',
    "/x/a.js:1\nthrow new DbError('no db')\n^\n\nDbError: no db\n    at [eval]:1:105 {\n  code: 'E1'\n}\n\nNode.js v22.1.0",
    'DbError: no db',
  ],
  [
    'a heap of Node that is full',
    '<--- Last few GCs --->\n\n[1:0x1] 22 ms: Mark-Compact\n\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n----- Native stack trace -----\n\n 1: 0xb8ced1 node::OOMErrorHandler(char const*, v8::OOMDetails const&) [node]\n 2: 0xf06250 v8::Utils::ReportOOMFailure [node]\n',
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
  ],
  [
    'a traceback of Python',
    'Traceback (most recent call last):\n  File "/x/app.py", line 3, in <module>\n    import flask\nModuleNotFoundError: No module named \'flask\'\n',
    "ModuleNotFoundError: No module named 'flask'",
  ],
  [
    'a chain of tracebacks of Python',
    'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    g()\nKeyError: \'x\'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "a.py", line 9, in <module>\n    h()\n    ~^^\nsqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server failed\n',
    'sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server failed',
  ],
  [
    'a start of uvicorn that failed',
    'INFO:     Started server process [7]\nERROR:    Traceback (most recent call last):\n  File "/x/main.py", line 8, in lifespan\n    raise RuntimeError("no token")\nRuntimeError: no token\n\nERROR:    Application startup failed. Exiting.\n',
    'RuntimeError: no token',
  ],
  [
    'a missing script of Python',
    "/usr/bin/python3: can't open file '/x/nofile.py': [Errno 2] No such file or directory",
    "/usr/bin/python3: can't open file '/x/nofile.py': [Errno 2] No such file or directory",
  ],
  [
    'an exception of Java, with its root',
    'Exception in thread "main" java.lang.IllegalStateException: boom\n\tat Main.main(Main.java:3)\nCaused by: java.net.BindException: Address already in use\n\tat java.base/sun.nio.ch.Net.bind0(Native Method)\n\t... 1 more\n',
    'Caused by: java.net.BindException: Address already in use',
  ],
  [
    'a missing jar',
    'Error: Unable to access jarfile /x/app.jar\n',
    'Error: Unable to access jarfile /x/app.jar',
  ],
  [
    'a panic of Go',
    'panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x48]\n\ngoroutine 1 [running]:\nmain.main()\n\t/x/main.go:7 +0x19\nexit status 2\n',
    'panic: runtime error: invalid memory address or nil pointer dereference',
  ],
  [
    'log.Fatal of Go',
    '2026/01/27 10:30:05 starting\n2026/01/27 10:30:05 listen tcp :8080: bind: address already in use\nexit status 1\n',
    'listen tcp :8080: bind: address already in use',
  ],
  [
    'a panic of Rust',
    "\nthread 'main' panicked at src/main.rs:2:5:\nno config\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n",
    "thread 'main' panicked at src/main.rs:2:5: no config",
  ],
  [
    'a panic of an older Rust',
    "thread 'main' panicked at 'no config', src/main.rs:2:5\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n",
    "thread 'main' panicked at 'no config', src/main.rs:2:5",
  ],
  [
    'an error of Ruby',
    "<internal:/usr/lib/ruby/3.0/kernel_require.rb>:85:in `require': cannot load such file -- sinatra (LoadError)\n\tfrom <internal:/usr/lib/ruby/3.0/kernel_require.rb>:85:in `require'\n\tfrom app.rb:1:in `<main>'\n",
    "<internal:/usr/lib/ruby/3.0/kernel_require.rb>:85:in `require': cannot load such file -- sinatra (LoadError)",
  ],
  [
    'a fatal error of PHP',
    'PHP Fatal error:  Uncaught Error: Call to undefined function foo() in /x/a.php:3\nStack trace:\n#0 {main}\n  thrown in /x/a.php on line 3\n',
    'PHP Fatal error:  Uncaught Error: Call to undefined function foo() in /x/a.php:3',
  ],
  [
    'a command that bash does not find',
    'starting\n/x/start.sh: line 3: foo: command not found\n',
    '/x/start.sh: line 3: foo: command not found',
  ],
  ['a command that dash does not find', 'x.sh: 1: foo: not found\n', 'x.sh: 1: foo: not found'],
  [
    'an exception of .NET',
    'Unhandled exception. System.InvalidOperationException: boom\n   at Program.Main(String[] args) in /x/Program.cs:line 3\n',
    'Unhandled exception. System.InvalidOperationException: boom',
  ],
  [
    'an exception of C++',
    "terminate called after throwing an instance of 'std::runtime_error'\n  what():  no config\n",
    'no config',
  ],
  [
    'a module that Perl does not find',
    "Can't locate Foo/Bar.pm in @INC (you may need to install the Foo::Bar module) at -e line 1.\nBEGIN failed--compilation aborted at -e line 1.\n",
    "Can't locate Foo/Bar.pm in @INC (you may need to install the Foo::Bar module) at -e line 1.",
  ],
  [
    'nginx without its port',
    '2026/01/27 10:30:05 [notice] 7#7: using the "epoll" event method\nnginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)\n',
    'nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)',
  ],
  [
    'a script that npm does not know',
    'npm error Missing script: "strat"\nnpm error\nnpm error Did you mean one of these?\nnpm error   npm start\nnpm error To see a list of scripts, run:\nnpm error   npm run\nnpm error A complete log of this run can be found in: /root/.npm/_logs/x.log\n',
    'npm error Missing script: "strat"',
  ],
  [
    'redis without its port',
    '1:M 27 Jan 2026 10:30:05.123 # Warning: Could not create server TCP listening socket *:6379: bind: Address already in use\n1:M 27 Jan 2026 10:30:05.123 # Failed listening on port 6379 (tcp), aborting.\n',
    'Failed listening on port 6379 (tcp), aborting.',
  ],
  [
    'a log in JSON',
    '{"level":30,"time":1706351405123,"msg":"starting"}\n{"level":60,"time":1706351405124,"msg":"cannot connect to \\"db\\""}\n',
    'cannot connect to \\"db\\"',
  ],
  [
    'a log with times and levels',
    "2026-01-27 10:30:05,123 - app - INFO - starting\n[2026-01-27 10:30:05 +0000] [7] [ERROR] Connection in use: ('127.0.0.1', 8000)\n",
    "Connection in use: ('127.0.0.1', 8000)",
  ],
  [
    'a later error of a log, not the one of long ago',
    `Error: old\n${'request served\n'.repeat(9)}ERROR connection to upstream failed\n`,
    'connection to upstream failed',
  ],
  [
    'a line of a level that says by no other word that it is an error',
    'starting\nFATAL: boom happened here\n',
    'boom happened here',
  ],
  [
    'the reason, not a later word about the end',
    '[2026-01-27 10:30:05 +0000] [7] [ERROR] Worker failed to boot\n[2026-01-27 10:30:05 +0000] [7] [ERROR] Shutting down: Master\n',
    'Worker failed to boot',
  ],
  [
    'a level of now, not an error of long ago',
    `connection failed\n${'request served\n'.repeat(9)}[CRITICAL] out of licences\n`,
    'out of licences',
  ],
  [
    'a warning',
    '(node:7) [DEP0040] DeprecationWarning: The `punycode` module is deprecated\nlistening on 3000\n',
    undefined,
  ],
  ['no errors', 'compiled with 0 errors\nlistening on 3000\n', undefined],
  ['nothing', '', undefined],
];

test.each(OUTPUTS)('of %s the line with the error is taken', (_, output, line) => {
  expect(errorLineOf(output.split('\n'))).toBe(line);
});

test('the line is cut, and a long output costs little', () => {
  const lines = Array.from({length: 100_000}, () => `Error: ${'x'.repeat(5_000)}`);
  expect(errorLineOf(lines, 50)).toBe(`Error: ${'x'.repeat(42)}…`);
});
