import {accessSync, constants} from 'node:fs';

/** From Node 22.15 on. */
type Execve = (file: string, args: readonly string[], env: NodeJS.ProcessEnv) => never;

const SHELL = '/bin/sh';

/**
 * A shell that waits reaps every orphan, which node as process 1 never does. It passes signals on, and ends as its child does: a trapped signal ends
 * `wait` too, so only a child that is gone has ended.
 */
export const INIT = `
for name in TERM INT HUP USR2; do trap "kill -$name \\$child" $name; done
"$@" <&0 & child=$!
while :; do
  wait "$child"; code=$?
  if ! kill -0 "$child" 2>/dev/null; then
    wait "$child" 2>/dev/null; again=$?
    if [ "$again" -ne 127 ]; then code=$again; fi
    exit "$code"
  fi
done`;

/**
 * As process 1 of a container: replaces this process by such a shell, which runs agent2 again. Returns as any other process, before Node
 * 22.15, without a shell, and on a terminal, whose Ctrl-C reaches agent2 by itself.
 */
export function continueBelowInit(): void {
  const {execve} = process as {readonly execve?: Execve};
  if (process.pid !== 1 || execve === undefined || process.stdin.isTTY || !isExecutable(SHELL))
    return;
  const program = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  execve.call(process, SHELL, ['sh', '-c', INIT, 'agent2', ...program], process.env);
}

/** A failed execve aborts the process. */
function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
