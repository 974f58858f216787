import {TARGETS_COMMAND, type CompletionCommand, type CompletionOption} from './words.ts';

/** For `agent2 completion fish | source`, or a file in `~/.config/fish/completions/`. */
export function fishCompletion(commands: readonly CompletionCommand[]): string {
  const names = commands.map(({name}) => name).join(' ');
  const lines = commands.flatMap(command => {
    const when = command.name === 'watch' ? `not __fish_seen_subcommand_from ${names}; or __fish_seen_subcommand_from watch` : `__fish_seen_subcommand_from ${command.name}`;
    return [
      `complete -c agent2 -n '__agent2_first' -f -a ${command.name} -d ${quoted(command.summary)}`,
      ...command.options.map(option => optionLine(when, option)),
      ...(command.words.length > 0 ? [`complete -c agent2 -n '__agent2_second ${command.name}' -f -a ${quoted(command.words.join(' '))}`] : []),
      ...(command.targets ? [`complete -c agent2 -n ${quoted(when)} -f -a '(${TARGETS_COMMAND})'`] : []),
    ];
  });
  return `# completion of agent2 for fish: agent2 completion fish | source
complete -c agent2 -e
function __agent2_first
    test (count (commandline -opc)) -eq 1
end
function __agent2_second
    set -l words (commandline -opc)
    test (count $words) -eq 2; and test $words[2] = $argv[1]
end
${lines.join('\n')}
`;
}

function optionLine(when: string, {flags, description, value}: CompletionOption): string {
  const named = flags.map(flag => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(' ');
  return `complete -c agent2 -n ${quoted(when)} ${named}${valueOf(value)} -d ${quoted(description)}`;
}

function valueOf(value: CompletionOption['value']): string {
  switch (value.kind) {
    case 'none':
      return '';
    case 'free':
      return ' -x';
    case 'file':
      return ' -r -F';
    case 'directory':
      return " -x -a '(__fish_complete_directories)'";
    case 'target':
      return ` -x -a '(${TARGETS_COMMAND})'`;
    case 'one of':
      return ` -x -a ${quoted(value.words.join(' '))}`;
  }
}

/** Fish knows \\' between single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
