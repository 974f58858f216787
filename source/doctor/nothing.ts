import {say} from '../core/text/say.ts';
import type {Examination} from './shared/scene.ts';

/** Is there anything to examine? */
export const definition: Examination = {
  order: 1,
  about: 'machine',
  what: () => say`monitor`,
  finds: 'nothing was named, and nothing of AgentOS is here',
  async examine({nothingHere, wrongConfig}) {
    if (!nothingHere || wrongConfig) return [];
    return [
      {
        id: 'nothing_watched',
        level: 'fail',
        seen: say`no agent2 is running, and there is no config file and no AgentOS here; name a service, or try the demo: agent2 demo`,
        next: 'agent2 start http://127.0.0.1:3000/ --restart CMD',
      },
    ];
  },
};
