import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The project's directory, also when this file was bundled into another place of it. */
export const root = upwards(dirname(fileURLToPath(import.meta.url)));

/** The program as it ships; it is run by its own first line. */
export const cli = join(root, 'dist/cli.js');
export const demoService = join(root, 'dist/demo-service.js');

function upwards(directory: string): string {
  if (existsSync(join(directory, 'package-lock.json')) && existsSync(join(directory, 'source')))
    return directory;
  return upwards(dirname(directory));
}
