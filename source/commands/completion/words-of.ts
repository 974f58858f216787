import type {CommandDefinition, Completion, OptionRow} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import {flagOf} from '../../cli/flags.ts';
import {withLanguage} from '../../cli/parse.ts';
import type {CompletionCommand, CompletionOption, CompletionValue} from './words.ts';

/**
 * The completions after the name of a command, from its definition: commander's options (`cli/parse.ts`) do not say whether a value is a time, a file
 * or a target, and nothing about words.
 */
export function completionOf(name: string, command: CommandDefinition): CompletionCommand {
  const words = Object.values(command.words);
  const choices = words.map(({choices, completion}) =>
    choices ? Object.keys(choices) : typeof completion === 'object' ? completion.oneOf() : [],
  );
  const free = choices.findIndex(each => each.length === 0);
  return {
    name,
    summary: command.summary(),
    options: [
      ...Object.entries(withLanguage(command.options)).map(([option, row]) =>
        completionOption(option, row),
      ),
      {flags: ['-h', '--help'], description: say`print this help`, value: {kind: 'none'}},
    ],
    words: choices.slice(0, free < 0 ? choices.length : free),
    targets: words.some(({completion}) => completion === 'target'),
  };
}

function completionOption(name: string, row: OptionRow): CompletionOption {
  return {
    flags: [...(row.short === undefined ? [] : [`-${row.short}`]), flagOf(name, row)],
    description: row.help(),
    value: row.value ? valueOf(row.value.completion) : {kind: 'none'},
  };
}

function valueOf(completion: Completion): CompletionValue {
  if (typeof completion === 'object') return {kind: 'one of', words: completion.oneOf()};
  return {kind: completion === 'nothing' ? 'free' : completion};
}
