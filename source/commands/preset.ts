import {presetNames} from '../config/presets.ts';
import {defineCommand} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {definedOnly} from '../format/defined-only.ts';
import {askMonitor} from '../instances/ask.ts';
import {jsonOption, selectorOptions} from '../cli/selector-options.ts';

export const definition = defineCommand({
  group: 'ask',
  summary: () => say`changes the timings and limits of one target or all targets`,
  words: {
    name: {
      called: 'NAME',
      required: true,
      completion: {oneOf: () => presetNames},
    },
    target: {completion: 'target'},
  },
  options: {...selectorOptions, json: jsonOption},
  examples: ['agent2 preset prod', 'agent2 preset dev web'],
  run: ({words: {name, target}, options, out}) =>
    askMonitor({
      what: 'preset',
      body: definedOnly({name, target}),
      selector: options,
      json: options.json ?? false,
      out,
    }),
});
