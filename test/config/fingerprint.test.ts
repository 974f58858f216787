import {afterEach, describe, expect, test} from 'vitest';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {questionOf} from '../../source/config/fingerprint.ts';
import {load, whole} from './loaded.ts';

afterEach(cleanUp);

describe('the fingerprint of a target', () => {
  test('is the same for the same words, whatever stands around them and in whichever order', async () => {
    const [one] = (await load('targets: [{name: web, port: 80, interval: 5s}]')).targets;
    const [two] = (
      await load(
        'preset: test\n# a comment\ntargets:\n  - {interval: 5000ms, name: web, port: 80}\n  - {name: other, port: 81}\n',
      )
    ).targets;
    expect(two?.fingerprint).toBe(one?.fingerprint);
    expect(one?.fingerprint).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each([
    'interval: 6s',
    'preset: dev',
    'observe: true',
    'fix: {use: command, restart: [x]}',
    'checks: [{tcp: "a:1"}]',
    'drill: {crash: true}',
    'evidence: {log: x}',
  ])('is another one with %s', async more => {
    const [one] = (await load('targets: [{name: web, port: 80}]')).targets;
    const [two] = (await load(`targets: [{name: web, port: 80, ${more}}]`)).targets;
    expect(two?.fingerprint).not.toBe(one?.fingerprint);
  });

  test('changes with a secret and never shows it', async () => {
    const directory = temporaryDirectory();
    const one = await whole({TOKEN: 'tops3cret', PORT: '3001'}, directory);
    const two = await whole({TOKEN: 'another-s3cret', PORT: '3001'}, directory);
    expect(
      two.targets.map(({fingerprint}, index) => fingerprint === one.targets[index]?.fingerprint),
    ).toEqual([false, true, true]);
    expect(one.targets[0]?.fingerprint).not.toContain('tops3cret');
  });
});

describe('the question of a target', () => {
  const question = async (more: string) => {
    const [target] = (await load(`targets: [{name: web, ${more}}]`)).targets;
    if (!target) throw new Error('no target');
    return questionOf(target);
  };

  test('is the same whatever else its settings say', async () => {
    const asked = await question('url: http://a:1/x');
    for (const more of ['interval: 6s', 'fix: {use: command, restart: [x]}'])
      expect(await question(`url: http://a:1/x, ${more}`)).toBe(asked);
    expect(asked).toMatch(/^[0-9a-f]{16}$/);
  });

  test.each(['url: http://a:1/y', 'url: http://a:2/x', 'url: https://a:1/x'])(
    'is another one with %s',
    async more => {
      expect(await question(more)).not.toBe(await question('url: http://a:1/x'));
    },
  );

  test.each(['expect: {status: ok}', 'status: [204]', 'method: POST', 'checks: [{tcp: "a:1"}]'])(
    'is another one with %s too',
    async more => {
      const url = 'url: http://a:1/x';
      expect(await question(`${url}, ${more}`)).not.toBe(await question(url));
    },
  );

  test('says nothing about a secret', async () => {
    const asking = (password: string) => question(`url: "http://u:${password}@a:1/x"`);
    expect(await asking('first')).toBe(await asking('second'));
  });
});
