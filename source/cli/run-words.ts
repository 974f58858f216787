import {Command} from 'commander';
import {addScreenOptions, splitChild} from './options.ts';

/** The words of a screen for the command `run`: the same, but for what is about the screen alone. */
export function runWords(argv: readonly string[]): readonly string[] {
  const {own, child} = splitChild(argv);
  const {options} = addScreenOptions(new Command());
  const words: string[] = [];
  for (let index = 0; index < own.length; index++) {
    const word = own[index] ?? '';
    const option = options.find(({long}) => long === word.split('=')[0]);
    if (option === undefined) words.push(word);
    else if (option.required && !word.includes('=')) index++;
  }
  return child === undefined ? words : [...words, '--', ...child];
}
