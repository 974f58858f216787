import type {Remark} from '../contracts/examination.ts';
import {say} from '../core/text/say.ts';
import type {Examination} from './shared/scene.ts';

/** Is the limit of open files high enough? A low one makes probes fail with EMFILE. */
export const definition: Examination = {
  order: 60,
  about: 'monitor',
  what: () => say`open files`,
  finds: 'a small `ulimit -n`',
  async examine({monitor, startWords}, {machine}) {
    const limit = machine.openFileLimit(monitor?.pid ?? 'self');
    if (limit === undefined) return [];
    const who = monitor
      ? say`the monitor may open ${limit} files`
      : say`a process started here may open ${limit} files`;
    const remark: Remark =
      limit < LEAST
        ? {
            id: 'fd_limit_low',
            level: 'warn',
            seen: say`${who}; probes and services need more: at least ${LEAST}`,
            next: `ulimit -n 4096 && agent2 start ${startWords}`.trim(),
          }
        : {
            id: 'fd_limit',
            level: 'ok',
            seen: Number.isFinite(limit) ? who : say`unlimited`,
          };
    return [remark];
  },
};

const LEAST = 256;
