import {load} from 'agent2:commands';
import {defineCommand, EXIT} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import {bashCompletion} from './bash.ts';
import {fishCompletion} from './fish.ts';
import {zshCompletion} from './zsh.ts';
import {completionOf} from './words-of.ts';
import {watchedNames} from '../../instances/find.ts';

export const definition = defineCommand({
  group: 'setup',
  summary: () => say`prints the completion script of a shell`,
  words: {
    shell: {
      required: true,
      choices: {
        bash: () => 'eval "$(agent2 completion bash)"',
        zsh: () => 'source <(agent2 completion zsh)',
        fish: () => 'agent2 completion fish | source',
        targets: () => say`print the names of all watched targets, as the scripts do`,
      },
    },
  },
  options: {},
  notes: () => [say`Run the line for your shell, or add it to the shell's start file.`],
  examples: ['eval "$(agent2 completion bash)"', 'agent2 completion fish | source'],
  async run({words: {shell}, out}) {
    out.write(
      shell === 'targets'
        ? watchedNames()
            .map(name => `${name}\n`)
            .join('')
        : await script(shell),
    );
    return EXIT.done;
  },
});

async function script(shell: 'bash' | 'zsh' | 'fish'): Promise<string> {
  const commands = await Promise.all(
    Object.entries(load).map(async ([name, definition]) => completionOf(name, await definition())),
  );
  switch (shell) {
    case 'bash':
      return bashCompletion(commands);
    case 'zsh':
      return zshCompletion(commands);
    case 'fish':
      return fishCompletion(commands);
  }
}
