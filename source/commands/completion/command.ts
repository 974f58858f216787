import {load} from 'agent2:commands';
import {didYouMean} from '../../config/did-you-mean.ts';
import {EXIT, UsageError, type CommandDefinition} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import {bashCompletion} from './bash.ts';
import {fishCompletion} from './fish.ts';
import type {CompletionCommand} from './words.ts';
import {zshCompletion} from './zsh.ts';
import {sanitize} from '../../format/sanitize.ts';
import {completionOf} from './words-of.ts';
import {parse, parser} from '../../cli/options.ts';
import {watchedNames} from '../../instances/find.ts';

const shells: Readonly<Record<string, (commands: readonly CompletionCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export const definition: CommandDefinition = {
  usage: 'completion bash|zsh|fish',
  get summary() {
    return say`prints what a shell needs to complete the words of agent2`;
  },
  async run(argv) {
    const command = parser('completion', definition.summary, [
      'eval "$(agent2 completion bash)"',
    ]).usage('bash|zsh|fish');
    const parsed = parse(command, argv, 1, say`wanted is one shell, e.g. agent2 completion bash`);
    if (parsed.kind === 'help') {
      process.stdout.write(
        `${parsed.text}\n${say`Use it in this shell, or put the line into its start file:`}\n  eval "$(agent2 completion bash)"\n  source <(agent2 completion zsh)\n  agent2 completion fish | source\n`,
      );
      return EXIT.done;
    }
    const [word] = parsed.words;
    // What the scripts ask at each key press: the names of what is watched.
    if (word === 'targets') {
      process.stdout.write(
        watchedNames()
          .map(name => `${name}\n`)
          .join(''),
      );
      return EXIT.done;
    }
    const script = shells[word ?? ''];
    if (!script) {
      const given =
        word === undefined
          ? say`completion needs the name of a shell`
          : say`there is no completion for '${sanitize(word, 40)}'`;
      throw new UsageError(
        say`${given}; wanted is ${Object.keys(shells).join(', ')}, e.g. agent2 completion bash${word === undefined ? '' : didYouMean(word, Object.keys(shells), 'agent2 completion ')}`,
      );
    }
    const commands = await Promise.all(
      Object.entries(load).map(async ([name, definition]) =>
        completionOf(name, await definition()),
      ),
    );
    process.stdout.write(script(commands));
    return EXIT.done;
  },
};
