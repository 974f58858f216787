import {resolve} from 'node:path';
import type {Command} from 'commander';
import {
  addMonitorOptions,
  addTargetOptions,
  parser,
  type MonitorOptions,
} from '../../cli/options.ts';

export interface RunOptions extends MonitorOptions {
  readonly lang?: string;
}

/** The words after `agent2 run` that mean the same as these, wherever it is started: paths are whole. */
export function runWords(
  url: string | undefined,
  options: RunOptions,
  child: readonly string[] | undefined,
  cwd: string,
): readonly string[] {
  return [
    ...(url === undefined ? [] : [url]),
    ...optionWords(runOptions(), options, cwd),
    ...(child === undefined ? [] : ['--', ...child]),
  ];
}

function runOptions(): Command {
  return addMonitorOptions(addTargetOptions(parser('run', '')));
}

function optionWords(command: Command, options: RunOptions, cwd: string): readonly string[] {
  const given = options as Readonly<Record<string, unknown>>;
  return command.options.flatMap(option => {
    const long = option.long ?? '';
    const value = given[option.attributeName()];
    if (value === undefined || value === false) return [];
    if (value === true) return [long];
    // One word each: a value that begins with a dash stays a value.
    return (Array.isArray(value) ? value : [value]).map(
      each => `${long}=${PATHS.has(long) ? resolve(cwd, String(each)) : String(each)}`,
    );
  });
}

/** Options whose value is a path. */
const PATHS = new Set(['--config', '--pid-file', '--state-dir', '--record']);
