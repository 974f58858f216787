import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {breakDemo} from '../../../source/demo/client.ts';
import {memoriesFrom} from '../../helpers/documents.ts';
import {holderOf} from '../../../source/io/state-dir/lock.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {makeHome, type Home} from '../../helpers/home.ts';
import {freePort} from '../../helpers/port.ts';
import {isAlive, processesNaming, signal} from '../../helpers/processes.ts';
import {cli, demoService} from '../../helpers/root.ts';
import {readStatus} from '../../helpers/status.ts';
import {openTerminal} from '../../helpers/terminal.ts';
import {until} from '../../helpers/until.ts';

afterEach(cleanUp);

const targetOf = (home: Home) => readStatus(home)?.targets[0];

/** What agent2 would know of it after a restart, but what it sees anew with every check. */
function memoryOf(home: Home) {
  const memory = memoriesFrom(readFileSync(join(home.stateDir, 'run/memory.json'), 'utf8'))?.get(
    'web',
  );
  return {...memory, incident: {...memory?.incident, faults: []}};
}

test('b hands a held service over to the background with its child, incident, fixes and counters; what cannot take it over leaves it here', async () => {
  const home = makeHome();
  const port = await freePort();
  const config = join(home.path, 'agent2.json');
  const fix = {
    use: 'child',
    command: [
      process.execPath,
      demoService,
      '--port',
      String(port),
      '--pid-file',
      join(home.path, 'service.pid'),
    ],
  };
  const good = JSON.stringify({
    targets: [
      {
        name: 'web',
        url: `http://127.0.0.1:${port}/api/health`,
        preset: 'dev',
        interval: '500ms',
        confirm: '200ms',
        budget: '1 in 5m',
        fix,
      },
    ],
  });
  writeFileSync(config, good);
  const terminal = openTerminal({
    argv: [cli, '--config', config, '--theme', 'light'],
    env: home.env,
  });
  await terminal.waitFor(/● OK/);
  await breakDemo(port, 'error');
  await terminal.waitFor(screen => /● OK/.test(screen) && /success/.test(screen));
  await breakDemo(port, 'error');
  await until('it is held', () => targetOf(home)?.status === 'held');

  writeFileSync(config, good.replace('web', 'web, but'));
  await terminal.waitFor(/config: .*agent2\.json:\d/);
  terminal.type('b');
  await terminal.waitFor(/stays here: the background process did not start: .*agent2\.json/);
  const kept = targetOf(home)?.total_checks ?? Infinity;
  await until('it is watched on', () => (targetOf(home)?.total_checks ?? 0) > kept);
  expect([
    holderOf(home.stateDir)?.pid,
    targetOf(home)?.status,
    existsSync(join(home.stateDir, 'run/handover.json')),
  ]).toEqual([terminal.pid, 'held', false]);
  writeFileSync(config, good);
  await terminal.waitFor(screen => !/config: .*agent2\.json:\d/.test(screen));

  const before = {target: targetOf(home), memory: memoryOf(home)};
  terminal.type('b');
  expect(await terminal.exited()).toEqual({code: 0, signal: undefined});
  const [, pid] = /agent2 continues in the background, pid (\d+)/.exec(terminal.screen()) ?? [];
  expect([terminal.alternateScreen(), terminal.cursorVisible()]).toEqual([false, true]);
  expect([holderOf(home.stateDir)?.pid, isAlive(Number(pid))]).toEqual([Number(pid), true]);
  const after = await until('it is looked at again', () => {
    const target = targetOf(home);
    return target && target.total_checks > (before.target?.total_checks ?? Infinity) && target;
  });
  expect(after).toMatchObject({
    status: 'held',
    process: {pid: before.target?.process?.pid},
    fixes: before.target?.fixes,
  });
  expect(memoryOf(home)).toEqual(before.memory);
  expect(before.memory).toMatchObject({
    incident: {number: 1, again: {relapses: 1}},
    incidents: [],
  });

  // The child is as much its own as if it had started it.
  signal(before.target?.process?.pid ?? -1, 'SIGKILL');
  await until('its end is seen', () => targetOf(home)?.process?.pid === null);
  signal(Number(pid), 'SIGTERM');
  await until('nothing is left', () => processesNaming(home.path).length === 0);
});
