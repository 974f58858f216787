import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {freeKey} from '../../build/free-key.mjs';
import {faultsOf} from '../../source/commands/demo/faults.ts';
import {keysOn} from '../../source/ui/keys/key-table.ts';
import {root} from '../helpers/root.ts';
import {fakeMonitor, healthyTarget, stateOf} from '../helpers/states.ts';
import {SCREENS} from '../ui/fake-app.ts';

const run = (...words: readonly string[]) => {
  const {status, stderr} = spawnSync(process.execPath, [join(root, 'build/new.mjs'), ...words], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return {status, stderr};
};

describe('npm run new', () => {
  test('without a kind, or with one that there is not, says which there are', () => {
    for (const words of [[], ['prob', 'dns']]) {
      const {status, stderr} = run(...words);
      expect(status).toBe(64);
      expect(stderr).toMatch(/The kinds are\n(.*\n)*  theme +A palette/);
    }
    expect(run('prob', 'dns').stderr).toMatch(/^there is no kind 'prob'\./);
  });

  test('refuses what cannot be a name, with an example of what can', () => {
    for (const name of ['Solar', 'solar_dark', '../solar', '-solar', 'solär', ''])
      expect(run('theme', name)).toEqual({
        status: 64,
        stderr: `'${name}' cannot be a name. Expected small letters, digits and dashes, beginning with a letter, e.g. npm run new -- theme free-port\n`,
      });
  });

  test('leaves what is there already as it is', () => {
    expect(run('theme', 'dark')).toEqual({
      status: 64,
      stderr: 'themes/dark.ts is there already: there is a theme dark; choose another name\n',
    });
  });
});

test('the key for a new screen is a letter of its name where one is free, and never one that is a key already', () => {
  expect(freeKey('xylophone')).toBe('x');
  for (const name of ['latency', 'quit', 'whys', 'pools', 'xylophone'])
    expect(keysInUse()).not.toContain(freeKey(name));
});

/** The keys that mean something on the first screen. */
function keysInUse(): readonly string[] {
  const [first] = SCREENS.filter(({key}) => key === undefined);
  if (!first) throw new Error('there is no first screen');
  const monitor = {...fakeMonitor(stateOf(healthyTarget())), dispatch: () => undefined};
  return [
    ...keysOn(first, SCREENS).flatMap(({keys}) => keys),
    ...faultsOf({monitor}, 1).map(({key}) => key),
  ];
}
