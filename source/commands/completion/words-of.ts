import {load as serviceFiles} from 'agent2:service-files';
import type {Option} from 'commander';
import {presetNames} from '../../config/presets.ts';
import type {CommandDefinition} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import {levels} from '../../documents/log-line.ts';
import type {CompletionCommand, CompletionOption, CompletionValue} from './words.ts';
import {languages} from '../../cli/language.ts';
import {parserOf} from '../../cli/options.ts';
import {themeNames} from '../../cli/themes.ts';

/** What can be typed behind the name of a command: its options as its own parser knows them, its words as its usage shows them. */
export async function completionOf(
  name: string,
  definition: CommandDefinition,
): Promise<CompletionCommand> {
  const command = await parserOf(definition);
  const [, ...words] = definition.usage.split(' ');
  const free = words.findIndex(word => choicesOf(word).length === 0);
  return {
    name,
    summary: definition.summary,
    options: [...command.options, helpOption()].map(option => completionOption(option)),
    words: words.slice(0, free < 0 ? words.length : free).map(choicesOf),
    targets: words.some(word => word.replace(/[[\]]/g, '').toLowerCase() === 'target'),
  };
}

/** What may stand where the usage says `print|install`, `[prune|all]`, or a word in capitals that means one of a few. */
function choicesOf(word: string): readonly string[] {
  if (word === 'NAME') return presetNames;
  if (word === 'KIND') return Object.keys(serviceFiles);
  const plain = word.replace(/[[\]]/g, '');
  return plain.includes('|') ? plain.split('|') : [];
}

const helpOption = () => ({
  short: '-h',
  long: '--help',
  description: say`show this help`,
  flags: '-h, --help',
});

function completionOption({
  short,
  long,
  description,
  flags,
}: Pick<Option, 'short' | 'long' | 'description' | 'flags'>): CompletionOption {
  return {
    flags: [short, long].filter(flag => flag !== undefined && flag !== null),
    description,
    value: valueOf(long ?? '', flags),
  };
}

/** Known by the option, else by how its value is called. */
function valueOf(long: string, flags: string): CompletionValue {
  const wanted = /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1];
  if (wanted === undefined) return {kind: 'none'};
  const words = CHOICES[long];
  if (words) return {kind: 'one of', words: words()};
  if (long === '--name' || long === '--target') return {kind: 'target'};
  if (wanted === 'TIME') return {kind: 'time'};
  if (wanted === 'FILE') return {kind: 'file'};
  return {kind: wanted === 'DIR' ? 'directory' : 'free'};
}

const CHOICES: Readonly<Record<string, () => readonly string[]>> = {
  '--preset': () => presetNames,
  '--theme': themeNames,
  '--lang': () => languages,
  '--log-level': () => levels,
  '--level': () => levels,
  '--log-format': () => ['text', 'json'],
  '--on-hangup': () => ['detach', 'exit'],
};
