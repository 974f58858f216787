import {join, resolve} from 'node:path';
import {UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {sanitize} from '../format/sanitize.ts';
import {isThere} from '../io/files/config-file.ts';

const NAMES = ['agent2.yaml', 'agent2.yml', 'agent2.json'];

/**
 * The config file to use: `--config`, else one of this directory, else one of `$XDG_CONFIG_HOME/agent2`; undefined when there is none.
 * Throws a `UsageError` when the one that was named is missing.
 */
export function findConfig(
  option: string | undefined,
  env: NodeJS.ProcessEnv,
  cwd: string,
  home: string,
): string | undefined {
  if (option === '')
    throw new UsageError(message`--config '' is empty; give a path, e.g. --config agent2.yaml`);
  if (option !== undefined) {
    if (isThere(resolve(cwd, option))) return option;
    throw new UsageError(
      message`the config file ${sanitize(option, 200)} does not exist; correct the path, or write an example: agent2 config init ${sanitize(option, 200)}`,
    );
  }
  const base = env['XDG_CONFIG_HOME']?.startsWith('/')
    ? env['XDG_CONFIG_HOME']
    : join(home, '.config');
  return (
    NAMES.find(name => isThere(join(cwd, name))) ??
    NAMES.map(name => join(base, 'agent2', name)).find(isThere)
  );
}
