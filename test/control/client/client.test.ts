import {mkdirSync} from 'node:fs';
import {once} from 'node:events';
import {createServer, type RequestListener} from 'node:http';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {ask} from '../../../source/control/client/client.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {makeHome} from '../../helpers/home.ts';

afterEach(cleanUp);

/** A state directory whose socket answers like that. */
async function served(listener: RequestListener): Promise<string> {
  const {stateDir} = makeHome();
  mkdirSync(join(stateDir, 'run'), {recursive: true, mode: 0o700});
  const server = createServer(listener).listen(join(stateDir, 'run', 'agent2.sock'));
  onCleanup(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return stateDir;
}

test('a restart is awaited as long as the monitor is alive', async () => {
  const stateDir = await served(
    (request, response) =>
      void setTimeout(
        () => response.end('{"ok":true,"message":"done"}'),
        request.method === 'POST' ? 2_500 : 0,
      ),
  );
  expect(await ask(stateDir, 'restart', {}, {deadlineMs: 60_000, signMs: 2_000})).toMatchObject({
    kind: 'answered',
    answer: {text: 'done'},
  });
});

test('a hanging monitor is reported long before a restart could be done', async () => {
  const stateDir = await served(() => undefined);
  expect(await ask(stateDir, 'restart', {}, {deadlineMs: 60_000, signMs: 200})).toEqual({
    kind: 'late',
    afterMs: 200,
  });
});
