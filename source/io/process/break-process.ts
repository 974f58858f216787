import type {Text} from '../../core/model/text.ts';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {message} from '../../core/text/message.ts';
import {deliver} from './group.ts';
import {isKernelThread} from './process-surroundings.ts';
import {sameProcess} from './processes.ts';

/** Kills, suspends or continues one process, if its identity still matches. Undefined on success, else the reason. */
export function breakProcess(
  identity: ProcessIdentity,
  signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT',
): Text | undefined {
  const {pid} = identity;
  if (pid <= 1 || pid === process.pid || isKernelThread(pid))
    return message`pid ${pid} is never signalled`;
  const running = sameProcess(identity);
  if (!running || running.state === 'zombie') return message`process ${pid} no longer exists`;
  switch (deliver(pid, signal)) {
    case 'sent':
      return undefined;
    case 'gone':
      return message`process ${pid} no longer exists`;
    case 'refused':
      return message`process ${pid} belongs to another user`;
  }
}
