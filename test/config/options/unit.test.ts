import {expect, test} from 'vitest';
import type {TargetOptions} from '../../../source/config/options/table.ts';
import {targetFrom} from '../../../source/config/options/target.ts';

const web = {unit: 'web.service'};

test('a unit restarts the target, of the system or of the user who runs agent2', () => {
  const fixOf = (unit: {readonly unit: string; readonly user?: true}) =>
    targetFrom('http://127.0.0.1:1/', {unit}, undefined, '/home/someone').fix;
  expect(fixOf(web)).toMatchObject({use: 'systemd', options: web});
  expect(fixOf({...web, user: true})).toMatchObject({options: {...web, user: true}});
});

test.each([
  [{unit: web, restart: ['true']}, undefined, /--unit and --restart exclude each other/],
  [{unit: web}, ['node', 'server.js'], /--unit and -- CMD exclude each other/],
  [{restart: ['true']}, ['node', 'server.js'], /--restart and -- CMD exclude each other/],
])('%j beside %j is refused', (options, child, message) => {
  expect(() => targetFrom('http://127.0.0.1:1/', options, child, '/home/someone')).toThrow(message);
});

test('the time limit of a restart is for --restart and --unit, and refused without one of them', () => {
  const fixOf = (options: TargetOptions) =>
    targetFrom('http://127.0.0.1:1/', {restartTimeout: 120_000, ...options}, undefined, '/').fix;
  expect(fixOf({restart: ['./restart.sh']}).options).toEqual({
    restart: ['./restart.sh'],
    timeoutMs: 120_000,
  });
  expect(fixOf({unit: web}).options).toEqual({...web, timeoutMs: 120_000});
  expect(() => fixOf({})).toThrow(
    /--restart-timeout limits the command of --restart or --unit; give one of them/,
  );
});
