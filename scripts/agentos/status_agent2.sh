#!/bin/sh
# AgentOS's status_agent2.sh: how it is, and its last fixes.
set -u
exec sh "$(dirname -- "$0")/manage_multi_agent.sh" status agent2 "$@"
