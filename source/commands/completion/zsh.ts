import {
  DEFAULT_COMMAND,
  TARGETS_COMMAND,
  TIME_UNITS,
  quoted,
  type CompletionCommand,
  type CompletionOption,
} from './words.ts';

/** For a file `_agent2` in `$fpath`, or `source <(agent2 completion zsh)`. */
export function zshCompletion(commands: readonly CompletionCommand[]): string {
  return `#compdef agent2
# completion of agent2 for zsh: source <(agent2 completion zsh), after compinit
_agent2_targets() {
  local -a targets
  targets=(\${(f)"$(${TARGETS_COMMAND})"})
  compadd -a targets
}
_agent2_time() {
  if [[ $PREFIX == <-> ]]; then compadd -- $PREFIX{${TIME_UNITS.join(',')}}; else _message 'time, e.g. 5s'; fi
}
_agent2() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
${commands.map(({name, summary}) => `    ${quoted(`${name}:${escaped(summary)}`)}`).join('\n')}
  )
  # What stands behind -- is a command of its own.
  local -i end=\${words[(i)--]}
  if (( end < CURRENT )); then
    shift $end words
    (( CURRENT -= end ))
    _normal
    return
  fi
  # The language may stand before the command.
  if (( CURRENT > 3 )) && [[ \${words[2]} == --lang ]]; then
    words[2,3]=()
    (( CURRENT -= 2 ))
  elif (( CURRENT > 2 )) && [[ \${words[2]} == --lang=* ]]; then
    words[2]=()
    (( CURRENT-- ))
  fi
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
  const placed = words.map((choice, index) => quoted(`${index + 1}:${name}:(${choice.join(' ')})`));
  const rest = targets ? [quoted('*:target:_agent2_targets')] : [quoted('*: :_default')];
  return `    ${name}) _arguments -s ${[...options.flatMap(optionSpecs), ...placed, ...rest].join(' ')} ;;`;
}

/** `=` allows a value in the same word: `--preset=dev`. */
function optionSpecs({flags, description, value}: CompletionOption): string[] {
  return flags.map(flag =>
    quoted(
      `*${flag}${value.kind !== 'none' && flag.startsWith('--') ? '=' : ''}[${escaped(description)}]${value.kind === 'none' ? '' : `:value:${actionFor(value)}`}`,
    ),
  );
}

function actionFor(value: CompletionOption['value']): string {
  switch (value.kind) {
    case 'file':
      return '_files';
    case 'directory':
      return '_files -/';
    case 'target':
      return '_agent2_targets';
    case 'time':
      return '_agent2_time';
    case 'one of':
      return `(${value.words.join(' ')})`;
    default:
      return ' ';
  }
}

function escaped(text: string): string {
  return text.replace(/[\\:[\]]/g, '\\$&');
}
