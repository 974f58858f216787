// Preloaded into the measured agent2: writes its live heap, after a full collection, whenever the file that asks for it changes.
import {existsSync, rmSync, writeFileSync} from 'node:fs';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';

if (/cli\.js$|agent2$/.test(process.argv[1] ?? '')) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const asked = `${process.env.SOAK_DIR}/ask.${process.pid}`;
  setInterval(() => {
    if (!existsSync(asked)) return;
    rmSync(asked, {force: true});
    collect();
    collect();
    writeFileSync(
      `${process.env.SOAK_DIR}/heap.${process.pid}`,
      String(process.memoryUsage().heapUsed),
    );
  }, 500).unref();
}
