import {
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {hash} from '../../../source/format/hash.ts';
import {
  REGISTRY,
  registerPlace,
  registrationCheck,
  registeredPlaces,
  tidyRegistry,
} from '../../../source/io/state-dir/registry.ts';
import {subdirectories} from '../../../source/io/files/directory.ts';
import {startProgram, temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';

afterEach(cleanUp);

/** A state directory in which a monitor was, that said its last word so many seconds ago. */
function ended(path: string, secondsAgo = 0): string {
  mkdirSync(join(path, 'run'), {recursive: true});
  writeFileSync(join(path, 'agent2_status.json'), '{}');
  const at = Date.now() / 1_000 - secondsAgo;
  utimesSync(join(path, 'agent2_status.json'), at, at);
  return path;
}

test('what was left elsewhere is found once, by whatever path, and is no state directory itself', () => {
  const home = temporaryDirectory();
  const [usual, one, other] = [
    join(home, 'state', 'agent2'),
    ended(join(home, "it's one\n")),
    ended(join(home, 'other')),
  ];
  expect(registeredPlaces(usual, [])).toEqual([]);
  const web = ended(join(usual, 'web'));
  symlinkSync(one, join(home, 'way'));
  for (const path of [one, join(home, 'way'), other, other, web]) registerPlace(usual, path);
  expect(registeredPlaces(usual, subdirectories(usual))).toEqual([one, other]);
  expect(subdirectories(usual)).toEqual([join(usual, REGISTRY), web]);
  rmSync(join(usual, REGISTRY, hash(other)));
  expect([registrationCheck(usual, one)(), registrationCheck(usual, other)()]).toEqual([
    true,
    false,
  ]);
});

test('what leads nowhere, is cut short or foreign is passed over, and only what is ours is tidied up', () => {
  const home = temporaryDirectory();
  const usual = join(home, 'agent2');
  const [here, gone, emptied] = [
    ended(join(home, 'here')),
    ended(join(home, 'gone')),
    ended(join(home, 'emptied')),
  ];
  for (const path of [here, gone, emptied]) registerPlace(usual, path);
  rmSync(gone, {recursive: true});
  rmSync(join(emptied, 'run'), {recursive: true});
  const file = (name: string, text: string) => writeFileSync(join(usual, REGISTRY, name), text);
  file('0123456789abcdef', '');
  file('fedcba9876543210', `${here}\n`);
  file('fedcba9876543210.4194303.tmp', here.slice(0, 4));
  file('notes.txt', here);
  mkdirSync(join(usual, REGISTRY, '0000000000000000'));
  expect(registeredPlaces(usual, [])).toEqual([here]);
  tidyRegistry(usual);
  expect(readdirSync(join(usual, REGISTRY)).sort()).toEqual(
    ['0000000000000000', 'notes.txt', expect.stringMatching(/^[\da-f]{16}$/)].sort(),
  );
  expect(registrationCheck(usual, here)()).toBe(true);
});

test('of monitors that ended the last eight are remembered, and those that run as well', async () => {
  const home = temporaryDirectory();
  const usual = join(home, 'agent2');
  const old = Array.from({length: 10}, (_, index) =>
    ended(join(home, `old-${index}`), 100 + index),
  );
  const live = ended(join(home, 'live'), 1_000);
  const {pid, info} = await startProgram('idle.mjs');
  writeFileSync(join(live, 'agent2.pid'), `${pid}\n`);
  writeFileSync(
    join(live, 'run', `monitor.${pid}.json`),
    JSON.stringify({pid, startKey: info.startKey, targets: ['web']}),
  );
  for (const path of [...old, live]) registerPlace(usual, path);
  tidyRegistry(usual);
  expect(registeredPlaces(usual, [])).toEqual([live, ...old.slice(0, 8)]);
  // Its pid is another's by now.
  writeFileSync(
    join(live, 'run', `monitor.${pid}.json`),
    JSON.stringify({pid, startKey: '1@x', targets: ['web']}),
  );
  tidyRegistry(usual);
  expect(registeredPlaces(usual, [])).toEqual(old.slice(0, 8));
});

test('where they cannot be kept there are none, and that is said', () => {
  const home = temporaryDirectory();
  writeFileSync(join(home, 'agent2'), 'a file');
  expect(() => registerPlace(join(home, 'agent2'), home)).toThrow(/is not a directory/);
  expect(registeredPlaces(join(home, 'agent2'), [])).toEqual([]);
  expect(registrationCheck(join(home, 'agent2'), home)()).toBe(false);
  tidyRegistry(join(home, 'agent2'));
  renameSync(join(home, 'agent2'), join(home, 'file'));
  registerPlace(join(home, 'agent2'), home);
  expect(registrationCheck(join(home, 'agent2'), home)()).toBe(true);
});
