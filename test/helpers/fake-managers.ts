import {readFileSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {afterEach, beforeEach, vi} from 'vitest';
import type {FixDefinition, FixSetup} from '../../source/contracts/fix.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from './cleanup.ts';
import {context, request, setup} from './fix.ts';
import {root} from './root.ts';

/** Process managers that `test/fixtures/bin` plays, in front of the real ones for each test of the file. */
export interface FakeManagers {
  /** Where they note what they are asked for; also an empty PATH. */
  directory(): string;
  /** What they were asked for. */
  calls(): readonly string[];
  /** Restarts by the fix; `trouble` is what the manager then does wrong. */
  restart<Options>(
    definition: FixDefinition<Options>,
    options: Options,
    trouble?: string,
    fixSetup?: FixSetup,
  ): ReturnType<ReturnType<FixDefinition<Options>['create']>['restart']>;
}

export function fakeManagers(): FakeManagers {
  let directory: string;
  beforeEach(() => {
    directory = temporaryDirectory();
    vi.stubEnv('FAKE_DIR', directory);
    vi.stubEnv('PATH', `${join(root, 'test/fixtures/bin')}${delimiter}${process.env['PATH']}`);
    vi.stubEnv('XDG_RUNTIME_DIR', '/run/user/7');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await cleanUp();
  });
  return {
    directory: () => directory,
    calls: () => readFileSync(join(directory, 'calls'), 'utf8').trim().split('\n'),
    restart(definition, options, trouble, fixSetup = setup()) {
      if (trouble !== undefined) writeFileSync(join(directory, 'trouble'), trouble);
      return definition.create(options, fixSetup).restart(request, context());
    },
  };
}
