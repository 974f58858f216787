import {spawnSync} from 'node:child_process';

/** Whether a program is there; says so where it is not, for a test that is skipped then. */
export function hasTool(...argv: readonly [string, ...string[]]): boolean {
  const [command, ...args] = argv;
  const found = spawnSync(command, args, {stdio: 'ignore', timeout: 10_000}).error === undefined;
  if (!found) process.stderr.write(`skipped what needs ${command}, which is not here\n`);
  return found;
}
