import {DEFAULT_COMMAND, TARGETS_COMMAND, quoted, type CompletionCommand, type CompletionOption} from './words.ts';

/** For a file `_agent2` in `$fpath`, or `source <(agent2 completion zsh)`. */
export function zshCompletion(commands: readonly CompletionCommand[]): string {
  return `#compdef agent2
# completion of agent2 for zsh: source <(agent2 completion zsh), after compinit
_agent2_targets() {
  local -a targets
  targets=(\${(f)"$(${TARGETS_COMMAND})"})
  compadd -a targets
}
_agent2() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
${commands.map(({name, summary}) => `    ${quoted(`${name}:${escaped(summary)}`)}`).join('\n')}
  )
  local command=${DEFAULT_COMMAND}
  if (( CURRENT > 2 )) && (( \${commands[(I)\${words[2]}:*]} )); then
    command=\${words[2]}
    shift words
    (( CURRENT-- ))
  elif (( CURRENT == 2 )) && [[ \${words[2]} != -* ]]; then
    _describe -t commands 'agent2 command' commands
    return
  fi
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = _agent2 ]; then _agent2 "$@"; else compdef _agent2 agent2; fi
`;
}

function commandCase({name, options, words, targets}: CompletionCommand): string {
  const first = words.length > 0 ? [quoted(`1:${name}:(${words.join(' ')})`)] : [];
  const rest = targets ? [quoted('*:target:_agent2_targets')] : [quoted('*: :_default')];
  return `    ${name}) _arguments -s ${[...options.flatMap(optionSpecs), ...first, ...rest].join(' ')} ;;`;
}

function optionSpecs({flags, description, value}: CompletionOption): string[] {
  return flags.map(flag => quoted(`*${flag}[${escaped(description)}]${value.kind === 'none' ? '' : `:value:${actionFor(value)}`}`));
}

function actionFor(value: CompletionOption['value']): string {
  switch (value.kind) {
    case 'file':
      return '_files';
    case 'directory':
      return '_files -/';
    case 'target':
      return '_agent2_targets';
    case 'one of':
      return `(${value.words.join(' ')})`;
    default:
      return ' ';
  }
}

function escaped(text: string): string {
  return text.replace(/[\\:[\]]/g, '\\$&');
}
