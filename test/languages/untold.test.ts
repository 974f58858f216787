import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import ts from 'typescript';
import {expect, test} from 'vitest';
import {root} from '../helpers/root.ts';

/** Rooms in which every text of two words or more is for people, but for what is listed here. */
const ROOMS = [
  'core',
  'runtime',
  'probes',
  'fixes',
  'io',
  'format',
  'config',
  'service-files',
  'doctor',
  'control',
  'ui',
  'commands',
];

/** Words of data: what is kept, recognised or sent, the same in every language. */
const DATA: ReadonlySet<string> = new Set([
  // Of a fix record, as AgentOS and the ledger keep them: `issueName` says the issues.
  'process not alive',
  'port not listening',
  'health check failed',
  'slow response',
  'manual restart',
  'no effect',
  'heal budget',
  'no fix',
  // Labels of evidence and problems: `evidenceLabel` and `problemName` say them.
  'disk of its directory',
  'disk of the log',
  'disk of the state',
  'memory of the machine',
  'killed for memory',
  'memory limit',
  'waiting in',
  'config place',
  'config watch',
  'status file',
  'state directory',
  'service manager',
  // By which the advice about a failed fix is found.
  'did not end within',
  'command not found',
  // What other programs say.
  'Job for',
  'waiting restart',
  'ERROR (not running)',
  // Kinds, which the commands have a text for each.
  'old log',
  'old output',
  'old recording',
  'left by a dead process',
  // Of a simulation, which tells nobody.
  'as recorded',
  'nobody looked',
  'it could not be looked at',
  'it is being restarted',
  'no response within {} ms',
  'slower than {} ms',
  // Of protocols.
  'status line',
  'line feed',
  'no header',
  'empty line',
  ': still there\n\n',
  // Kinds of values to complete.
  'one of',
  // Begins a message between two of our own functions.
  'known keys:',
]);

/** A line that is no text: a command as it is typed, or what a protocol or a file is made of. */
const TYPED =
  /^ *sudo |^ *'?(PATH=\{\} )?(agent2|agentos|ch(mod|own)|systemctl|loginctl|timedatectl|date;|pm2|supervisorctl|sv|forever|nvm|ss|getent|eval|source|--\w+) |^(\{\})?(systemctl|pm2|\{\}) (\{\})?restart|^(Connection|Content-\w+): |^HTTP\/1\.1 |^\{use: |^<|^\(\?:|^[a-z]+\/[a-z-]+; charset=/;

/** Scripts of shells; the example is a config file, where only the comments are texts. */
const isLeftOut = (path: string) =>
  /\/commands\/completion\/(bash|fish|zsh)\.ts$/.test(path) ||
  path.endsWith('/io/run/below-init.ts') ||
  path.endsWith('/config/example.ts');

test('every text for people is said by `say`', () => {
  const files = ROOMS.flatMap(room => filesBelow(join(root, 'source', room))).filter(
    path => !isLeftOut(path),
  );
  expect(files.flatMap(untold)).toEqual([]);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, {withFileTypes: true, recursive: true})
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map(entry => join(entry.parentPath, entry.name));
}

function untold(path: string): readonly string[] {
  const source = ts.createSourceFile(
    path,
    readFileSync(path, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isForMachines(node)) return;
    // Of what is said, only the values are looked at.
    if (ts.isTaggedTemplateExpression(node))
      return ts.isTemplateExpression(node.template)
        ? node.template.templateSpans.forEach(span => visit(span.expression))
        : undefined;
    const text = textOf(node);
    if (
      text !== undefined &&
      !DATA.has(text) &&
      text.split('\n').some(line => /[A-Za-z]{2,}[,:;]? [a-z]{2,}/.test(line) && !TYPED.test(line))
    ) {
      found.push(
        `${relative(root, path)}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${text}`,
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  return ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(span => span.literal.text)].join('{}')
    : undefined;
}

/** `'one two'.split(' ')`: names to recognise. */
function isWordList(node: ts.Node | undefined): boolean {
  return (
    node !== undefined &&
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'split' &&
    textOf(node.expression) !== undefined
  );
}

/** Imports, types, lists of words, errors that are bugs, words of the docs, examples of what is written in a config file, and how a command is typed. */
function isForMachines(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (ts.isNewExpression(node)) return ['Error', 'RegExp'].includes(node.expression.getText());
  if (ts.isPropertyAssignment(node))
    return (
      ['examples', 'refuses', 'finds', 'signs'].includes(node.name.getText()) ||
      (['example', 'usage'].includes(node.name.getText()) && textOf(node.initializer) !== undefined)
    );
  if (isWordList(node.parent)) return true;
  return (
    textOf(node) !== undefined &&
    ts.isCallExpression(node.parent) &&
    /\.usage$|^super$/.test(node.parent.expression.getText())
  );
}
