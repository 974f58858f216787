import {until} from '../io/until.ts';

/** Work of node's threads on files, which a hung disk never ends. */
const ON_DISKS = /^FSReq/;
/** A resolver gives up after half a minute. */
const ON_DISKS_OR_NAMES = /^(?:FSReq|GetAddrInfo)/;
const PATIENCE_MS = 500;

/**
 * Ends the process with that code. While a thread hangs, `process.exit` would wait for it, for ever behind a hung disk: then SIGTERM ends the process, and
 * the code is lost. A code other than 0 is worth the wait for a name.
 */
export async function endProcess(code: number): Promise<void> {
  const hanging = code === 0 ? ON_DISKS_OR_NAMES : ON_DISKS;
  const areThreadsFree = () => !process.getActiveResourcesInfo().some(name => hanging.test(name));
  if (await until(areThreadsFree, {everyMs: 20, withinMs: PATIENCE_MS})) process.exit(code);
  process.emit('exit', code);
  process.removeAllListeners('SIGTERM');
  process.kill(process.pid, 'SIGTERM');
  // Who started it may have told it to ignore that.
  process.kill(process.pid, 'SIGKILL');
}
