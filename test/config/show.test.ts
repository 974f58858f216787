import {afterEach, describe, expect, test} from 'vitest';
import {effectiveConfig, effectiveYaml} from '../../source/config/show.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {load, whole} from './loaded.ts';

afterEach(cleanUp);

describe('the effective config', () => {
  test('has every value with its origin, and secrets as they are written', async () => {
    const config = await whole();
    const shown = effectiveYaml(config);
    for (const line of [
      'interval: 5s # this target',
      'interval: 7s # defaults',
      'threshold: 3 # preset prod',
      'backoff: {base: 2s, factor: 2, cap: 30s} # this target',
      'budget: 3 in 5m # preset prod',
      'healBudget: 5 in 10m',
      'Authorization: Bearer ${env:TOKEN}',
      'file: secrets/key',
    ])
      expect(shown).toContain(line);
    expect(shown).not.toMatch(/tops3cret|from a file/);
    expect(JSON.stringify(effectiveConfig(config))).not.toMatch(/tops3cret|from a file/);
    expect(effectiveConfig(config).targets[1]).toMatchObject({
      interval: '7s',
      recovery: 2,
      origins: {interval: 'defaults', recovery: 'preset prod'},
    });
  });

  test('says when a hang of each target is called down', async () => {
    const config = await load(
      'targets: [{name: web, url: http://127.0.0.1:1/, timeout: 4s, preset: prod}]',
    );
    expect(effectiveYaml(config)).toContain(
      '# a hang is down 4s after the check that finds it when it is a deadlock, else 14s',
    );
    expect(effectiveConfig(config).targets[0]).toMatchObject({
      hangDownAfter: {idle: '4s', other: '14s'},
    });
  });

  test('reads back as the same targets', async () => {
    const config = await whole();
    const again = await load(effectiveYaml(config), {
      env: {TOKEN: 'tops3cret', PORT: '3001'},
      directory: config.directory,
      name: 'again.yaml',
    });
    expect(again.targets.map(({name, fix, checks, http}) => ({name, fix, checks, http}))).toEqual(
      config.targets.map(({name, fix, checks, http}) => ({name, fix, checks, http})),
    );
  });
});
