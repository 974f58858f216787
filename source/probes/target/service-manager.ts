import {readProcess} from '../../io/process/processes.ts';

const MANAGERS = ['systemd', 'init', 'launchd', 'inetd', 'xinetd'];

/** Whether it is the machine's own manager of services, which holds the socket for a service that it starts at the first connection. */
export function isServiceManager(pid: number): boolean {
  return MANAGERS.includes(readProcess(pid)?.name ?? '');
}
