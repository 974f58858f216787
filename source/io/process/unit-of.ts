import {readFileSync} from 'node:fs';
import {errorCode} from '../error-code.ts';

/** The systemd unit that runs a process, e.g. `agent2.service`, or `user:agent2.service`; undefined without one. */
export function unitOf(pid: number, proc = '/proc'): string | undefined {
  const path = read(`${proc}/${pid}/cgroup`)
    ?.split('\n')
    .map(line => /^(?:0::|\d+:name=systemd:)(.*)$/.exec(line)?.[1])
    .find(found => found !== undefined);
  const name = path?.split('/').findLast(part => part.endsWith('.service'));
  if (path === undefined || name === undefined || /^user@\d+\.service$/.test(name))
    return undefined;
  // Processes of cron or a desktop are in that unit too: counts only the unit's own main process.
  const begun = /(?:^|\0)SYSTEMD_EXEC_PID=(\d+)/.exec(read(`${proc}/${pid}/environ`) ?? '')?.[1];
  if (begun === undefined ? !name.includes('agent2') : Number(begun) !== pid) return undefined;
  return path.includes('/user@') ? `user:${name}` : name;
}

/**
 * The control group of the service or container that a process belongs to, from the text of `/proc/PID/cgroup`; undefined in one that
 * many services share: the root, a slice, a login session, the manager of a user.
 */
export function ownUnit(cgroups: string): string | undefined {
  const path = cgroups
    .split('\n')
    .map(line => /^(?:0:|\d+:name=systemd):(.*)$/.exec(line)?.[1])
    .find(found => found !== undefined);
  const parts = path?.split('/') ?? [];
  // Whatever is inside of a container, or below a service, is a part of it.
  const container = parts.findLastIndex(part => CONTAINER.test(part));
  const last = parts.findLastIndex(part => /\.(?:service|scope|slice)$/.test(part));
  const end = Math.max(container, isService(parts[last]) ? last : -1);
  return end < 0 ? undefined : parts.slice(0, end + 1).join('/');
}

/** The 64 hexadecimal digits of docker, podman, containerd and CRI-O. */
const CONTAINER = /(?:^|-)[\da-f]{64}(?:\.scope)?$/;

function isService(part: string | undefined): boolean {
  return part?.endsWith('.service') === true && !/^user@\d+\.service$/.test(part);
}

/** Undefined when the process is gone or hidden. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}
