import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {withTry} from '../../format/try-text.ts';
import type {Listener} from '../../io/net/listeners.ts';
import {describeProcess, processAncestors} from '../../io/process/processes.ts';

/** What the holder of the port says against a pid file. */

export function missingText(path: string, port: number, listener: Listener | undefined): Text {
  return message`pid file ${path} is missing; port ${port} is held by ${who(listener)}`;
}

export function strangerText(
  path: string,
  port: number,
  pid: number,
  listener: Listener | undefined,
): Text {
  const command = describeProcess(pid)?.command ?? '';
  const isAncestor = processAncestors(listener?.pid ?? 0).some(ancestor => ancestor.pid === pid);
  return withTry(
    isAncestor
      ? message`pid file ${path} names process ${pid} (${command}), an ancestor of the holder of port ${port}, ${who(listener)}, and of agent2 as well: agent2 signals no process because of that file`
      : message`pid file ${path} names process ${pid} (${command}), but port ${port} is held by ${who(listener)}, which is no relative of it: agent2 signals no process because of that file`,
    `ps -fp ${[pid, listener?.pid ?? []].flat().join(',')}`,
  );
}

function who(listener: Listener | undefined): Text {
  if (listener?.pid === undefined) return listener?.command ?? message`another process`;
  return message`process ${listener.pid} (${listener.command})`;
}
