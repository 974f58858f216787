import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {childRecordText, readChildRecord} from '../../source/documents/child-record.ts';
import {monitorCardText, readMonitorCard} from '../../source/documents/monitor-card.ts';
import {pointerName, pointerText, readPointer} from '../../source/documents/pointer.ts';
import {readPreferences} from '../../source/documents/preferences.ts';
import {readRestartSignal, restartSignalText} from '../../source/documents/restart-signal.ts';
import {damaged} from '../helpers/mutations.ts';

describe('the card of a monitor', () => {
  const card = {
    pid: 42,
    startKey: '7@boot',
    targets: ['web', 'db'],
    asked: 'a1b2',
    version: '1.2.3',
    endMs: 65_000,
  };

  test('reads back whole', () => {
    expect(readMonitorCard(monitorCardText(card), 42)).toEqual(card);
  });

  test('identifies a monitor of any later version', () => {
    const later = {...card, targets: {web: {}, db: {}}, endMs: '65 s'};
    const {targets: _, endMs: __, ...known} = card;
    expect(readMonitorCard(JSON.stringify(later), 42)).toEqual({...known, targets: []});
  });

  test.each(['', '{', '[]', 'null', '{"pid":43,"targets":[]}', '{"pid":"42","targets":[]}'])(
    'is refused for the text %j',
    text => {
      expect(readMonitorCard(text, 42)).toBeUndefined();
    },
  );

  test('is refused, or has the right shape, when damaged anywhere', () => {
    fc.assert(
      fc.property(damaged(card), value => {
        const read = readMonitorCard(JSON.stringify(value), 42);
        if (read) for (const name of read.targets) name.trim();
        read?.startKey?.trim();
        read?.asked?.trim();
      }),
    );
  });
});

describe('the record of a child', () => {
  test('reads back whole', () => {
    const identity = {pid: 4242, startKey: '7@boot'};
    for (const child of [
      {identity, ours: true},
      {identity, ours: false},
    ])
      expect(readChildRecord(childRecordText(child))).toEqual(child);
  });

  test.each([
    '',
    '{"pid":4242,"startKey":"7@bo',
    '{"pid":4242}',
    '{"pid":0,"startKey":"7"}',
    '{"pid":-4242,"startKey":"7"}',
    '{"pid":42.5,"startKey":"7"}',
    '{"pid":4242,"startKey":""}',
  ])('is refused for the text %j', text => {
    expect(readChildRecord(text)).toBeUndefined();
  });
});

test('unusable preferences are left out', () => {
  expect(readPreferences('{"theme":"light","language":"zh"}')).toEqual({
    theme: 'light',
    language: 'zh',
  });
  expect(readPreferences('{"theme":7,"language":"zh","__proto__":{"theme":"x"}}').theme).toBe(
    undefined,
  );
  for (const text of ['', '[]', 'null', '{']) expect(readPreferences(text)).toEqual({});
});

test('a pointer is read only if its path matches its name', () => {
  const path = '/srv/agent2 of web';
  expect(readPointer(pointerText(path), pointerName(path))).toBe(path);
  expect(readPointer(pointerText('/elsewhere'), pointerName(path))).toBeUndefined();
  expect(readPointer('', pointerName(''))).toBeUndefined();
});

describe('a restart signal', () => {
  const signal = {
    timestamp: '2026-01-27T10:30:45.123456+00:00',
    reason: 'process_not_alive',
    cause: 'crashed',
    target: 'web',
  };

  test('written by agent2 is recognised, and names its target', () => {
    expect(readRestartSignal(restartSignalText(signal))).toEqual({isOurs: true, target: 'web'});
  });

  test.each([
    ['', undefined],
    ['touched by hand', undefined],
    ['{"target":"db","requested_by":"agent1"}', 'db'],
    ['{"target": "db", "reas', undefined],
  ])('of somebody else counts, whatever is in it (%j)', (text, target) => {
    expect(readRestartSignal(text)).toEqual({isOurs: false, target});
  });
});
