import {existsSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {definition} from '../../source/fixes/signal.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {context, request, setup} from '../helpers/fix.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

describe('the fix by signal', () => {
  test('writes the signal, and is done when somebody took it', async () => {
    const options = setup();
    const path = join(options.stateDir, 'restart_signal');
    let signalled = false;
    const outcome = definition.create({}, options).restart(
      request,
      context(() => (signalled = true)),
    );
    await until('written', () => existsSync(path));
    expect(signalled).toBe(true);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      reason: 'process_not_alive',
      requested_by: 'agent2',
      cause: 'crashed',
    });
    rmSync(path);
    expect(await outcome).toEqual({kind: 'done', detail: 'restart_signal was consumed'});
  });

  test('that nobody took is withdrawn', async () => {
    const options = setup();
    const {controller, ...rest} = context();
    const outcome = definition.create({}, options).restart(request, rest);
    await until('written', () => existsSync(join(options.stateDir, 'restart_signal')));
    controller.abort();
    expect(await outcome).toMatchObject({kind: 'failed'});
    expect(existsSync(join(options.stateDir, 'restart_signal'))).toBe(false);
  });
});
