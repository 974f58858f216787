import {
  describingOptions,
  monitorOptions,
  namingOptions,
  presetOption,
  sharedOptions,
} from '../config/options/table.ts';

const {config, port, pidFile} = namingOptions;
const {name, processName, expect, restart, unit} = describingOptions;
const {preset, interval, timeout, slow, retries, threshold, observe} = sharedOptions;

/** What one check of a target needs. */
export const checkOptions = {
  config,
  name,
  port,
  pidFile,
  processName,
  expect,
  preset: presetOption(() => 'test'),
  timeout,
  slow,
  retries,
} as const;

/** What is watched, how its health is decided and how it is restarted. */
export const watchOptions = {
  ...checkOptions,
  preset,
  interval,
  threshold,
  restart,
  unit,
  observe,
} as const;

/** All that a monitor is started with. */
export const runOptions = {...watchOptions, ...monitorOptions} as const;
