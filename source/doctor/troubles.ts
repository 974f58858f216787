import {say} from '../core/text/say.ts';
import {typed} from '../format/shell-words.ts';
import type {Examination} from './shared/scene.ts';

/** The monitor's own problems: files that it cannot write, a config that it rejected. */
export const definition: Examination = {
  order: 25,
  about: 'monitor',
  what: () => say`its problems`,
  finds:
    'problems that the monitor reports: a file that it cannot write, a config that it cannot apply',
  async examine({status, monitor, stateDir}) {
    if (!monitor || status.kind !== 'read') return [];
    return Object.entries(status.problems).map(([about, text]) => ({
      id: 'monitor_trouble',
      level: 'warn' as const,
      seen: say`${about}: ${text}`,
      next:
        about.startsWith('config') && status.config !== undefined
          ? `agent2 config check ${typed([status.config])}`
          : `ls -ld ${typed([stateDir])} && df -h ${typed([stateDir])}`,
    }));
  },
};
