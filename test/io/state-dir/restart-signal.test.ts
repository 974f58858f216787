import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {afterEach, describe, expect, test} from 'vitest';
import {
  createSignalReader,
  isSignalThere,
  removeSignal,
  signalPath,
  writeSignal,
} from '../../../source/io/state-dir/restart-signal.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';

afterEach(cleanUp);

describe('a restart signal', () => {
  test('is written as AgentOS reads it, with the cause beside', () => {
    const path = signalPath(temporaryDirectory());
    writeSignal(path, {
      timestamp: '2026-01-27T10:30:45.123456+00:00',
      reason: 'process_not_alive',
      cause: 'crashed',
      target: 'web',
    });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      timestamp: '2026-01-27T10:30:45.123456+00:00',
      reason: 'process_not_alive',
      requested_by: 'agent2',
      cause: 'crashed',
      target: 'web',
    });
    removeSignal(path);
    removeSignal(path);
    expect(isSignalThere(path)).toBe(false);
  });

  test('of somebody else is noticed once for each writing, empty or not; our own is not', () => {
    const path = signalPath(temporaryDirectory());
    let seen = 0;
    const look = createSignalReader(
      path,
      () => {
        seen++;
        return undefined;
      },
      text => expect(text).toBeUndefined(),
    );
    writeSignal(path, {
      timestamp: '',
      reason: 'process_not_alive',
      cause: 'crashed',
      target: 'web',
    });
    look();
    expect(seen).toBe(0);
    writeFileSync(path, '');
    look();
    look();
    expect(seen).toBe(1);
    removeSignal(path);
    look();
    writeFileSync(path, 'again');
    look();
    expect(seen).toBe(2);
  });

  test('that is a directory is none', () => {
    const path = signalPath(temporaryDirectory());
    mkdirSync(path);
    createSignalReader(
      path,
      () => expect.unreachable(),
      text => expect(text).toBeUndefined(),
    )();
  });
});
