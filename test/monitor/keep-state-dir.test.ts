import {expect, test} from 'vitest';
import type {Claim} from '../../source/monitor/claim-state-dir.ts';
import {keepStateDir} from '../../source/monitor/keep-state-dir.ts';
import {render} from '../../source/core/text/say.ts';

type Kept = ReturnType<Claim['keep']>;

/** What is kept when looking finds one after the other; an error is thrown. */
function keeping(...found: ReadonlyArray<Kept | Error>) {
  const told: Array<string | undefined> = [];
  let renewed = 0;
  let held = true;
  const rest = [...found];
  const kept = keepStateDir(
    {
      stateDir: '/var/lib/agent2',
      isHeld: () => held,
      keep() {
        const next = rest.shift() ?? {kind: 'kept'};
        if (next instanceof Error) throw next;
        if (next.kind === 'lost') held = false;
        return next;
      },
    },
    () => void renewed++,
    text => void told.push(text && render(text)),
  );
  return {kept, told, rest, renewed: () => renewed};
}

test('an existing directory stays, and a removed one is created again with all its files', () => {
  const {kept, told, renewed} = keeping({kind: 'kept'}, {kind: 'renewed'}, {kind: 'kept'});
  kept.everySecond();
  expect([told, renewed()]).toEqual([[undefined], 0]);
  kept.everySecond();
  kept.everySecond();
  expect(told.slice(1)).toEqual([
    '/var/lib/agent2 was removed and has been created again',
    undefined,
  ]);
  expect(renewed()).toBe(1);
});

test('a directory that cannot be created again is reported and tried again', () => {
  const {kept, told, renewed} = keeping(new Error('read-only'), {kind: 'renewed'});
  kept.everySecond();
  expect(told).toEqual(['/var/lib/agent2 was removed and cannot be created again: read-only']);
  kept.everySecond();
  expect(renewed()).toBe(1);
});

test('a directory that another monitor took is lost for good, with the reason', async () => {
  const {kept, rest, renewed} = keeping(
    {kind: 'lost', to: {pid: 7, targets: []}},
    {kind: 'renewed'},
  );
  kept.everySecond();
  kept.everySecond();
  expect(await kept.lost).toMatch(/^another agent2, pid 7, uses \/var\/lib\/agent2/);
  expect([rest.length, renewed()]).toEqual([1, 0]);
});
