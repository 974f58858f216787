import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {once} from 'node:events';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {afterEach, describe, expect, test} from 'vitest';
import {definition as logrotate} from '../../source/service-files/logrotate.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {agent2, startAgent2} from '../helpers/program.ts';
import {hasTool} from '../helpers/tool.ts';
import {until} from '../helpers/until.ts';
import {facts} from './facts.ts';

afterEach(cleanUp);

const alice = {name: 'alice', group: 'users', uid: 1000, home: '/home/alice'};

describe('a rule of logrotate', () => {
  test('works as the user whose directory it is', () => {
    const text = logrotate.text(
      {...facts, account: alice, stateDir: "/home/alice/it's here"},
      'a mark',
    );
    expect(text).toContain('"/home/alice/it\'s here/agent2.log" {');
    expect(text).toContain('    su alice users\n');
    expect(text).toContain('    create 0644 alice users\n');
    expect(text).toContain(`pid=$(cat '/home/alice/it'\\''s here/agent2.pid' 2>/dev/null)`);
  });

  test('is not made of a path that logrotate would take for a pattern', () => {
    expect(logrotate.refusal?.({...facts, stateDir: '/srv/a*b'})?.message).toContain(
      '--state-dir DIR',
    );
    expect(logrotate.refusal?.(facts)).toBeUndefined();
  });
});

describe.skipIf(!hasTool('logrotate', '--version'))('logrotate itself', () => {
  test('rotates the log of a busy monitor without the loss of a line', async () => {
    const home = makeHome();
    const targets = await busyTargets(4);
    const config = join(home.path, 'agent2.yaml');
    writeFileSync(config, `stateDir: ${home.stateDir}\ntargets:\n${targets.join('')}`);
    const rule = join(home.path, 'rule');
    const printed = await agent2(['service', 'print', 'logrotate', '--config', config], {
      env: home.env,
    });
    expect(printed.code, printed.stderr).toBe(0);
    writeFileSync(rule, printed.stdout, {mode: 0o644});
    const monitor = startAgent2(['run', '--config', config, '--log-level', 'debug'], {
      env: home.env,
    });
    const log = (name: string) => join(home.stateDir, name);
    const rotate = () =>
      spawnSync('logrotate', ['-f', '-s', join(home.path, 'rotated'), rule], {
        encoding: 'utf8',
        env: home.env,
        timeout: 60_000,
      });
    const linesIn = (path: string) =>
      existsSync(path) ? textOf(path).split('\n').slice(0, -1) : [];

    await until('a full log', () => linesIn(log('agent2.log')).length >= 40);
    for (const expected of ['agent2.log.1', 'agent2.log.2.gz']) {
      expect(rotate()).toMatchObject({status: 0, stdout: '', stderr: ''});
      expect(existsSync(log(expected))).toBe(true);
      await until('a new log', () => linesIn(log('agent2.log')).length >= 20);
    }
    const {stdout} = await monitor.stop();
    const kept = ['agent2.log.2.gz', 'agent2.log.1', 'agent2.log'].flatMap(name =>
      linesIn(log(name)),
    );
    expect(kept).toEqual(stdout.split('\n').slice(0, -1));
    expect(kept.filter(line => line.includes(' DEBUG ')).length).toBeGreaterThan(60);
  });
});

/** Entries of a config file for ports that answer, looked at ten times a second. */
async function busyTargets(count: number): Promise<readonly string[]> {
  const server = createServer(socket => socket.destroy()).listen(0, '127.0.0.1');
  onCleanup(async () => {
    server.close();
    await once(server, 'close');
  });
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  return Array.from(
    {length: count},
    (_, index) => `  - {name: port-${index}, port: ${port}, interval: 100ms}\n`,
  );
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
}
