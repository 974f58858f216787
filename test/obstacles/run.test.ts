import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {existsSync, lstatSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {targetFrom} from '../../source/config/options/target.ts';
import {openMonitor} from '../../source/monitor/open.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {makeHome} from '../helpers/home.ts';
import {allObstacles, obstruct, stateFiles} from '../helpers/obstructed.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

const isRoot = process.getuid?.() === 0;
/** A regular file of that name is a stale lock, which goes without a word. */
const FILES_THAT_MAY_BE_LOCKS = /^nothing$|zeros|document|array|fields|deep|nobody may read/;
const RAW = /a bug|please report|Cannot read|Maximum call|Invalid time|undefined|E[A-Z]{4,}: /;

test.each(allObstacles)(
  'a monitor watches its target with $name in the place of every file of its directory',
  async obstacle => {
    const {stateDir} = makeHome();
    mkdirSync(stateDir, {mode: 0o755});
    // What a user may not read may be another monitor's lock.
    const isHidden = obstacle.name === 'a file that nobody may read' && !isRoot;
    // A directory in the way of a directory is none.
    const files = stateFiles.filter(
      file => !(file === 'run' || (file === 'agent2.pid' && isHidden)),
    );
    await obstruct(stateDir, files, obstacle);
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end('{"status":"ok"}');
    }).listen(0, '127.0.0.1');
    onCleanup(() => void server.close());
    await until('the service listens', () => server.listening);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const texts: string[] = [];
    const monitor = await openMonitor({
      targets: [
        {...targetFrom(url, {name: 'web', interval: 100}, undefined, '/'), fingerprint: 'web'},
      ],
      stateDirOption: stateDir,
      temporary: true,
      log: {},
      onNotice: ({notice}) => void texts.push(JSON.stringify(notice)),
    });
    onCleanup(monitor.close);
    await until('three checks', () => asked >= 3, {describe: () => texts.join('\n')});
    await until('its status', () => {
      const path = join(stateDir, 'agent2_status.json');
      return existsSync(path) && lstatSync(path).isFile()
        ? true
        : obstacle.name.includes('directory');
    });
    await monitor.close();
    expect(texts.filter(text => RAW.test(text))).toEqual([]);
    if (!FILES_THAT_MAY_BE_LOCKS.test(obstacle.name))
      expect(texts.join('')).toContain('was no lock and was moved to');
    // What lay in the place of the lock is moved, not removed, and the lock went with its monitor.
    if (!isHidden)
      expect(lstatSync(join(stateDir, 'agent2.pid'), {throwIfNoEntry: false})).toBeUndefined();
  },
);
