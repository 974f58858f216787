#!/bin/sh
# AgentOS's stop_agent2.sh: stops it.
set -u
exec sh "$(dirname -- "$0")/manage_multi_agent.sh" stop agent2 "$@"
