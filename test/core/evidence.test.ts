import {describe, expect, test} from 'vitest';
import type {FixRequest} from '../../source/core/model/effect.ts';
import {evidenceLine, foundCauses, type Measurements} from '../../source/core/evidence.ts';
import {type Evidence} from '../../source/core/model/evidence.ts';
import {whyLine, whyDetails} from '../helpers/why.ts';
import {createWorld, type World} from '../helpers/virtual/world.ts';
import {render} from '../../source/core/text/say.ts';

const MIB = 1_048_576;
const GIB = 1024 * MIB;

describe('the causes beside the cause', () => {
  const calm: Measurements = {
    disks: [{freeBytes: 50 * GIB, totalBytes: 100 * GIB, freeFiles: 9}],
    fds: {open: 30, limit: 1024},
    memory: {usedBytes: 100 * MIB, limitBytes: 512 * MIB},
    oomKills: {count: 0, of: 'group'},
    killed: false,
    said: ['all is well'],
  };

  test.each<[string, Partial<Measurements>, readonly string[]]>([
    ['nothing is out of the ordinary', {}, []],
    [
      'nothing could be measured',
      {fds: undefined, disks: [], memory: undefined, oomKills: undefined, said: []},
      [],
    ],
    ['98 % of the file descriptors are open', {fds: {open: 1004, limit: 1024}}, ['out_of_fds']],
    ['97 % are', {fds: {open: 1003, limit: 1024}}, []],
    ['the log says EMFILE', {fds: undefined, said: ['x', 'Error: EMFILE, open']}, ['out_of_fds']],
    [
      'the log says it in words, and many are open',
      {fds: {open: 900, limit: 1024}, said: ['accept: Too many open files']},
      ['out_of_fds'],
    ],
    ['the log says it, and few are open', {said: ['accept: Too many open files']}, []],
    [
      'less than 1 % of a disk is free',
      {disks: [{freeBytes: GIB, totalBytes: 200 * GIB}]},
      ['disk_full'],
    ],
    [
      'less than 16 MiB of a small disk are free',
      {disks: [{freeBytes: 15 * MIB, totalBytes: 100 * MIB}]},
      ['disk_full'],
    ],
    [
      'there is room, but for no other file',
      {disks: [{freeBytes: 50 * GIB, totalBytes: 100 * GIB, freeFiles: 0}]},
      ['disk_full'],
    ],
    [
      'the log says ENOSPC of a disk that was not measured',
      {disks: [], said: ['write: No space left on device']},
      ['disk_full'],
    ],
    [
      'the log says ENOSPC, and one disk is nearly full',
      {
        disks: [
          {freeBytes: 50 * GIB, totalBytes: 100 * GIB},
          {freeBytes: 3 * GIB, totalBytes: 100 * GIB},
        ],
        said: ['write: No space left on device'],
      },
      ['disk_full'],
    ],
    ['the log says ENOSPC, and half of the disk is free', {said: ['ENOSPC: no space left']}, []],
    ['the log says that the quota is full', {said: ['Disk quota exceeded']}, ['disk_full']],
    [
      'the control group is at its limit',
      {memory: {usedBytes: 502 * MIB, limitBytes: 512 * MIB}},
      ['out_of_memory'],
    ],
    [
      'somebody in the control group was killed for it',
      {oomKills: {count: 1, of: 'group'}},
      ['out_of_memory'],
    ],
    [
      'somebody on the machine was, and the service was killed',
      {oomKills: {count: 1, of: 'machine'}, killed: true},
      ['out_of_memory'],
    ],
    [
      'somebody on the machine was, and the service lives',
      {oomKills: {count: 1, of: 'machine'}},
      [],
    ],
    ['the service was killed, and nobody for want of memory', {killed: true}, []],
    [
      'the log says it',
      {said: ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory']},
      ['out_of_memory'],
    ],
    ['Python says it', {said: ['MemoryError']}, ['out_of_memory']],
    [
      'all at once',
      {fds: {open: 9, limit: 9}, disks: [], said: ['ENOSPC', 'OOMKilled']},
      ['out_of_fds', 'disk_full', 'out_of_memory'],
    ],
  ])('when %s: %j', (_, signs, found) => {
    expect(foundCauses({...calm, ...signs})).toEqual(found);
  });
});

const evidence: Evidence = {
  at: 1,
  facts: [
    {label: 'process', text: 'pid 42'},
    {label: 'cpu', text: '0 %'},
    {label: 'fds', text: '1024 of 1024'},
  ],
  texts: [{label: 'log', text: 'one\naccept: EMFILE'}],
  found: ['out_of_fds'],
};

test('the log line has the causes, the main figures and the line of the service with its error', () => {
  expect(evidenceLine(evidence)).toEqual(
    'out_of_fds; cpu 0 %; fds 1024 of 1024; log: accept: EMFILE',
  );
  expect(
    render(evidenceLine({...evidence, texts: [{label: 'log', text: 'x'.repeat(500)}]})).length,
  ).toBeLessThan(200);
  const disk = {label: 'disk of its directory', text: '0 KiB of 10 GiB free (/srv)'};
  expect(evidenceLine({at: 1, facts: [disk], texts: [], found: ['disk_full']})).toEqual(
    'disk_full; disk of its directory 0 KiB of 10 GiB free (/srv)',
  );
  expect(evidenceLine({at: 1, facts: [disk], texts: [], found: []})).toEqual('nothing found');
  expect(evidenceLine({at: 1, facts: [], texts: [], found: []})).toEqual('nothing found');
});

describe('evidence', () => {
  const requests = (world: World): FixRequest[] =>
    world.fixes().flatMap(({effect}) => (effect.type === 'fix' ? [effect.request] : []));

  /** Hung, and its first fix is being made. */
  function fixing(): World {
    const world = createWorld({fixMs: 5_000});
    world.advance(12_000);
    world.service.api = 'hung';
    world.service.restartsInto = 'broken';
    for (let guard = 0; world.fixes().length === 0 && guard < 1_000; guard++) world.advance(50);
    return world;
  }

  function find(
    world: World,
    more: Partial<Evidence> = {},
    attempt = requests(world).at(-1)?.attempt ?? 0,
  ): void {
    world.dispatch({
      type: 'evidence',
      at: world.now(),
      target: 'web',
      attempt,
      evidence: {...evidence, ...more},
    });
  }

  test('is requested by the first restart, kept with its incident, and logged in one line', () => {
    const world = fixing();
    expect(requests(world).at(-1)).toMatchObject({gather: true});
    find(world);
    expect(world.target().incident?.evidence).toEqual({...evidence});
    expect(world.notices.filter(({text}) => text.startsWith('evidence'))).toMatchObject([
      {level: 'info', text: 'evidence: out_of_fds; cpu 0 %; fds 1024 of 1024; log: accept: EMFILE'},
    ]);
  });

  test('is named beside the cause in the reason and in the fix', () => {
    const world = fixing();
    find(world);
    expect(whyLine(world.target(), world.now())).toContain(
      'restarting (hung: no response, beside it out_of_fds)',
    );
    expect(whyDetails(world.target(), world.now())).toContain('found beside it: out_of_fds');
    expect(world.target().fixes.at(-1)?.detail).toEqual('no response, beside it out_of_fds');
  });

  test('without a found cause changes no reason', () => {
    const world = fixing();
    find(world, {found: []});
    expect(world.target().fixes.at(-1)?.detail).toEqual('no response');
    expect(whyLine(world.target(), world.now())).not.toContain('beside');
  });

  test('is gathered once in an incident, and named by its next fix too', () => {
    const world = fixing();
    find(world);
    for (let guard = 0; requests(world).length < 2 && guard < 2_000; guard++) world.advance(50);
    expect(requests(world)[1]).toMatchObject({gather: false});
    expect(world.logged('fix').map(({text}) => text)).toContainEqual(
      expect.stringMatching(/^fix: restart because .*, beside it out_of_fds; 2 of /),
    );
    find(world, {found: []});
    expect(world.target().incident?.evidence?.found).toEqual(['out_of_fds']);
  });

  test('of another attempt is ignored', () => {
    const world = fixing();
    find(world, {}, 99);
    expect(world.target().incident?.evidence).toBeUndefined();
  });

  test('stays with the incident after its end', () => {
    const world = fixing();
    find(world);
    world.service.restartsInto = 'healthy';
    world.advance(20_000);
    expect(world.target().incident).toBeUndefined();
    expect(world.target().incidents.at(-1)?.evidence).toEqual({...evidence});
  });
});
