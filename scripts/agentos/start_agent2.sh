#!/bin/sh
# AgentOS's start_agent2.sh: starts Agent2 in the background.
set -u
exec sh "$(dirname -- "$0")/manage_multi_agent.sh" start agent2 "$@"
