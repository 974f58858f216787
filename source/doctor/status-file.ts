import {join} from 'node:path';
import {say} from '../core/text/say.ts';
import {span} from '../core/text/span.ts';
import {typed} from '../format/shell-words.ts';
import type {Examination} from './shared/scene.ts';

/** Is the monitor's status file present, complete and fresh? */
export const definition: Examination = {
  order: 20,
  about: 'monitor',
  what: () => say`status file`,
  finds: 'missing, unreadable, half a file, written by another process, written in the future',
  async examine({stateDir, status, monitor, which, startWords}, {machine}) {
    const path = typed([join(stateDir, 'agent2_status.json')]);
    const again = monitor
      ? `agent2 stop${which} && agent2 start ${startWords}`.trim()
      : `rm ${path}`;
    switch (status.kind) {
      case 'missing':
        return monitor
          ? [
              {
                id: 'status_missing',
                level: 'fail',
                seen: say`missing, although a monitor runs: it cannot write the file, or somebody removed it`,
                next: `agent2 status${which}`,
              },
            ]
          : [];
      case 'unreadable':
        return [
          {id: 'status_unreadable', level: 'fail', seen: status.reason, next: `ls -l ${path}`},
        ];
      case 'corrupt':
        return [
          {
            id: 'status_corrupt',
            level: monitor ? 'fail' : 'warn',
            seen: say`unusable: ${status.reason}; another program wrote it, or the disk was full`,
            next: again,
          },
        ];
      case 'read': {
        const ageMs = machine.now() - (status.updatedAt ?? status.writtenAt);
        if (ageMs < -FUTURE_MS)
          return [
            {
              id: 'status_future',
              level: 'warn',
              seen: say`written ${span(-ageMs)} in the future: the clock of this machine was set back`,
              next: 'date; timedatectl status',
            },
          ];
        if (!monitor)
          return [
            {id: 'status_old', level: 'ok', seen: say`the last one, written ${span(ageMs)} ago`},
          ];
        if (status.pid !== undefined && status.pid !== monitor.pid)
          return [
            {
              id: 'status_foreign',
              level: 'warn',
              seen: say`written by pid ${status.pid}, but pid ${monitor.pid} is the monitor here`,
              next: `ps -fp ${status.pid}`,
            },
          ];
        return [
          {
            id: 'status_file',
            level: 'ok',
            seen: say`complete, written ${span(Math.max(0, ageMs))} ago`,
          },
        ];
      }
    }
  },
};

const FUTURE_MS = 60_000;
