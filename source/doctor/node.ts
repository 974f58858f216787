import {say} from '../core/text/say.ts';
import type {Examination} from './shared/scene.ts';

/** Is node new enough? */
export const definition: Examination = {
  order: 10,
  about: 'machine',
  what: () => 'node',
  finds: 'too old',
  async examine({machine: {nodeVersion, version}}) {
    const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
    if (major > LEAST.major || (major === LEAST.major && minor >= LEAST.minor))
      return [{id: 'node', level: 'ok', seen: `${nodeVersion}, agent2 ${version}`}];
    return [
      {
        id: 'node_old',
        level: 'fail',
        seen: say`${nodeVersion} is too old: agent2 ${version} needs ${LEAST.major}.${LEAST.minor} or later`,
        next: 'nvm install 22 && nvm use 22',
      },
    ];
  },
};

/** The same as `engines` in package.json. */
const LEAST = {major: 20, minor: 19} as const;
