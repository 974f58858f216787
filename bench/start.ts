import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {cleanUp} from '../test/helpers/cleanup.ts';
import {makeHome, type Home} from '../test/helpers/home.ts';
import {cli} from '../test/helpers/root.ts';
import {startService} from '../test/helpers/service.ts';
import {openTerminal} from '../test/helpers/terminal.ts';
import type {Runs} from './runs.ts';
import {judge, repeat, round, spread} from './figures.ts';

/**
 * Measures from the start of the process to its end, or to the first frame with the target's name. Budgets are multiples of bare node in the same run and
 * environment: a variable like NODE_EXTRA_CA_CERTS slows both equally.
 */
export async function measureStart({startRuns, frameRuns}: Runs): Promise<object> {
  const home = makeHome();
  const bareNodeMs = spread(
    await repeat('bare node, ms', startRuns, () => timeToEnd(home, [process.execPath, '-e', ''])),
  );
  const versionMs = spread(
    await repeat('--version, ms', startRuns, () => timeToEnd(home, [cli, '--version'])),
  );
  await cleanUp();
  const firstFrameMs = spread(await repeat('first frame, ms', frameRuns, firstFrame));
  return {
    bareNodeMs,
    versionMs,
    versionTimesBareNode: judge(round(versionMs.median / bareNodeMs.median, 2), 1.6),
    firstFrameMs,
    firstFrameTimesBareNode: judge(round(firstFrameMs.median / bareNodeMs.median, 2), 5),
  };
}

async function timeToEnd(home: Home, [file = '', ...args]: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(file, args, {env: {...process.env, ...home.env}, stdio: 'ignore'});
  const [code] = (await once(child, 'exit')) as [number | null];
  const tookMs = performance.now() - startedAt;
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}`);
  return round(tookMs);
}

async function firstFrame(): Promise<number> {
  const home = makeHome();
  const service = await startService(home);
  const startedAt = performance.now();
  const terminal = openTerminal({
    argv: [cli, service.url, '--pid-file', service.pidFile],
    cols: 100,
    rows: 30,
    env: {...process.env, ...home.env},
  });
  await terminal.waitFor(`127.0.0.1:${service.port}`);
  const tookMs = performance.now() - startedAt;
  await cleanUp();
  return round(tookMs);
}
