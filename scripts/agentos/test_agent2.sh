#!/bin/sh
# AgentOS's test_agent2.sh: is Agent2 running, does its status file hold what it should, does it check, what does its log say?
# With --fault (or when asked on a terminal) it also ends the WebUI and waits for Agent2 to notice. Exit code 0 when all passed.
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
dir=${AGENT2_STATE_DIR:-$HOME/.agentos/multi_agent}
lang=${AGENT2_LANG:-zh}
status=$dir/agent2_status.json
failed=0

say() {
  if [ "$lang" = zh ]; then printf '%s\n' "$1"; else printf '%s\n' "$2"; fi
}
passed() { say "  ✓ $1" "  ✓ $2"; }
failed() {
  say "  ✗ $1" "  ✗ $2"
  failed=$((failed + 1))
}
field() {
  sed -n "s/^  \"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$status" 2>/dev/null | head -n 1
}
# Looks once a second until the words succeed, at most $1 seconds.
within() {
  left=$1
  shift
  while ! "$@"; do
    [ "$left" -gt 0 ] || return 1
    left=$((left - 1))
    sleep 1
  done
}
is_running() {
  pid=$(cat "$dir/agent2.pid" 2>/dev/null)
  [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null
}
has_checked_since() { [ "$(field last_check)" != "$1" ]; }
has_noticed() { [ "$(field health_status)" != ok ] || [ -e "$dir/restart_signal" ]; }

say '测试 1: 运行状态' 'test 1: is it running?'
if is_running; then passed "Agent2 运行中 (PID: $pid)" "Agent2 is running (PID: $pid)"
else
  failed "Agent2 未运行；请执行 $here/start_agent2.sh" "Agent2 is not running; start it: $here/start_agent2.sh"
  exit 1
fi

say '测试 2: 状态文件' 'test 2: its status file'
for key in status last_check health_status consecutive_failures; do
  if [ -n "$(field $key)" ]; then passed "$key = $(field $key)" "$key = $(field $key)"; else failed "$status 中没有 $key" "$status has no $key"; fi
done

say '测试 3: 监控周期' 'test 3: does it check?'
before=$(field last_check)
if within 20 has_checked_since "$before"; then passed '完成了一次检查' 'it made a check'; else failed '20 秒内没有检查' 'no check within 20 seconds'; fi

say '测试 4: 故障恢复（可选）' 'test 4: a fault (optional)'
answer=n
if [ "${1:-}" = --fault ]; then answer=y
elif [ -t 0 ]; then
  say '  停止 WebUI 以观察 Agent2 的反应? [y/N]' '  end the WebUI and see what Agent2 does? [y/N]'
  read -r answer
fi
case $answer in y | Y)
  webui=$(cat "$HOME/.agentos/webui.pid" 2>/dev/null)
  case $webui in '' | *[!0-9]* | 0 | 1) failed "没有 $HOME/.agentos/webui.pid，WebUI 未运行" "no $HOME/.agentos/webui.pid: the WebUI does not run" ;;
  *)
    kill "$webui"
    if within 60 has_noticed; then passed 'Agent2 发现了故障' 'Agent2 noticed the fault'; else failed 'Agent2 在 60 秒内没有发现故障' 'Agent2 did not notice it within 60 seconds'; fi
    ;;
  esac
  ;;
*) say '  已跳过 (--fault 执行)' '  skipped (--fault does it)' ;;
esac

say '测试 5: 日志' 'test 5: its log'
if [ ! -s "$dir/agent2.log" ]; then failed "没有日志 $dir/agent2.log" "no log $dir/agent2.log"
else
  errors=$(tail -n 100 "$dir/agent2.log" | grep -c ' ERROR ')
  passed "最近 100 行中有 $errors 条 ERROR" "$errors ERROR lines among the last 100"
fi

if [ "$failed" -eq 0 ]; then
  say '所有测试通过' 'all tests passed'
else
  say "$failed 项未通过；请执行: $here/manage_multi_agent.sh doctor" "$failed failed; try: $here/manage_multi_agent.sh doctor"
  exit 1
fi
