import {spawnSync} from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  symlinkSync,
  ftruncateSync,
  writeFileSync,
} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';

/** What may lie in the place of a file; `put` makes it at that path, where nothing is. */
export interface Obstacle {
  readonly name: string;
  put(path: string): void | Promise<void>;
}

/** What is no regular file, and what is one that must not be read whole. */
export const obstacles: readonly Obstacle[] = [
  {
    name: 'a fifo',
    put: path => {
      const {status} = spawnSync('mkfifo', [path]);
      if (status !== 0) throw new Error(`mkfifo ${path} failed`);
    },
  },
  {name: 'an empty directory', put: path => void mkdirSync(path)},
  {name: 'a full directory', put: path => void mkdirSync(join(path, 'within'), {recursive: true})},
  {name: 'a circle of links', put: path => symlinkSync(path, path)},
  {name: 'a link to nothing', put: path => symlinkSync(`${path}-is-not-there`, path)},
  {name: 'a link to /dev/zero', put: path => symlinkSync('/dev/zero', path)},
  {name: 'a link to /dev/full', put: path => symlinkSync('/dev/full', path)},
  {
    name: 'a socket',
    put: path =>
      new Promise((resolve, reject) => {
        // A server removes its own name at its end; this one is another's by then.
        const own = `${path}.own`;
        const server = createServer().on('error', reject);
        server.listen(own, () => {
          renameSync(own, path);
          server.close(() => resolve());
        });
      }),
  },
  {
    name: 'four sparse GiB',
    put: path => {
      const file = openSync(path, 'w');
      ftruncateSync(file, 4 * 2 ** 30);
      closeSync(file);
    },
  },
  {
    name: 'a file that nobody may read',
    put: path => {
      writeFileSync(path, '{}');
      chmodSync(path, 0);
    },
  },
];
