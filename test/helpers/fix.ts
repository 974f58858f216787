import {expect} from 'vitest';
import type {FixSetup} from '../../source/contracts/fix.ts';
import type {FixRequest} from '../../source/core/model/effect.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';

/** The third attempt at a service that crashed. */
export const request: FixRequest = {
  action: 'restart',
  cause: 'crashed',
  reason: 'process_not_alive',
  attempt: 3,
  faults: [
    {probe: 'process', kind: 'process_gone', pid: 7, text: 'process 7 is gone; $(touch x) `y`'},
  ],
  process: undefined,
  gather: false,
  stopFirst: false,
  mayStop: true,
};

/** For a fix whose own trouble would be a bug of the test. */
export function setup(): FixSetup {
  const stateDir = temporaryDirectory();
  return {
    target: 'web',
    stateDir,
    outputDir: stateDir,
    secrets: [],
    stopTimeoutMs: 2_000,
    now: () => 0,
    onProblem: text => expect(text).toBe(''),
  };
}

export function context(onSignalled = () => {}) {
  const controller = new AbortController();
  return {controller, signal: controller.signal, onSignalled};
}
