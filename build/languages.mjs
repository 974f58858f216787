/**
 * `npm run languages`: counts the texts for people and, for each language, those without a translation, which appear in English; lists these
 * by file. Fails only for a damaged translation: of an unused text, without one of its values, or different from another of the same text.
 */
import {examine, textsSaid, translations} from './texts.mjs';

const said = textsSaid();
for (const [language, translated] of translations()) {
  const {missing, damage} = examine(said, translated);
  const without = [...missing.values()].flat().length;
  console.log(`${language}: ${said.size} texts, ${without} without a translation`);
  for (const [file, texts] of missing)
    console.log(
      [`  ${file}`, ...texts.map(text => `    ${text.replaceAll('\n', '\\n')}`)].join('\n'),
    );
  for (const line of damage) console.error(`damaged: ${line}`);
  if (damage.length > 0) process.exitCode = 1;
}
