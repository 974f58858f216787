#!/bin/sh
# AgentOS's manage_multi_agent.sh on top of agent2: the same words, the same files in ~/.agentos/multi_agent.
#
#   manage_multi_agent.sh {start|stop|restart|status|logs|check|doctor} [agent1|agent2|all] [options of agent2]
#
# AGENT2          the program (default: agent2 of PATH, else that of the package that holds this script)
# AGENT2_LANG     zh (default, as AgentOS speaks; its log one-liners want it) or en
# AGENT2_RESTART  what restarts the WebUI where no Agent1 takes restart signals, e.g. 'agentos webui restart'
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
dir=${AGENT2_STATE_DIR:-$HOME/.agentos/multi_agent}
lang=${AGENT2_LANG:-zh}

agent2() {
  if [ -n "${AGENT2:-}" ]; then "$AGENT2" "$@"
  elif command -v agent2 >/dev/null 2>&1; then command agent2 "$@"
  elif [ -f "$here/../../dist/cli.js" ]; then node "$here/../../dist/cli.js" "$@"
  else
    say '找不到 agent2：npm install -g agent2，或用 AGENT2=路径 指定' 'agent2 is not there: npm install -g agent2, or name it by AGENT2=PATH' >&2
    return 127
  fi
}

# The text in Chinese, and in English.
say() {
  if [ "$lang" = zh ]; then printf '%s\n' "$1"; else printf '%s\n' "$2"; fi
}

usage() {
  say "用法: $0 {start|stop|restart|status|logs|check|doctor} [agent1|agent2|all] [agent2 的选项]" "usage: $0 {start|stop|restart|status|logs|check|doctor} [agent1|agent2|all] [options of agent2]"
}

# A value of the first level of the status file.
field() {
  sed -n "s/^  \"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$dir/agent2_status.json" 2>/dev/null | head -n 1
}

# The fixes of the first level, one a line as `[time] issue -> action (result)`, oldest first.
fixes() {
  sed -n '/^  "fixes": \[/,/^  \]/p' "$dir/agent2_status.json" 2>/dev/null | awk '
    function value() { sub(/^ *"[a-z_]*": "/, ""); sub(/",?$/, ""); return $0 }
    /^      "timestamp"/ { at = value() }
    /^      "issue"/ { issue = value() }
    /^      "action"/ { action = value() }
    /^      "result"/ { print "  - [" at "] " issue " -> " action " (" value() ")" }'
}

