import {resolve} from 'node:path';
import type {Given, OptionRows} from '../contracts/command.ts';
import {flagOf} from './flags.ts';
import {languageOption} from './parse.ts';
import {runOptions} from './run-options.ts';

/** The words and options of a monitor, as typed. */
export interface GivenToRun {
  readonly url: string | undefined;
  readonly given: Readonly<Record<string, Given | undefined>>;
  readonly child: readonly string[] | undefined;
}

/** The words after `agent2 run` that start the same monitor, without options that `run` does not have. `cwd` makes relative paths absolute. */
export function runWords({url, given, child}: GivenToRun, cwd?: string): readonly string[] {
  return [
    ...(url === undefined ? [] : [url]),
    ...optionWords({lang: languageOption, ...runOptions}, given, cwd),
    ...(child === undefined ? [] : ['--', ...child]),
  ];
}

function optionWords(
  rows: OptionRows,
  given: GivenToRun['given'],
  cwd: string | undefined,
): readonly string[] {
  return Object.entries(rows).flatMap(([name, row]) => {
    const texts = given[name];
    if (texts === undefined) return [];
    if (texts === true) return [flagOf(name, row)];
    const isPath = row.value?.completion === 'file' || row.value?.completion === 'directory';
    // `--option=value` in one word: a value may begin with a dash.
    return texts.map(
      text => `${flagOf(name, row)}=${isPath && cwd !== undefined ? resolve(cwd, text) : text}`,
    );
  });
}
