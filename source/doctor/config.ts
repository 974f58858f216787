import {say, render} from '../core/text/say.ts';
import {sanitizeBlock} from '../format/sanitize.ts';
import {typed} from '../format/shell-words.ts';
import {accessFacts} from '../io/files/access-facts.ts';
import type {Examination} from './shared/scene.ts';
import {commandIn} from '../format/try-text.ts';

/** Can the config file be used? */
export const definition: Examination = {
  order: 5,
  about: 'machine',
  what: () => say`config`,
  finds: 'every mistake in the config file, by line and column',
  async examine({config, wrongConfig, machine: {uid}}) {
    if (wrongConfig)
      return [
        {
          id: 'config_wrong',
          level: 'fail',
          seen: sanitizeBlock(render(wrongConfig.text), 2_000),
          next: commandIn(wrongConfig.text) ?? `agent2 config check ${typed([wrongConfig.path])}`,
        },
      ];
    if (config === undefined) return [];
    const facts = accessFacts(config);
    // Root refuses such a file anyway.
    if (uid !== 0 && facts.kind === 'there' && facts.mode & OTHERS_WRITE)
      return [
        {
          id: 'config_open',
          level: 'warn',
          seen: say`everybody may write ${config}, and agent2 runs the commands in it`,
          next: `chmod o-w ${typed([config])}`,
        },
      ];
    return [{id: 'config', level: 'ok', seen: say`${config} is valid`}];
  },
};

const OTHERS_WRITE = 0o002;
