import {basename} from 'node:path';

/** What the kernel knows of a process: its short name, its argument list, and the file of its program, where it is not hidden. */
export interface ProgramFacts {
  readonly name: string;
  readonly words: readonly string[];
  readonly exe?: string;
}

/**
 * The names of the program that a process runs: its short name, its file, what it was called by, and for an interpreter its script, module or
 * class. Other arguments name what the program works on: `tail -f webui.log` is no `webui`.
 */
export function programNames({name, words, exe}: ProgramFacts): readonly string[] {
  const program = basename(exe ?? '');
  const [first = ''] = words;
  const parts = first.split(' ').filter(part => part !== '');
  // A process may overwrite its arguments by one line: a title of its own, or the same words again.
  const isTitle = words.length === 1 && parts.length > 1;
  if (isTitle && basename(parts[0] ?? '') !== program) return [name, program, first];
  return [name, program, ...calledBy(isTitle ? parts : words, program)];
}

/** `program`: the name of its file, which tells an interpreter that was called by another name. */
function calledBy(words: readonly string[], program = '', depth = 0): readonly string[] {
  const [called = '', ...args] = words;
  const own = basename(called).replace(/^-/, '');
  const language = languageOf(own) ?? languageOf(program);
  return language === undefined ? [own] : [own, ...scriptOf(language, args, depth)];
}

type Language = 'python' | 'java' | 'shell' | 'subcommand' | 'plain';

const LANGUAGES: ReadonlyArray<readonly [Language, RegExp]> = [
  ['python', /^(?:python|pypy)[\d.]*$/i],
  ['java', /^java$/i],
  ['shell', /^(?:sh|bash|dash|ash|zsh|ksh|fish|busybox)$/i],
  ['subcommand', /^(?:deno|bun|dotnet|uv|tsx)$/i],
  [
    'plain',
    /^(?:node|nodejs|ruby|jruby|perl|php|lua|luajit|tclsh|rscript|escript|mono|julia|guile)[\d.-]*$/i,
  ],
];

function languageOf(program: string): Language | undefined {
  return LANGUAGES.find(([, pattern]) => pattern.test(program))?.[0];
}

/** Options that take the next word as their value. */
const WITH_VALUE: Readonly<Record<Language, ReadonlySet<string>>> = {
  python: new Set(['-W', '-X', '--check-hash-based-pycs']),
  java: new Set([
    '-cp',
    '-classpath',
    '--class-path',
    '-p',
    '--module-path',
    '--upgrade-module-path',
    '--add-modules',
    '--add-opens',
    '--add-exports',
    '--add-reads',
    '--limit-modules',
    '-d',
  ]),
  shell: new Set(['-o', '+o', '-O', '+O', '--rcfile', '--init-file']),
  subcommand: new Set(['-c', '--config', '--import-map', '--project', '--with']),
  plain: new Set([
    '-r',
    '--require',
    '--import',
    '--loader',
    '--experimental-loader',
    '--env-file',
    '--conditions',
    '-C',
    '-I',
    '-c',
    '-d',
    '-z',
  ]),
};

/** The next word is the script. */
const NAMES_SCRIPT: Readonly<Record<Language, ReadonlySet<string>>> = {
  python: new Set(['-m']),
  java: new Set(['-jar', '-m', '--module']),
  shell: new Set(),
  subcommand: new Set(),
  plain: new Set(['-f', '--file']),
};

/** The next word is code, and no script follows. */
const CODE = new Set(['-c', '-e', '-E', '-r', '--eval', '-p', '--print', '-pe']);
const SUBCOMMANDS = new Set(['run', 'exec', 'x', 'start', 'serve', 'tool', 'watch']);
/** Servers of Python applications, and what they serve: `webui.app:create()`, `--app webui`, `run webui.py`. */
const SERVERS =
  /^(?:gunicorn|uvicorn|hypercorn|daphne|granian|waitress(?:-serve)?|flask|celery|streamlit|fastapi|chainlit)$/;
const APPLICATION = /^[A-Za-z_][\w.]*:[A-Za-z_][\w.]*(?:\(.*\))?$/;
const FILE = /\.py$/;
const NAMES_APPLICATION = new Set(['-A', '--app']);
/** Where the server of PHP listens, which is no script. */
const ADDRESS = /^[\w.-]*:\d{1,5}$/;
const ASSIGNMENT = /^[A-Za-z_]\w*=/;

function scriptOf(language: Language, args: readonly string[], depth: number): readonly string[] {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    const next = args[at + 1];
    if (NAMES_SCRIPT[language].has(word))
      return next === undefined ? [] : [next, ...servedBy(next, args.slice(at + 2))];
    if (language === 'shell' && /^-[a-z]*c$/i.test(word))
      return depth > 2 || next === undefined ? [] : commandOf(next, depth);
    if (isCode(language, word)) return [];
    if (WITH_VALUE[language].has(word)) {
      at++;
    } else if (word === '--') {
      return next === undefined ? [] : [next];
    } else if (
      !/^[-+]/.test(word) &&
      !ADDRESS.test(word) &&
      !(language === 'subcommand' && SUBCOMMANDS.has(word))
    ) {
      return [word, ...servedBy(word, args.slice(at + 1))];
    }
  }
  return [];
}

function isCode(language: Language, word: string): boolean {
  if (language === 'python') return word === '-c';
  return language === 'plain' && CODE.has(word) && !WITH_VALUE.plain.has(word);
}

function servedBy(script: string, args: readonly string[]): readonly string[] {
  if (!SERVERS.test(basename(script))) return [];
  const application =
    args.find(word => APPLICATION.test(word)) ??
    args.find((_, at) => NAMES_APPLICATION.has(args[at - 1] ?? '')) ??
    args.find(word => FILE.test(word));
  return application === undefined ? [] : [application];
}

/** The program of a shell's command line, past `exec` and variables. */
function commandOf(code: string, depth: number): readonly string[] {
  const words = code.trim().split(/\s+/);
  while (words[0] === 'exec' || ASSIGNMENT.test(words[0] ?? '')) words.shift();
  return calledBy(
    words.map(word => word.replaceAll(/^["']|["';&]+$/g, '')),
    '',
    depth + 1,
  );
}
