import {say} from '../core/text/say.ts';
import type {Examination} from './shared/scene.ts';

/** Does the monitor run the installed agent2? After an update the old one runs until a restart. */
export const definition: Examination = {
  order: 15,
  about: 'monitor',
  what: () => say`version`,
  finds: 'the running monitor is another version than this program',
  async examine({monitor, status, which, startWords}, {machine}) {
    if (!monitor || status.kind !== 'read') return [];
    const {version} = status;
    if (version === machine.version)
      return [{id: 'version', level: 'ok', seen: say`${version}, like this program`}];
    const seen =
      version === undefined
        ? say`the monitor is an agent2 older than this one (${machine.version})`
        : say`the monitor is agent2 ${version}, this program is ${machine.version}`;
    return [
      {
        id: 'version_differs',
        level: 'warn',
        seen: say`${seen}; restart it`,
        next: `agent2 stop${which} && agent2 start ${startWords}`.trim(),
      },
    ];
  },
};
