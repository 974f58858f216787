import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import ts from 'typescript';
import {expect, test} from 'vitest';
import {root} from '../helpers/root.ts';

/** Rooms in which every text of two words or more is for people, but for what is listed here. */
const ROOMS = ['core', 'runtime', 'probes', 'fixes', 'io', 'format', 'config'];

/** Words of data: what is kept, recognised or sent, the same in every language. */
const DATA: ReadonlySet<string> = new Set([
  // Of a fix record, as AgentOS and the ledger keep them.
  'slow response', 'manual restart', 'no effect', 'heal budget', 'no fix',
  // Labels of evidence and troubles: `evidenceLabel` and `troubleName` say them.
  'disk of its directory', 'disk of the log', 'disk of the state', 'killed for memory', 'memory limit', 'waiting in', 'config watch', 'status file',
  // By which the advice about a failed fix is found.
  'did not end within', 'command not found',
  // What other programs say.
  'Job for', 'ERROR (not running)',
  // Begins a message between two of our own functions.
  'known keys:',
]);

/** Commands as they are typed. */
const COMMAND = /^(\{\})?(systemctl|pm2|\{\}) (\{\})?restart/;

/** The published schema of the config file is in English: editors show it, and it is one file for all. */
const SCHEMA_CALLS = ['describe', 'absolutePath', 'flag', 'duration', 'size', 'address', 'number', 'budget', 'leaf', 'name', 'text', 'url', 'wholeNumber', 'preset', 'own', 'other', 'command'];
const SCHEMA_PROPERTIES = ['summary', 'about', 'example', 'description'];

/** A simulation has texts that nobody is told; the example is a config file, with its comments; completion is scripts of shells. */
const isLeftOut = (path: string) => path.includes('/core/replay/') || path.includes('/format/completion/') || path.endsWith('/config/example.ts');

test('every text for people is said by `say`', () => {
  const files = ROOMS.flatMap(room => filesBelow(join(root, 'source', room))).filter(path => !isLeftOut(path));
  expect(files.flatMap(untold)).toEqual([]);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, {withFileTypes: true, recursive: true})
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map(entry => join(entry.parentPath, entry.name));
}

function untold(path: string): readonly string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isForMachines(node)) return;
    // Of what is said, only the values are looked at.
    if (ts.isTaggedTemplateExpression(node)) return ts.isTemplateExpression(node.template) ? node.template.templateSpans.forEach(span => visit(span.expression)) : undefined;
    const text = textOf(node);
    if (text !== undefined && /[A-Za-z]{2,}[,:;]? [a-z]{2,}/.test(text) && !DATA.has(text) && !COMMAND.test(text)) {
      found.push(`${relative(root, path)}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  return ts.isTemplateExpression(node) ? [node.head.text, ...node.templateSpans.map(span => span.literal.text)].join('{}') : undefined;
}

/** Imports, types, errors that are bugs, and the schema. */
function isForMachines(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (ts.isNewExpression(node)) return ['Error', 'RegExp'].includes(node.expression.getText());
  if (ts.isPropertyAssignment(node)) return SCHEMA_PROPERTIES.includes(node.name.getText()) && !ts.isIdentifier(node.initializer);
  // Its text is an argument of a call that makes a part of the schema.
  const call = node.parent;
  return textOf(node) !== undefined && ts.isCallExpression(call) && SCHEMA_CALLS.includes(nameOf(call.expression)) && call.arguments.includes(node as ts.Expression);
}

function nameOf(called: ts.Expression): string {
  return ts.isPropertyAccessExpression(called) ? called.name.text : called.getText();
}
