import {fileURLToPath} from 'node:url';
import type {TargetSpec} from '../../config/spec.ts';
import type {PresetName} from '../../config/presets.ts';
import {targetFrom} from '../../config/options/target.ts';

/** A large budget and a short backoff, so that the demo heals each time when its user breaks it again and again. */
const DEMO_OVERRIDES = {
  budget: {count: 30, windowMs: 300_000},
  backoff: {baseMs: 500, factor: 1, capMs: 500},
};

/**
 * The demo service on `port`, as a target that agent2 starts itself. It allows the drills that work on any process; keys and `drill --demo`
 * cause its own faults.
 */
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
