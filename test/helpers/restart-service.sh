#!/bin/sh
# A restart command as people write them: stops the demo service that the pid file names, then starts another, detached.
#   restart-service.sh NODE SERVICE PID_FILE PORT [further arguments of the service]
node=$1 service=$2 pid_file=$3 port=$4
shift 4

# A zombie counts as gone: whoever should reap it may take its time.
alive() {
  read -r _ _ state _ <"/proc/$1/stat" && [ "$state" != Z ]
} 2>/dev/null

if [ -e "$pid_file" ] && read -r pid <"$pid_file"; then
  if alive "$pid"; then kill -TERM "$pid"; fi
  tries=0
  while alive "$pid" && [ "$tries" -lt 50 ]; do
    tries=$((tries + 1))
    sleep 0.02
  done
  if alive "$pid"; then kill -KILL "$pid"; fi
  rm -f "$pid_file"
fi

exec setsid -f "$node" "$service" --port "$port" --pid-file "$pid_file" "$@" </dev/null >/dev/null 2>&1
