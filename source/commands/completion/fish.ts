import {
  DEFAULT_COMMAND,
  TARGETS_COMMAND,
  TIME_UNITS,
  type CompletionCommand,
  type CompletionOption,
} from './words.ts';

/** For `agent2 completion fish | source`, or for a file in `~/.config/fish/completions/`. */
export function fishCompletion(commands: readonly CompletionCommand[]): string {
  const names = commands.map(({name}) => name).join(' ');
  const lines = commands.flatMap(command => {
    const when = `__agent2_command ${command.name}`;
    return [
      `complete -c agent2 -n '__agent2_first' -f -a ${command.name} -d ${quoted(command.summary)}`,
      ...command.options.map(option => optionLine(when, option)),
      ...command.words.map(
        (choice, index) =>
          `complete -c agent2 -n '__agent2_word ${command.name} ${index + 1}' -f -a ${quoted(choice.join(' '))}`,
      ),
      ...(command.targets
        ? [`complete -c agent2 -n ${quoted(when)} -f -a '(${TARGETS_COMMAND})'`]
        : []),
    ];
  });
  return `# completion of agent2 for fish: agent2 completion fish | source
complete -c agent2 -e
# The words before the one that is typed; the language may stand before the command. Fails behind a --.
function __agent2_words
    set -l words (commandline -opc)[2..-1]
    contains -- -- $words; and return 1
    if test "$words[1]" = --lang
        test (count $words) -ge 2; and set words $words[3..-1]
    else if string match -q -- '--lang=*' "$words[1]"
        set words $words[2..-1]
    end
    test (count $words) -eq 0; or printf '%s\\n' $words
    return 0
end
function __agent2_first
    set -l words (__agent2_words); and test (count $words) -eq 0
end
function __agent2_command
    set -l words (__agent2_words); or return 1
    if contains -- "$words[1]" ${names}
        test "$words[1]" = $argv[1]
    else
        test $argv[1] = ${DEFAULT_COMMAND}
    end
end
function __agent2_word
    set -l words (__agent2_words); and test (count $words) -eq $argv[2]; and test "$words[1]" = $argv[1]
end
function __agent2_time
    set -l typed (commandline -ct | string replace -r '^-.*=' '')
    string match -qr '^[0-9]+$' -- $typed; and printf '%s\\n' $typed{${TIME_UNITS.join(',')}}
end
# What stands behind -- is a command of its own.
function __agent2_child
    contains -- -- (commandline -opc)
end
function __agent2_complete_child
    set -l words (commandline -opc)
    set -l at (contains -i -- -- $words)
    complete -C (string join ' ' -- (string escape -- $words[(math $at + 1)..-1]) (commandline -ct))
end
complete -c agent2 -n __agent2_child -x -a '(__agent2_complete_child)'
${lines.join('\n')}
`;
}

function optionLine(when: string, {flags, description, value}: CompletionOption): string {
  const named = flags
    .map(flag => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
    .join(' ');
  return `complete -c agent2 -n ${quoted(when)} ${named}${valueOf(value)} -d ${quoted(description)}`;
}

function valueOf(value: CompletionOption['value']): string {
  switch (value.kind) {
    case 'none':
      return '';
    case 'free':
      return ' -x';
    case 'time':
      return " -x -a '(__agent2_time)'";
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
