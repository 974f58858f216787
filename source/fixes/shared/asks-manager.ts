import {basename} from 'node:path';

/** Whether a command only asks another program to restart a service, which then is no child of agent2. */
export function asksManager(argv: readonly string[]): boolean {
  const start = BECOMES.includes(basename(argv[0] ?? ''))
    ? argv.findIndex((word, index) => index > 0 && !word.startsWith('-'))
    : 0;
  return MANAGERS.includes(basename(argv[start] ?? ''));
}

const MANAGERS = [
  'systemctl',
  'systemd-run',
  'service',
  'invoke-rc.d',
  'docker',
  'kubectl',
  'supervisorctl',
  'launchctl',
];
const BECOMES = ['sudo', 'doas'];
