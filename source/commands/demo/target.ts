import {fileURLToPath} from 'node:url';
import type {TargetSpec} from '../../config/spec.ts';
import type {PresetName} from '../../config/presets.ts';
import {targetFrom} from '../../config/options/target.ts';

/** Whoever breaks it again and again wants to see it heal each time. */
const DEMO_OVERRIDES = {
  budget: {count: 30, windowMs: 300_000},
  backoff: {baseMs: 500, factor: 1, capMs: 500},
};

/** The demo's own service on `port`, as a target that agent2 starts itself. It consents to what agent2 can do to any process; the faults of its own are caused by keys, and by `drill --demo`. */
export function demoTarget(port: number, preset: PresetName, pidFile: string): TargetSpec {
  const service = fileURLToPath(new URL('../demo-service.js', import.meta.url));
  const argv = [
    process.execPath,
    service,
    '--port',
    String(port),
    '--pid-file',
    pidFile,
    '--with-parent',
  ];
  const target = targetFrom(
    `http://127.0.0.1:${port}/api/health`,
    {preset, name: 'demo', expect: [{path: 'status', equals: 'ok'}]},
    argv,
    '',
  );
  return {...target, overrides: DEMO_OVERRIDES, drill: {crash: true, hang: true}};
}
