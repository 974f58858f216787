import {closeSync, constants, openSync, rmSync} from 'node:fs';
import {capture} from './capture.ts';

const MAKE_MS = 5_000;

/**
 * Opens a stdin that never ends and never says anything: many servers end with their stdin (a development server, a REPL), and from
 * `/dev/null` they would end at once. A named pipe that the child itself holds open at both ends outlives agent2, where
 * the pipe of a parent would break. Undefined where no named pipe can be made: the child then gets `/dev/null`.
 */
export async function openEndlessInput(path: string): Promise<number | undefined> {
  try {
    rmSync(path, {force: true});
    const {end} = await capture({argv: ['mkfifo', '-m', '600', path], timeoutMs: MAKE_MS});
    if (end.kind !== 'exited' || end.code !== 0) return undefined;
    return openSync(path, constants.O_RDWR);
  } catch {
    return undefined;
  } finally {
    rmSync(path, {force: true});
  }
}

export function closeInput(input: number | undefined): void {
  if (input !== undefined) closeSync(input);
}
