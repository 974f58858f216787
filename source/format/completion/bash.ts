import {DEFAULT_COMMAND, TARGETS_COMMAND, quoted, type CompletionCommand, type CompletionOption} from './words.ts';

/** For `eval "$(agent2 completion bash)"`; works without the package bash-completion, and in bash 3.2. */
export function bashCompletion(commands: readonly CompletionCommand[]): string {
  const names = commands.map(({name}) => name).join(' ');
  return `# completion of agent2 for bash: eval "$(agent2 completion bash)"
_agent2() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=${DEFAULT_COMMAND} at=0 i
  COMPREPLY=()
  case " ${names} " in *" \${COMP_WORDS[1]} "*) if [ "$COMP_CWORD" -gt 1 ]; then command=\${COMP_WORDS[1]} at=1; fi ;; esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [ "\${COMP_WORDS[i]}" = -- ]; then
      COMPREPLY=($(compgen -c -f -- "$current"))
      return
    fi
  done
  case $command in
${commands.map(commandCase).join('\n')}
  esac
  if [ "$at" = 0 ] && [ "$COMP_CWORD" = 1 ]; then
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
  const first = words.length > 0 ? `if [ "$COMP_CWORD" = 2 ]; then COMPREPLY=($(compgen -W ${quoted(words.join(' '))} -- "$current")); return; fi; ` : '';
  const rest = targets ? `COMPREPLY=($(compgen -W "$(${TARGETS_COMMAND})" -- "$current"))` : ':';
  return `    ${name})
      case $previous in
${[...values, '        *) ;;'].join('\n')}
      esac
      case $current in
        -*) COMPREPLY=($(compgen -W ${quoted(flags)} -- "$current")); return ;;
        *) ${first}${rest} ;;
      esac
      ;;`;
}

function valueCase({flags, value}: CompletionOption): string[] {
  const found = foundFor(value);
  return found === undefined ? [] : [`        ${flags.join('|')}) ${found === '' ? '' : `COMPREPLY=($(${found})); `}return ;;`];
}

function foundFor(value: CompletionOption['value']): string | undefined {
  switch (value.kind) {
    case 'none':
      return undefined;
    case 'free':
      return '';
    case 'file':
      return 'compgen -f -- "$current"';
    case 'directory':
      return 'compgen -d -- "$current"';
    case 'target':
      return `compgen -W "$(${TARGETS_COMMAND})" -- "$current"`;
    case 'one of':
      return `compgen -W ${quoted(value.words.join(' '))} -- "$current"`;
  }
}
