import {resolve} from 'node:path';

/** Options that name a file or a directory. */
const PATHS = ['path', 'file', 'cwd', 'dir', 'log', 'ca', 'cert', 'key', 'config', 'home'];

/**
 * Resolves relative paths of a check or a fix against the directory of the config file: the values of the keys above,
 * and any word of a list (a command) that begins with `./` or `../`.
 */
export function resolvePaths(options: unknown, directory: string): unknown {
  if (typeof options === 'string') return resolveWord(options, directory);
  if (Array.isArray(options))
    return options.map((word: unknown) =>
      typeof word === 'string' ? resolveWord(word, directory) : word,
    );
  if (typeof options !== 'object' || options === null) return options;
  return Object.fromEntries(
    Object.entries(options).map(([key, value]: [string, unknown]) => {
      if (typeof value === 'string' && value !== '' && PATHS.includes(key))
        return [key, resolve(directory, value)];
      return [key, Array.isArray(value) ? resolvePaths(value, directory) : value];
    }),
  );
}

/** A command whose own file lies next to the config file. */
export function resolveWord(word: string, directory: string): string {
  return /^\.\.?\//.test(word) ? resolve(directory, word) : word;
}
