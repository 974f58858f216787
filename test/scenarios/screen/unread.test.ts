import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {sizeOf} from '../../../source/io/files/read-from.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {makeHome, type Home} from '../../helpers/home.ts';
import {isAlive} from '../../helpers/processes.ts';
import {cli} from '../../helpers/root.ts';
import {startService} from '../../helpers/service.ts';
import {readStatus} from '../../helpers/status.ts';
import {openTerminal} from '../../helpers/terminal.ts';
import {until} from '../../helpers/until.ts';
import {watchService} from '../../helpers/watch.ts';

afterEach(cleanUp);

test('a screen that nobody reads stops neither checks nor healing, and shows the newest frame whole when somebody reads again', async () => {
  const {home, service, terminal} = await watchService();
  terminal.stall();
  // Far more than a terminal keeps for its reader.
  let turns = 0;
  await until('the screen was redrawn very often', () => {
    terminal.type('\u000C');
    return ++turns > 150;
  });
  service.signal('SIGKILL');
  await until('the service is healed', () => isHealed(home));
  terminal.read();
  await terminal.waitFor(screen => /● OK[^]*success/.test(screen) && isWhole(screen));
  terminal.type('q');
  expect(await terminal.exited()).toMatchObject({code: 0});
  expect(terminal.alternateScreen()).toBe(false);
});

test('run in a terminal that nobody reads goes on, and ends at SIGTERM', async () => {
  const home = makeHome();
  const service = await startService(home);
  const targets = Array.from({length: 30}, (_, index) => ({
    name: `check-${index}`,
    url: `${service.url}?${index}`,
    observe: true,
    interval: '100ms',
  }));
  const web = {
    name: 'web',
    url: service.url,
    pidFile: service.pidFile,
    preset: 'dev',
    fix: {use: 'command', restart: ['sh', '-c', service.restartCommand]},
  };
  const config = join(home.path, 'agent2.json');
  writeFileSync(config, JSON.stringify({stateDir: home.stateDir, targets: [web, ...targets]}));
  const terminal = openTerminal({
    argv: [cli, 'run', '--config', config, '--log-level', 'debug', '--log-format', 'json'],
    env: home.env,
  });
  await terminal.waitFor(/healthy at first sight/);
  terminal.stall();
  const log = join(home.stateDir, 'agent2.log');
  const loggedBefore = sizeOf(log);
  await until('far more was logged than a terminal keeps for its reader', () => {
    return sizeOf(log) > loggedBefore + 150_000;
  });
  service.signal('SIGKILL');
  await until('the service is healed', () => isHealed(home));
  terminal.kill('SIGTERM');
  await until('agent2 ends', () => !isAlive(terminal.pid));
});

/** One frame, and nothing torn: each line that opens a box closes it. */
function isWhole(screen: string): boolean {
  const lines = screen.split('\n');
  return (
    lines.filter(line => /● OK/.test(line)).length === 1 &&
    lines.every(line => !/^[╭│╰]/.test(line) || /[╮│╯]$/.test(line)) &&
    / q quit/.test(lines.at(-1) ?? '')
  );
}

function isHealed(home: Home): boolean {
  return readStatus(home)?.fixes.at(-1)?.result === 'success';
}
