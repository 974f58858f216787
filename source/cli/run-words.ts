import {resolve} from 'node:path';
import type {Given, OptionRows} from '../contracts/command.ts';
import {flagOf} from './flags.ts';
import {languageOption} from './parse.ts';
import {runOptions} from './run-options.ts';

/** What a monitor is started with, as typed. */
export interface GivenToRun {
  readonly url: string | undefined;
  readonly given: Readonly<Record<string, Given | undefined>>;
  readonly child: readonly string[] | undefined;
}

/** The words after `agent2 run` that start the same monitor; options that `run` does not have are left out. With a `cwd` they mean the same in any directory. */
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
    // One word each: a value that begins with a dash stays a value.
    return texts.map(
      text => `${flagOf(name, row)}=${isPath && cwd !== undefined ? resolve(cwd, text) : text}`,
    );
  });
}
