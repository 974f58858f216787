import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {statusIn, targetIn} from '../../source/instances/status.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makePlaces, type Places} from './places.ts';

let places: Places;

beforeEach(async () => {
  places = await makePlaces();
});
afterEach(cleanUp);

test('the last status is read of a running or ended monitor, and its targets by name', () => {
  const web = places.ended('web', ['web', 'db']);
  expect(statusIn(web)).toMatchObject({stopped: true, targets: [{name: 'web'}, {name: 'db'}]});
  expect(targetIn(web, 'db')?.name).toBe('db');
  expect(targetIn(web, 'd')).toBeUndefined();
});

test('a truncated, missing or unreadable file, or one of AgentOS, is no status', () => {
  const odd = places.add('odd', {});
  mkdirSync(join(odd, 'agent2_status.json'));
  const dirs = [
    places.add('half', {status: '{"targets": [{"na'}),
    places.add('agentos', {status: {status: 'monitoring', fixes: []}}),
    places.add('empty', {}),
    odd,
  ];
  for (const dir of dirs) expect([dir, statusIn(dir)]).toEqual([dir, undefined]);
});
