import {realpathSync} from 'node:fs';

/** This very program: node, and the file that it runs, by their real paths. */
export function installedProgram(): {readonly node: string; readonly program: string} {
  return {node: process.execPath, program: realpathSync(process.argv[1] ?? '')};
}
