import type {Installation, WatchedFacts} from '../../source/contracts/service-file.ts';

export const watched: WatchedFacts = {
  starts: 'nothing',
  units: {system: ['web.service'], user: []},
  endingMs: 50_000,
  environmentNames: [],
};

/** An installation like many. */
export const facts: Installation = {
  node: process.execPath,
  program: '/opt/agent2/dist/cli.js',
  scope: 'system',
  name: 'agent2-web',
  account: {name: 'root', group: 'root', uid: 0, home: '/root'},
  cwd: '/',
  stateDir: '/root/.local/state/agent2/web',
  path: '/usr/bin:/bin',
  environment: {},
  words: ['http://127.0.0.1:3000/', '--unit=web'],
  secrets: {},
  watched,
};
