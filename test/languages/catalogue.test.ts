import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import ts from 'typescript';
import {afterEach, describe, expect, test} from 'vitest';
import {say, sayOf, speak, type Catalogue} from '../../source/core/text/say.ts';
import {catalogue} from '../../source/languages/zh.ts';
import {root} from '../helpers/root.ts';

afterEach(() => speak({}));

describe('a text', () => {
  test('is said in English where no language was chosen', () => {
    expect(say`paused for ${'5 min'}, ${2} left`).toBe('paused for 5 min, 2 left');
  });

  test('is said in the language that was chosen, in its order', () => {
    speak({'{} of {} failures': '共 {1} 次，失败 {0} 次', 'stop {}': '停止 {}'});
    expect(say`${2} of ${3} failures`).toBe('共 3 次，失败 2 次');
    expect(say`stop ${'web'}`).toBe('停止 web');
    expect(say`unknown ${1}`).toBe('unknown 1');
  });

  test('can be said otherwise in a context', () => {
    speak({'stop {}': '停止 {}', 'music|stop {}': '暂停 {}'});
    expect([
      say`stop ${'web'}`,
      sayOf('music')`stop ${'web'}`,
      sayOf('bus')`stop ${'web'}`,
    ]).toEqual(['停止 web', '暂停 web', 'stop web']);
  });
});

describe('the Chinese catalogue', () => {
  const said = saidIn([join(root, 'cli.tsx'), ...filesBelow(join(root, 'source'))]);

  test('has every text that is said', () => {
    expect([...said].filter(english => !(english in catalogue))).toEqual([]);
  });

  test('has none that nobody says', () => {
    expect(Object.keys(catalogue).filter(english => !said.has(english))).toEqual([]);
  });

  test('says each text in one way, whichever room says it', async () => {
    const folder = join(root, 'source/languages/zh');
    const rooms = await Promise.all(
      readdirSync(folder).map(
        file => import(join(folder, file)) as Promise<{readonly zh: Catalogue}>,
      ),
    );
    expect(
      rooms.flatMap(({zh}) =>
        Object.entries(zh).filter(([english, chinese]) => catalogue[english] !== chinese),
      ),
    ).toEqual([]);
  });

  test('keeps every value of every text', () => {
    const count = (text: string) => text.split(/\{\d?\}/).length - 1;
    expect(
      Object.entries(catalogue).filter(([english, chinese]) => count(english) !== count(chinese)),
    ).toEqual([]);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, {withFileTypes: true, recursive: true})
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map(entry => join(entry.parentPath, entry.name));
}

const TAGS: ReadonlySet<string> = new Set(['say', 'sayOf', 'message', 'messageOf']);

/** Every template that `say` or `message` is given, with `{}` for each value. */
function saidIn(files: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && TAGS.has(node.tag.getText()))
      found.add(keyOf(node.template));
    if (
      ts.isTaggedTemplateExpression(node) &&
      ts.isCallExpression(node.tag) &&
      TAGS.has(node.tag.expression.getText())
    )
      found.add(`${contextOf(node.tag)}|${keyOf(node.template)}`);
    ts.forEachChild(node, visit);
  };
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (/\b(say|message)(Of\(|`)/.test(text))
      visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  }
  return found;
}

function contextOf({arguments: [context]}: ts.CallExpression): string {
  if (!context || !ts.isStringLiteral(context))
    throw new Error('the context of a text is no word in the code');
  return context.text;
}

function keyOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return [template.head.text, ...template.templateSpans.map(span => span.literal.text)].join('{}');
}
