import {
  DEFAULT_COMMAND,
  TARGETS_COMMAND,
  TIME_UNITS,
  quoted,
  type CompletionCommand,
  type CompletionOption,
} from './words.ts';

/**
 * For `eval "$(agent2 completion bash)"`; works without the package bash-completion, and in bash 3.2, which has no compopt. Readline completes
 * files, because it quotes their names. Readline splits `--preset=dev` into three words.
 */
export function bashCompletion(commands: readonly CompletionCommand[]): string {
  const names = commands.map(({name}) => name).join(' ');
  return `# completion of agent2 for bash: eval "$(agent2 completion bash)"
_agent2_nothing() {
  compopt +o default 2>/dev/null || true
}
_agent2_directories() {
  compopt +o default -o dirnames 2>/dev/null || true
}
_agent2_time() {
  _agent2_nothing
  case $1 in
    '' | *[!0-9]*) ;;
    *) COMPREPLY=(${TIME_UNITS.map(unit => `"$1${unit}"`).join(' ')}) ;;
  esac
}
_agent2() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=${DEFAULT_COMMAND} at=0 i
  COMPREPLY=()
  if [ "$current" = = ]; then current=''; elif [ "$previous" = = ]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi
  current=\${current#[\\"\\']}
  if [ "\${COMP_WORDS[1]}" = --lang ]; then
    if [ "\${COMP_WORDS[2]}" = = ]; then at=3; else at=2; fi
    if [ "$COMP_CWORD" -le "$at" ]; then at=0; fi
  fi
  local first=$((at + 1))
  case " ${names} " in *" \${COMP_WORDS[first]} "*) if [ "$COMP_CWORD" -gt "$first" ]; then command=\${COMP_WORDS[first]}; fi ;; esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [ "\${COMP_WORDS[i]}" = -- ]; then
      if [ "$COMP_CWORD" = $((i + 1)) ]; then COMPREPLY=($(compgen -c -- "$current")); fi
      return
    fi
  done
  case $command in
${commands.map(commandCase).join('\n')}
  esac
  if [ "$COMP_CWORD" = "$first" ]; then
    case $current in
      -*) ;;
      *) COMPREPLY=($(compgen -W ${quoted(names)} -- "$current")) ;;
    esac
  fi
}
complete -o default -F _agent2 agent2
`;
}

function commandCase({name, options, words, targets}: CompletionCommand): string {
  const flags = options.flatMap(option => option.flags).join(' ');
  const values = options.flatMap(valueCase);
  const placed = words
    .map(
      (choice, index) =>
        `if [ "$COMP_CWORD" = $((first + ${index + 1})) ]; then COMPREPLY=($(compgen -W ${quoted(choice.join(' '))} -- "$current")); return; fi; `,
    )
    .join('');
  const rest = targets ? `COMPREPLY=($(compgen -W "$(${TARGETS_COMMAND})" -- "$current"))` : ':';
  return `    ${name})
      case $previous in
${[...values, '        *) ;;'].join('\n')}
      esac
      case $current in
        -*) COMPREPLY=($(compgen -W ${quoted(flags)} -- "$current")); return ;;
        *) ${placed}${rest} ;;
      esac
      ;;`;
}

function valueCase({flags, value}: CompletionOption): string[] {
  const found = foundFor(value);
  return found === undefined ? [] : [`        ${flags.join('|')}) ${found}return ;;`];
}

function foundFor(value: CompletionOption['value']): string | undefined {
  switch (value.kind) {
    case 'none':
      return undefined;
    case 'free':
      return '_agent2_nothing; ';
    case 'time':
      return '_agent2_time "$current"; ';
    case 'file':
      return '';
    case 'directory':
      return '_agent2_directories; ';
    case 'target':
      return `_agent2_nothing; COMPREPLY=($(compgen -W "$(${TARGETS_COMMAND})" -- "$current")); `;
    case 'one of':
      return `_agent2_nothing; COMPREPLY=($(compgen -W ${quoted(value.words.join(' '))} -- "$current")); `;
  }
}
