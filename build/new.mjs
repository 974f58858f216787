/**
 * `npm run new -- KIND NAME`: writes a small thing of a kind that works, with its test and its doc, from build/new/KIND.md. A template says in its
 * first paragraph what the kind is. Each `## PATH` is a file to write (`## PATH, at its end`: to add to), made of the fenced block below it; the list
 * under `## Next` is what is left to do. In all of it {{name}} is `free-port`, {{Name}} `FreePort`, {{camel}} `freePort`,
 * {{snake}} `free_port`, {{NAME}} `FREE_PORT`, {{words}} `free port`; {{key}} is a key that no screen has yet.
 */
import {existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {format, resolveConfig} from 'prettier';
import {printPages} from './docs.mjs';
import {freeKey} from './free-key.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const templates = join(root, 'build/new');

/** The kinds that it can make, with their descriptions. */
function kinds() {
  return Object.fromEntries(
    readdirSync(templates)
      .filter(file => file.endsWith('.md'))
      .sort()
      .map(file => [file.slice(0, -3), templateOf(file.slice(0, -3)).about]),
  );
}

/** Writes it, and its part of the docs; returns the written or changed files, and the next steps. Throws a `Refusal`. */
async function make(kind, name) {
  if (!Object.hasOwn(kinds(), kind ?? '')) throw new Refusal(unknownKind(kind));
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name ?? '')) throw new Refusal(wrongName(kind, name));
  const {files, next} = templateOf(kind);
  const forms = formsOf(name);
  if (files.some(({text}) => text.includes('{{key}}'))) forms.key = freeKey(name);
  const located = files.map(({path, ...file}) => ({...file, path: filled(path, forms)}));
  for (const {path, atEnd} of located)
    if (!atEnd && existsSync(join(root, path)))
      throw new Refusal(
        `${path} is there already: there is a ${kind} ${name}; choose another name`,
      );
  for (const {path, atEnd, text} of located)
    await write(join(root, path), filled(text, forms), atEnd);
  const changed = located.filter(({atEnd}) => atEnd).map(({path}) => path);
  return {
    wrote: located.filter(({atEnd}) => !atEnd).map(({path}) => path),
    changed: [...new Set([...changed, ...(await printPages())])],
    next: next.map(line => filled(line, forms)),
  };
}

/** The user's to correct: the message names the allowed values. */
class Refusal extends Error {}

function templateOf(kind) {
  const [head, ...sections] = sectionsOf(readFileSync(join(templates, `${kind}.md`), 'utf8'));
  const about = /^# .*\n+((?:.+\n)+)/.exec(head)?.[1]?.replaceAll('\n', ' ').trim();
  if (!about) throw new Error(`build/new/${kind}.md does not begin with what a ${kind} is`);
  const isNext = section => section.startsWith('Next\n');
  return {
    about,
    files: sections.filter(section => !isNext(section)).map(section => fileOf(kind, section)),
    next: sections
      .filter(isNext)
      .flatMap(section => section.split('\n'))
      .flatMap(line => /^- (.*)/.exec(line)?.[1] ?? []),
  };
}

/** The text before the first `## `, and after each; ignores those within a fenced block. */
function sectionsOf(text) {
  const sections = [''];
  let fence;
  for (const line of text.split(/(?<=\n)/)) {
    const marks = /^`{3,}/.exec(line)?.[0];
    if (marks !== undefined && (fence === undefined || marks === fence))
      fence = fence === undefined ? marks : undefined;
    if (fence === undefined && line.startsWith('## ')) sections.push(line.slice(3));
    else sections.push(sections.pop() + line);
  }
  return sections;
}

function fileOf(kind, section) {
  const [, path, end] = /^(\S+?)(, at its end)?\n/.exec(section) ?? [];
  const [, , text] = /^(`{3,})\w*\n([^]*?)^\1$/m.exec(section) ?? [];
  if (path === undefined || text === undefined)
    throw new Error(
      `build/new/${kind}.md: a section has to be a path and a fenced block:\n${section}`,
    );
  return {path, atEnd: end !== undefined, text};
}

function formsOf(name) {
  const parts = name.split('-');
  const Name = parts.map(part => part[0].toUpperCase() + part.slice(1)).join('');
  return {
    name,
    Name,
    camel: Name[0].toLowerCase() + Name.slice(1),
    words: parts.join(' '),
    snake: parts.join('_'),
    NAME: parts.join('_').toUpperCase(),
  };
}

function filled(text, forms) {
  return text.replace(/\{\{(\w+)\}\}/g, (_, form) => forms[form]);
}

/** The length of a name decides where lines break. */
async function write(path, text, atEnd) {
  const whole =
    atEnd && existsSync(path) ? `${readFileSync(path, 'utf8').trimEnd()}\n\n${text}` : text;
  mkdirSync(dirname(path), {recursive: true});
  const isCode = /\.tsx?$/.test(path);
  const options = {...(await resolveConfig(join(root, 'package.json'))), filepath: path};
  writeFileSync(path, isCode ? await format(whole, options) : whole);
}

function unknownKind(kind) {
  const problem = kind === undefined ? 'new what?' : `there is no kind '${kind}'.`;
  const lines = Object.entries(kinds()).map(([name, about]) => `  ${name.padEnd(13)} ${about}`);
  return `${problem} The kinds are\n${lines.join('\n')}\ne.g. npm run new -- probe dns`;
}

function wrongName(kind, name) {
  const problem = name === undefined ? `which ${kind}?` : `'${name}' cannot be a name.`;
  return `${problem} Expected small letters, digits and dashes, beginning with a letter, e.g. npm run new -- ${kind} free-port`;
}

async function main([kind, name, ...more]) {
  if (more.length > 0) throw new Refusal(`expected a kind and a name, without '${more.join(' ')}'`);
  const {wrote, changed, next} = await make(kind, name);
  for (const path of wrote) console.log(`wrote   ${path}`);
  for (const path of changed) console.log(`changed ${path}`);
  console.log(['', 'Next:', ...next.map(line => `  - ${line}`)].join('\n'));
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main(process.argv.slice(2)).catch(error => {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exitCode = 64;
  });
