import {execFile, spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {readMonitorStatus} from '../../../source/documents/monitor-status.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {type ServedMonitor} from '../../helpers/control.ts';
import {served} from './served.ts';

afterEach(cleanUp);

describe('the status', () => {
  test('is the document of the status file', async () => {
    const {ask} = await served();
    const {answer} = await ask('/v1/status', undefined, 'GET');
    expect(
      readMonitorStatus(JSON.stringify(answer))?.targets.map(
        ({name, health}) => `${name} ${health}`,
      ),
    ).toEqual(['web ok', 'db unknown']);
  });

  test('that cannot be built is reported as a problem until one can, and stops nothing', async () => {
    const api = await served(['web']);
    const {getSnapshot} = api.monitor;
    api.monitor.getSnapshot = () => {
      throw new Error('a slip');
    };
    expect(await api.ask('/v1/status', undefined, 'GET')).toMatchObject({
      status: 500,
      answer: {ok: false, message: 'agent2 could not answer: a slip'},
    });
    api.monitor.getSnapshot = getSnapshot;
    expect(await api.ask('/v1/status', undefined, 'GET')).toMatchObject({status: 200});
    expect(api.problems).toEqual(['the control API failed: a slip', undefined]);
  });
});

describe.skipIf(!hasCurl())('curl', () => {
  const curl = ({socketPath}: ServedMonitor, ...args: readonly string[]) =>
    new Promise<string>(resolve => {
      execFile(
        'curl',
        ['-sS', '-m', '30', '--unix-socket', socketPath, '-w', ' %{http_code}', ...args],
        (_, stdout) => resolve(stdout),
      );
    });

  test('is answered, and refused to web pages and for other hosts', async () => {
    const api = await served(['web']);
    expect(await curl(api, 'http://agent2/v1/status')).toMatch(/"name": "web".* 200$/s);
    expect(await curl(api, '-d', '{"for":"1m"}', 'http://agent2/v1/pause')).toMatch(
      /"message":"web: paused until .* 200$/s,
    );
    expect(await curl(api, '-X', 'POST', 'http://agent2/v1/resume')).toMatch(
      /"message":"web: resumed".* 200$/s,
    );
    expect(await curl(api, 'http://localhost/v1/status')).toMatch(
      /the host has to be agent2.* 403$/s,
    );
    expect(await curl(api, '-H', 'Origin: http://evil.example', 'http://agent2/v1/status')).toMatch(
      /refuses requests of web pages \(Origin\).* 403$/s,
    );
    expect(await curl(api, '-i', '-X', 'DELETE', 'http://agent2/v1/restart')).toMatch(
      /^allow: POST\r$.* 405$/ims,
    );
    const large = join(api.home.path, 'large');
    writeFileSync(large, 'x'.repeat(2_000_000));
    expect(await curl(api, '-d', `@${large}`, 'http://agent2/v1/pause')).toMatch(
      /too long.* 413$/s,
    );
  });
});

function hasCurl(): boolean {
  if (spawnSync('curl', ['--version']).status === 0) return true;
  process.stdout.write('skipped: curl is not there\n');
  return false;
}