start_agent2() {
  mkdir -p "$dir" || return 1
  if [ -n "${AGENT2_RESTART:-}" ]; then set -- --restart "$AGENT2_RESTART" "$@"; fi
  # For a restart, where the words of the running monitor cannot be read. The file is private: a word may be a secret.
  (umask 077 && { [ $# -eq 0 ] || printf '%s\n' "$@"; } >"$dir/start_words")
  launch_agent2 --lang "$lang" --state-dir "$dir" "$@"
}

launch_agent2() {
  say '启动 Agent2 监控器...' 'starting Agent2 ...'
  agent2 start "$@" || return $?
  say "日志文件: $dir/agent2.log" "log: $dir/agent2.log"
  say "PID 文件: $dir/agent2.pid" "pid file: $dir/agent2.pid"
  say "Agent2 启动成功 (PID: $(cat "$dir/agent2.pid"))" "Agent2 started (PID: $(cat "$dir/agent2.pid"))"
}

stop_agent2() {
  say '停止 Agent2 监控器...' 'stopping Agent2 ...'
  agent2 stop --lang "$lang" --state-dir "$dir" "$@" || return $?
  say 'Agent2 已停止' 'Agent2 is stopped'
}

# The block that AgentOS's script printed, then what agent2 says itself. The exit code is that of agent2 status: 0 ok, 1 warn, 2 down, 3 unknown.
status_agent2() {
  shown=$(agent2 status --lang "$lang" --state-dir "$dir" "$@")
  code=$?
  case " $* " in *' --json '*)
    printf '%s\n' "$shown"
    return $code
    ;;
  esac
  say '=== Agent2 监控器状态 ===' '=== Agent2 status ==='
  echo
  pid=$(cat "$dir/agent2.pid" 2>/dev/null)
  say '进程状态:' 'process:'
  # A pid that is left over from a killed monitor, and by now somebody else's, is told by agent2 below.
  if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; then
    say '  状态: 运行中' '  state: running'
    echo "  PID: $pid"
    ps -o pcpu= -o pmem= -o rss= -o etime= -p "$pid" 2>/dev/null | while read -r cpu memory rss age; do
      say "  CPU: $cpu%" "  CPU: $cpu%"
      say "  内存: $memory% (RSS: $rss KB)" "  memory: $memory% (RSS: $rss KB)"
      say "  运行时长: $age" "  up: $age"
    done
  else
    say '  状态: 未运行' '  state: not running'
  fi
  echo
  say '监控状态:' 'monitoring:'
  say "  运行状态: $(field status)" "  status: $(field status)"
  say "  健康状态: $(field health_status)" "  health: $(field health_status)"
  say "  最后检查: $(field last_check)" "  last check: $(field last_check)"
  say "  连续失败: $(field consecutive_failures)" "  failures in a row: $(field consecutive_failures)"
  say "  修复次数: $(fixes | grep -c .)" "  fixes: $(fixes | grep -c .)"
  echo
  if fixes | grep -q .; then
    say '最近修复记录 (最多显示 5 条):' 'last fixes (at most 5):'
    fixes | tail -n 5
    echo
  fi
  printf '%s\n' "$shown"
  return $code
}

logs_agent2() { agent2 logs --lang "$lang" --state-dir "$dir" "$@"; }
check_agent2() { agent2 check --lang "$lang" "$@"; }
doctor_agent2() { agent2 doctor --lang "$lang" --state-dir "$dir" "$@"; }

# The words with which the running monitor was started, one a line; nothing when they cannot be known.
running_words() {
  pid=$(cat "$dir/agent2.pid" 2>/dev/null)
  if [ -n "$pid" ] && [ -r "/proc/$pid/cmdline" ]; then
    # node, options of node, the program, run, then the words.
    tr '\0' '\n' <"/proc/$pid/cmdline" | awk 'found { print } $0 == "run" { found = 1 }'
  elif [ -f "$dir/start_words" ]; then
    printf '%s\n' --lang "$lang" --state-dir "$dir"
    cat "$dir/start_words"
  fi
}

# Starts it again as it was: its preset, its options and its fix stay. Words given here come after those, so that they win.
restart_agent2() {
  words=$(running_words)
  place=$(readlink "/proc/$(cat "$dir/agent2.pid" 2>/dev/null)/cwd" 2>/dev/null)
  stop_agent2 || return $?
  if [ -z "$words" ]; then
    start_agent2 "$@"
    return
  fi
  if [ -n "${AGENT2_RESTART:-}" ]; then set -- --restart "$AGENT2_RESTART" "$@"; fi
  given=$#
  child=no
  while IFS= read -r word; do
    if [ "$word" = -- ] && [ "$child" = no ]; then
      child=yes
      # The given words go before the command of a child.
      while [ "$given" -gt 0 ]; do
        first=$1
        shift
        set -- "$@" "$first"
        given=$((given - 1))
      done
    fi
    set -- "$@" "$word"
  done <<WORDS
$words
WORDS
  while [ "$given" -gt 0 ]; do
    first=$1
    shift
    set -- "$@" "$first"
    given=$((given - 1))
  done
  # Relative paths among the words are relative to where it was started.
  (cd "${place:-.}" && launch_agent2 "$@")
}

# Agent1 belongs to AgentOS: its scripts are called where they lie beside this one.
agent1() {
  if [ -f "$here/$1_agent1.sh" ]; then sh "$here/$1_agent1.sh"
  else say "Agent1 由 AgentOS 提供，这里没有 $1_agent1.sh；没有 Agent1 时用 AGENT2_RESTART='agentos webui restart'" "Agent1 belongs to AgentOS, and $1_agent1.sh is not here; without Agent1: AGENT2_RESTART='agentos webui restart'" >&2
  fi
}

verb=${1:-}
[ $# -gt 0 ] && shift
who=agent2
case ${1:-} in agent1 | agent2 | all)
  who=$1
  shift
  ;;
esac

case $verb in
start | stop | restart | status | logs | check | doctor) ;;
-h | --help | help)
  usage
  exit 0
  ;;
*)
  usage >&2
  exit 64
  ;;
esac

case $who in
agent1)
  agent1 "$verb"
  [ -f "$here/${verb}_agent1.sh" ]
  ;;
all)
  case $verb in start | stop | restart | status) agent1 "$verb" ;; esac
  "${verb}_agent2" "$@"
  ;;
*) "${verb}_agent2" "$@" ;;
esac
