import type {ProcessIdentity} from '../core/observation.ts';
import {deliver} from './group.ts';
import {sameProcess} from './processes.ts';

/** Kills, suspends or continues one process, if it is still the one that is meant. Undefined when it was done, else why not. */
export function breakProcess(identity: ProcessIdentity, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): string | undefined {
  const {pid} = identity;
  if (pid <= 1 || pid === process.pid) return `pid ${pid} is never signalled`;
  const running = sameProcess(identity);
  if (!running || running.state === 'zombie') return `process ${pid} is not there any more`;
  switch (deliver(pid, signal)) {
    case 'sent':
      return undefined;
    case 'gone':
      return `process ${pid} is not there any more`;
    case 'refused':
      return `process ${pid} belongs to another user`;
  }
}
