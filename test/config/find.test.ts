import {chmodSync, chownSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {findConfig} from '../../source/config/find.ts';
import {readConfigFile} from '../../source/io/files/config-file.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';

afterEach(cleanUp);

describe('the config file', () => {
  test('is the one that was named, else one of this directory, else one of the person', () => {
    const [cwd, home, xdg] = [temporaryDirectory(), temporaryDirectory(), temporaryDirectory()];
    const find = (option?: string, env = {}) => findConfig(option, env, cwd, home);
    expect(find()).toBeUndefined();
    mkdirSync(join(home, '.config/agent2'), {recursive: true});
    writeFileSync(join(home, '.config/agent2/agent2.json'), '');
    expect(find()).toBe(join(home, '.config/agent2/agent2.json'));
    mkdirSync(join(xdg, 'agent2'));
    writeFileSync(join(xdg, 'agent2/agent2.yaml'), '');
    expect(find(undefined, {XDG_CONFIG_HOME: xdg})).toBe(join(xdg, 'agent2/agent2.yaml'));
    writeFileSync(join(cwd, 'agent2.json'), '');
    expect(find(undefined, {XDG_CONFIG_HOME: xdg})).toBe('agent2.json');
    writeFileSync(join(cwd, 'agent2.yml'), '');
    expect(find()).toBe('agent2.yml');
    writeFileSync(join(cwd, 'other.yaml'), '');
    expect(find('other.yaml')).toBe('other.yaml');
  });

  test('that was named and is missing is for the user to settle', () => {
    const cwd = temporaryDirectory();
    expect(() => findConfig('no.yaml', {}, cwd, cwd)).toThrow(
      'the config file no.yaml does not exist; correct the path, or write an example: agent2 config init no.yaml',
    );
    expect(() => findConfig('', {}, cwd, cwd)).toThrow(
      "--config '' is empty; give a path, e.g. --config agent2.yaml",
    );
  });
});

describe('root takes only a config that nobody else could have written:', () => {
  test('a file, and a directory, that others can write or own are refused', ctx => {
    if (process.geteuid?.() !== 0) return ctx.skip('only root may give files away');
    const directory = temporaryDirectory();
    const path = join(directory, 'agent2.yaml');
    writeFileSync(path, 'targets: []', {mode: 0o644});
    expect(readConfigFile(path).kind).toBe('bytes');
    chmodSync(path, 0o666);
    expect(readConfigFile(path)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(`chmod go-w ${path}`),
    });
    expect(readConfigFile(path, 1000).kind).toBe('bytes');
    chmodSync(path, 0o644);
    chmodSync(directory, 0o777);
    expect(readConfigFile(path)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(
        `lies in a directory that is writable for others (mode 777), but agent2 runs as root; try: chmod go-w ${directory}`,
      ),
    });
    chmodSync(directory, 0o1777);
    expect(readConfigFile(path).kind).toBe('bytes');
    chmodSync(directory, 0o755);
    chownSync(path, 65_534, 65_534);
    expect(readConfigFile(path)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(
        `belongs to the user 65534, but agent2 runs as root; if root should run what it says: chown root ${path}`,
      ),
    });
    return undefined;
  });
});
