/** The texts for people in the source, and their translations: for `npm run languages` and for test/languages. */
import {readdirSync, readFileSync} from 'node:fs';
import {basename, join, relative} from 'node:path';
import ts from 'typescript';
import {root} from './rooms.mjs';

/** Every text, by its key in a catalogue, with the files that contain it. */
export function textsSaid(top = root) {
  const said = new Map();
  for (const file of [join(top, 'cli.tsx'), ...filesBelow(join(top, 'source'))])
    for (const text of templatesIn(file)) {
      const places = said.get(text) ?? [];
      const place = relative(top, file);
      if (!places.includes(place)) said.set(text, [...places, place]);
    }
  return said;
}

/** By language, each translation with its place: those of `LANGUAGE.ts` are in the files of the folder `LANGUAGE`. */
export function translations(top = root) {
  const folder = join(top, 'source/languages');
  const languages = readdirSync(folder, {withFileTypes: true}).filter(entry => entry.isDirectory());
  return new Map(
    languages.map(({name}) => [
      name,
      filesBelow(join(folder, name)).flatMap(file => translationsIn(file, top)),
    ]),
  );
}

/** The texts without a translation, by the first file that contains them; and the problems of the translations, a line each. */
export function examine(said, translated) {
  const known = new Map(translated.map(({text, translation}) => [text, translation]));
  const missing = new Map();
  for (const [text, [place]] of said)
    if (!known.has(text)) missing.set(place, [...(missing.get(place) ?? []), text]);
  return {missing, damage: translated.flatMap(entry => damageOf(entry, said, known))};
}

function damageOf({text, translation, place}, said, known) {
  const damage = [];
  if (!said.has(text)) damage.push('nobody says it');
  if (known.get(text) !== translation) damage.push(`elsewhere it is '${known.get(text)}'`);
  const values = valuesIn(translation).sort().join();
  if (!ONE_OF_TWO.has(text) && values !== valuesIn(text).join())
    damage.push(`it has to use each of its values once: '${translation}'`);
  return damage.map(what => `${place}: '${text}': ${what}`);
}

/** The text of `answerTime`, with a value for each language: a translation uses only one of them. */
const ONE_OF_TWO = new Set(['answer|{}']);

/** The values that a text uses, by number, as `render` counts them. */
function valuesIn(text) {
  let next = 0;
  return [...text.matchAll(/\{(\d?)\}/g)].map(([, index]) =>
    index === '' ? next++ : Number(index),
  );
}

function filesBelow(folder) {
  return readdirSync(folder, {withFileTypes: true, recursive: true})
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}

const TAGS = new Set(['say', 'sayOf', 'message', 'messageOf']);

/** Every template of `say` and `message` in a file, with `{}` for each value. */
function templatesIn(file) {
  const text = readFileSync(file, 'utf8');
  if (!/\b(say|message)(Of\(|`)/.test(text)) return [];
  const found = [];
  const visit = node => {
    if (ts.isTaggedTemplateExpression(node)) {
      const {tag, template} = node;
      if (TAGS.has(tag.getText())) found.push(keyOf(template));
      else if (ts.isCallExpression(tag) && TAGS.has(tag.expression.getText()))
        found.push(`${contextOf(tag, file)}|${keyOf(template)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed(file, text));
  return found;
}

function contextOf({arguments: [context]}, file) {
  if (!context || !ts.isStringLiteral(context))
    throw new Error(`${file}: the context of a text is no word in the code`);
  return context.text;
}

function keyOf(template) {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return [template.head.text, ...template.templateSpans.map(span => span.literal.text)].join('{}');
}

/** The translations in a catalogue, read without running it: it is a literal, `text: translation`. */
function translationsIn(file, top) {
  const found = [];
  const source = parsed(file, readFileSync(file, 'utf8'));
  const visit = node => {
    if (ts.isPropertyAssignment(node)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      const place = `${relative(top, file)}:${line}`;
      if (ts.isComputedPropertyName(node.name) || !ts.isStringLiteralLike(node.initializer))
        throw new Error(`${place}: a translation has to be a plain text`);
      found.push({text: node.name.text, translation: node.initializer.text, place});
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function parsed(file, text) {
  return ts.createSourceFile(basename(file), text, ts.ScriptTarget.Latest, true);
}
