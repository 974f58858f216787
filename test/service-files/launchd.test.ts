import {parse} from 'plist';
import {expect, test} from 'vitest';
import {definition} from '../../source/service-files/launchd.ts';
import {facts, watched} from './facts.ts';

const words = [
  'http://127.0.0.1:3000/?a=1&b=<2>',
  "--restart=sh -c 'x && y > z'",
  '--',
  'node',
  ']]>',
  '&amp;',
];
const agent = {
  ...facts,
  scope: 'user' as const,
  words,
  account: {name: 'me', group: 'staff', uid: 501, home: '/Users/me & co'},
  stateDir: '/Users/me & co/state',
};

test('a job of launchd is a property list that holds every word as it is', () => {
  expect(parse(definition.text(agent, 'a -- mark'))).toEqual({
    Label: 'agent2-web',
    ProgramArguments: [facts.node, facts.program, 'run', ...words],
    WorkingDirectory: '/',
    EnvironmentVariables: {PATH: '/usr/bin:/bin'},
    RunAtLoad: true,
    KeepAlive: {SuccessfulExit: false},
    ThrottleInterval: 10,
    ExitTimeOut: 65,
    ProcessType: 'Background',
    StandardOutPath: '/dev/null',
    StandardErrorPath: '/Users/me & co/state/launchd.log',
  });
});

test('an agent belongs to its user, a daemon to the machine', () => {
  expect(definition.path(agent)).toBe('/Users/me & co/Library/LaunchAgents/agent2-web.plist');
  expect(definition.enable(agent, false)).toEqual([
    ['launchctl', 'bootstrap', 'gui/501', definition.path(agent)],
  ]);
  const daemon = {...agent, scope: 'system' as const};
  expect(definition.path(daemon)).toBe('/Library/LaunchDaemons/agent2-web.plist');
  expect(definition.disable(daemon)).toEqual([['launchctl', 'bootout', 'system/agent2-web']]);
  expect(parse(definition.text(daemon, 'a mark'))).toMatchObject({UserName: 'me'});
});

test('what a restart command left running is left to run', () => {
  expect(
    parse(definition.text({...agent, watched: {...watched, starts: 'commands'}}, 'a mark')),
  ).toMatchObject({AbandonProcessGroup: true});
});
