import {networkInterfaces} from 'node:os';
import {describe, expect, test} from 'vitest';
import {chooseStateDir, watchedOf} from '../../../source/config/state-dir.ts';
import {targetFrom} from '../../../source/config/options/target.ts';

/** A directory. */
const HERE = import.meta.dirname;
const HOME = '/home/someone';

describe('a target', () => {
  test('without anything named is AgentOS, healed by a signal', () => {
    expect(targetFrom(undefined, {}, undefined, HOME)).toMatchObject({
      name: 'webui',
      address: 'http://127.0.0.1:8080/api/health',
      endpoint: {host: '127.0.0.1', port: 8080},
      http: {expect: [{path: 'status', equals: 'ok'}]},
      pidFile: '/home/someone/.agentos/webui.pid',
      processName: 'python',
      fix: {use: 'signal'},
      preset: 'test',
      overrides: {},
      agentos: true,
    });
  });

  test('of a url is named by host and port and only observed until there is something to restart it with', () => {
    expect(targetFrom('http://localhost:3000/health', {}, undefined, HOME)).toMatchObject({
      name: 'localhost:3000',
      local: true,
      fix: {use: 'none', options: {}},
      http: {expect: []},
      pidFile: undefined,
      agentos: false,
    });
    expect(targetFrom('https://example.com/', {}, undefined, HOME)).toMatchObject({
      name: 'example.com:443',
      local: false,
    });
    expect(targetFrom('http://[::1]:3000/', {}, undefined, HOME)).toMatchObject({
      endpoint: {host: '::1', port: 3000},
      local: true,
    });
  });

  test('shows neither credentials nor the query of its url', () => {
    expect(
      targetFrom('http://user:secret@127.0.0.1:3000/health?token=secret#x', {}, undefined, HOME)
        .address,
    ).toBe('http://127.0.0.1:3000/health');
  });

  test('is restarted by a command', () => {
    expect(
      targetFrom('http://127.0.0.1:1/', {restart: ['./restart.sh', 'web']}, undefined, HOME),
    ).toMatchObject({fix: {use: 'command', options: {restart: ['./restart.sh', 'web']}}});
  });

  test('may be a child, a port or a pid file alone', () => {
    expect(targetFrom(undefined, {}, ['node', 'worker.js'], HOME)).toMatchObject({
      name: 'node',
      address: 'node worker.js',
      fix: {use: 'child', options: {command: ['node', 'worker.js']}},
      endpoint: undefined,
      url: undefined,
    });
    expect(targetFrom(undefined, {port: 6379}, undefined, HOME)).toMatchObject({
      name: '127.0.0.1:6379',
      endpoint: {host: '127.0.0.1', port: 6379},
      url: undefined,
    });
    expect(targetFrom(undefined, {pidFile: '/run/no-such.pid'}, undefined, HOME)).toMatchObject({
      name: 'no-such.pid',
      pidFile: '/run/no-such.pid',
      url: undefined,
    });
  });

  test('is on this machine when its url has the address of an interface', () => {
    const addresses = Object.values(networkInterfaces()).flatMap(all => all ?? []);
    for (const {address, family} of addresses) {
      const host = family === 'IPv6' ? `[${address}]` : address;
      expect(targetFrom(`http://${host}:3000/`, {}, undefined, HOME).local).toBe(true);
    }
    // Reserved for documentation.
    expect(targetFrom('http://192.0.2.1:3000/', {}, undefined, HOME).local).toBe(false);
  });

  test('keeps a pid file that cannot be used now: a check warns about it', () => {
    expect(targetFrom(undefined, {port: 6379, pidFile: HERE}, undefined, HOME).pidFile).toBe(HERE);
  });

  test('overrides single values of its preset', () => {
    expect(
      targetFrom(
        'http://127.0.0.1:1/',
        {
          preset: 'prod',
          interval: 500,
          timeout: 2_000,
          threshold: 4,
          retries: 1,
          slow: 60_000,
        },
        undefined,
        HOME,
      ),
    ).toMatchObject({
      preset: 'prod',
      overrides: {
        intervalMs: 500,
        timeoutMs: 2_000,
        failureThreshold: 4,
        retries: 1,
        slowMs: 60_000,
      },
    });
  });
});

describe('the state directory', () => {
  const web = {name: 'web', agentos: false};

  test('is the option, else the environment, else by what is watched', () => {
    expect(chooseStateDir('/a', web, {AGENT2_STATE_DIR: '/b'}, HOME)).toEqual({
      path: '/a',
      chosenBy: '--state-dir',
    });
    expect(chooseStateDir(undefined, web, {AGENT2_STATE_DIR: '/b'}, HOME)).toEqual({
      path: '/b',
      chosenBy: 'AGENT2_STATE_DIR',
    });
    expect(chooseStateDir(undefined, web, {XDG_STATE_HOME: '/c'}, HOME)).toEqual({
      path: '/c/agent2/web',
    });
    expect(chooseStateDir(undefined, web, {XDG_STATE_HOME: 'relative'}, HOME)).toEqual({
      path: '/home/someone/.local/state/agent2/web',
    });
    expect(chooseStateDir(undefined, {name: 'webui', agentos: true}, {}, HOME)).toEqual({
      path: '/home/someone/.agentos/multi_agent',
    });
  });

  test('of a config file is its own choice, else a place named main or as the file says', () => {
    expect(chooseStateDir(undefined, watchedOf({stateDir: '/d'}), {}, HOME)).toEqual({
      path: '/d',
      chosenBy: 'stateDir',
    });
    expect(chooseStateDir('/a', watchedOf({stateDir: '/d'}), {}, HOME)).toEqual({
      path: '/a',
      chosenBy: '--state-dir',
    });
    expect(chooseStateDir(undefined, watchedOf({}), {}, HOME)).toEqual({
      path: '/home/someone/.local/state/agent2/main',
    });
    expect(chooseStateDir(undefined, watchedOf({name: 'shop'}), {}, HOME)).toEqual({
      path: '/home/someone/.local/state/agent2/shop',
    });
  });
});
