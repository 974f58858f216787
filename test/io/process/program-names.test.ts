import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {programNames} from '../../../source/io/process/program-names.ts';

const has = (wanted: string, words: readonly string[], exe?: string, name?: string): boolean =>
  programNames({
    name: name ?? (exe ?? words[0] ?? '').split('/').at(-1)?.slice(0, 15) ?? '',
    words,
    exe,
  }).some(each => each.toLowerCase().includes(wanted));

describe('a process is called', () => {
  test.each<[string, string, readonly string[]]>([
    ['by its program', 'webui', ['/opt/bin/webui', '--port', '80']],
    ['by its interpreter', 'python', ['/usr/bin/python3.11', 'server.py']],
    ['by its script', 'webui', ['python3', '-u', '/opt/agentos/webui.py', '--port', '80']],
    [
      'by its script after options with values',
      'webui',
      ['python3', '-X', 'dev', '-W', 'error', 'webui.py'],
    ],
    ['by its module', 'webui', ['python3', '-u', '-m', 'agentos.webui', 'start']],
    [
      'by the application that its script serves',
      'webui',
      ['python3', '/usr/bin/gunicorn', '-w', '4', 'webui:app'],
    ],
    [
      'by the application that its module serves',
      'webui',
      ['python3', '-m', 'uvicorn', 'webui.main:app'],
    ],
    [
      'by the application of an option',
      'webui',
      ['python3', '/usr/bin/celery', '-A', 'webui', 'worker'],
    ],
    [
      'by the file that its module serves',
      'webui',
      ['python3', '-m', 'streamlit', 'run', 'webui.py', '--server.port', '80'],
    ],
    ['by its script of php after an address', 'webui', ['php', '-S', '0:80', 'webui.php']],
    [
      'by its script of node',
      'webui',
      ['node', '--max-old-space-size=99', '-r', 'dotenv/config', 'webui.mjs'],
    ],
    ['by its script of ruby', 'webui', ['ruby', '-I', 'lib', 'bin/webui']],
    ['by its script of php', 'artisan', ['php8.2', '-d', 'memory_limit=1G', 'artisan', 'serve']],
    ['by its archive', 'webui', ['java', '-Xmx1g', '-cp', '/lib/x', '-jar', '/srv/webui.jar']],
    [
      'by its main class',
      'webui',
      ['java', '-cp', '/lib/a:/lib/b', '-Dlog=x', 'org.example.WebUi', 'x'],
    ],
    ['by its script of a shell', 'webui', ['/bin/sh', '-e', './webui.sh', 'start']],
    ['by the command of a shell', 'webui', ['/bin/bash', '-c', 'X=1 exec ./webui --port 80']],
    ['by the script in the command of a shell', 'webui', ['sh', '-c', 'python3 webui.py']],
    ['by its script of deno', 'webui', ['deno', 'run', '--allow-net', 'webui.ts']],
    ['by its title', 'webui', ['sidekiq 6.5 webui [0 of 5 busy]']],
    ['by a login shell’s script', 'webui', ['-bash', 'webui.sh']],
  ])('%s', (_, wanted, words) => {
    const exe = words[0]?.includes(' ') ? '/usr/bin/ruby' : undefined;
    expect(has(wanted, words, exe)).toBe(true);
  });

  test('by its file, where it is called by another name, and by the kernel’s name', () => {
    expect(has('nginx', ['web'], '/usr/sbin/nginx')).toBe(true);
    expect(has('webui', ['python3'], '/usr/bin/python3.11', 'webui')).toBe(true);
    expect(has('python', ['/usr/bin/uvicorn', 'x:y'], '/usr/bin/python3.11', 'uvicorn')).toBe(true);
  });
});

describe('a process is not called', () => {
  test.each<[string, string, readonly string[]]>([
    ['by a file that it reads', 'webui', ['tail', '-f', 'webui.log']],
    ['by a file that it edits', 'webui', ['/usr/bin/vim', '/srv/webui.py']],
    ['by what it searches', 'webui', ['grep', '-r', 'webui', '.']],
    ['by an argument of its script', 'webui', ['python3', 'watch.py', 'webui.log']],
    [
      'by an argument of its module',
      'webui',
      ['python3', '-m', 'http.server', '--directory', 'webui'],
    ],
    ['by its code', 'webui', ['python3', '-c', 'print("webui")']],
    ['by the code of node', 'webui', ['node', '-e', 'webui()', 'webui']],
    ['by a class path', 'webui', ['java', '-cp', '/lib/webui.jar', 'org.example.Other']],
    ['by what the command of a shell reads', 'webui', ['sh', '-c', 'tail -f webui.log']],
    ['by an argument of a shell’s script', 'webui', ['bash', 'follow.sh', 'webui']],
    ['by the directory of its program', 'webui', ['/opt/webui/bin/server']],
    ['by words that it wrote anew', 'webui', ['/usr/bin/tail -f webui.log']],
  ])('%s', (_, wanted, words) => {
    expect(has(wanted, words, words[0]?.split(' ')[0])).toBe(false);
  });
});

test('any argument list has names, and what follows the script of an interpreter adds none', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('python3', 'java', 'sh', '-c', '-m', '-jar', '--', '-e', 'a:b', ''),
  );
  fc.assert(
    fc.property(fc.array(word), fc.string(), (words, name) => {
      const names = programNames({name, words});
      expect(names[0]).toBe(name);
      expect(names.length).toBeLessThan(12);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z.-]+$/)), rest => {
      expect(programNames({name: 'x', words: ['perl', 'a.pl', ...rest]})).toEqual(
        programNames({name: 'x', words: ['perl', 'a.pl']}),
      );
    }),
  );
});
