import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {gathererOf} from '../../source/monitor/target.ts';
import type {TargetSpec} from '../../source/config/spec.ts';
import {targetFrom} from '../../source/config/target-options.ts';
import type {OwnedChild} from '../../source/contracts/fix.ts';
import type {FixRequest} from '../../source/core/model/effect.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';

afterEach(cleanUp);

const request: FixRequest = {
  action: 'restart',
  cause: 'hung',
  reason: 'health_check_failed',
  attempt: 1,
  faults: [],
  gather: true,
  stopFirst: false,
  mayStop: true,
};

async function logOf(spec: Partial<TargetSpec>, directory: string): Promise<string | undefined> {
  const child = {logFile: join(directory, 'service.log')} as OwnedChild;
  const target: TargetSpec = {
    ...targetFrom('http://bob:p%40ssw0rd@127.0.0.1:1/', {}, ['node'], directory),
    ...spec,
  };
  const {texts} = await gathererOf(target, directory, child, Date.now).gather(
    request,
    {},
    AbortSignal.timeout(10_000),
  );
  return texts.find(({label}) => label === 'log')?.text;
}

test('the log of the config comes before the output of the child, and the secrets of config and url are in neither', async () => {
  const directory = temporaryDirectory();
  const own = join(directory, 'own.log');
  writeFileSync(join(directory, 'service.log'), 'child says p@ssw0rd and p%40ssw0rd\n');
  writeFileSync(own, 'log says from-the-env\n');
  expect(await logOf({}, directory)).toBe('child says *** and ***');
  expect(
    await logOf({evidence: {timeoutMs: 1_000, log: own}, secrets: ['from-the-env']}, directory),
  ).toBe('log says ***');
});
