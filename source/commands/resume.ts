import {defineCommand} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {askMonitor} from '../instances/ask.ts';
import {jsonOption, selectorOptions} from '../cli/selector-options.ts';

export const definition = defineCommand({
  group: 'ask',
  summary: () => say`resumes one paused target or all`,
  words: {target: {completion: 'target'}},
  options: {...selectorOptions, json: jsonOption},
  examples: ['agent2 resume', 'agent2 resume web'],
  run: ({words: {target}, options, out}) =>
    askMonitor({
      what: 'resume',
      body: target === undefined ? {} : {target},
      selector: options,
      json: options.json ?? false,
      out,
    }),
});
