import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {obstacles, type Obstacle} from './obstacles.ts';

/** Regular files that hold something else than what belongs there. */
const contents: readonly Obstacle[] = (
  [
    ['nothing', ''],
    ['zeros', Buffer.alloc(4_096)],
    ['half a document', '{"version":1,"targets":{"we'],
    ['a document of a later version', '{"version":99,"targets":{}}'],
    ['an array', '[[],null,1e999]'],
    [
      'fields of other types',
      '{"version":1,"pid":"x","status":[],"fixes":[null,{"at":"x"}],"targets":{"web":{"fixes":[null,{"at":"x"}],"incidents":[null],"events":7}}}',
    ],
    ['brackets a hundred thousand deep', '['.repeat(100_000) + ']'.repeat(100_000)],
  ] as const
).map(([name, text]) => ({name, put: path => writeFileSync(path, text)}));

/** All that may lie in the place of a file or directory. */
export const allObstacles: readonly Obstacle[] = [...obstacles, ...contents];

/** Every file and directory in a state directory, relative to it. */
export const stateFiles: readonly string[] = [
  'agent2_status.json',
  'agent2.log',
  'agent2.log.1',
  'agent2.log.2.gz',
  'agent2.pid',
  'restart_signal',
  'fix-output.log',
  'service.log',
  'service.log.pid.json',
  'record.jsonl',
  'record.jsonl.1',
  'run',
  'run/memory.json',
  'run/monitor.1.json',
  'run/agent2.sock',
  'run/agent2.pid.stale',
  'run/handover.json',
  'run/stderr.log',
  'targets',
  'targets/web',
  'archive',
];

/** Puts an obstacle in the place of each of these files, those within a directory that is one of them left out. */
export async function obstruct(
  stateDir: string,
  files: readonly string[],
  {put}: Obstacle,
): Promise<void> {
  for (const file of files) {
    if (files.includes(dirname(file))) continue;
    const path = join(stateDir, file);
    mkdirSync(dirname(path), {recursive: true, mode: 0o700});
    await put(path);
  }
}
