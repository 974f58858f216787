import {expect, test} from 'vitest';
import {targetFrom} from '../../source/config/target-options.ts';

const fixOf = (unit: string) =>
  targetFrom('http://127.0.0.1:1/', {unit}, undefined, '/home/someone').fix;

test('--unit is a unit of the system, and with user: one of the user who runs agent2, whoever that is', () => {
  expect(fixOf('web')).toMatchObject({use: 'systemd', options: {unit: 'web.service'}});
  expect(fixOf('web.socket')).toMatchObject({use: 'systemd', options: {unit: 'web.socket'}});
  expect(fixOf('user:web')).toMatchObject({
    use: 'systemd',
    options: {unit: 'web.service', user: true},
  });
});

test.each([
  [{unit: ''}, undefined, /'' cannot be a unit/],
  [{unit: 'web', restart: 'true'}, undefined, /--unit and --restart were both given/],
  [{unit: 'web'}, ['node', 'server.js'], /--unit and -- CMD were both given/],
])('%j beside %j is refused', (options, child, message) => {
  expect(() => targetFrom('http://127.0.0.1:1/', options, child, '/home/someone')).toThrow(message);
});
