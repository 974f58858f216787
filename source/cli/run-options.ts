import {
  describingOptions,
  monitorOptions,
  namingOptions,
  presetOption,
  sharedOptions,
} from '../config/options/table.ts';

const {config, port, pidFile} = namingOptions;
const {
  name,
  processName,
  expect,
  expectText,
  ca,
  allowSelfSigned,
  cert,
  key,
  restart,
  unit,
  restartTimeout,
} = describingOptions;
const {preset, interval, timeout, slow, retries, threshold, observe} = sharedOptions;

/** The options for a single check of a target. */
export const checkOptions = {
  config,
  name,
  port,
  pidFile,
  processName,
  expect,
  expectText,
  ca,
  allowSelfSigned,
  cert,
  key,
  preset: presetOption(() => 'test'),
  timeout,
  slow,
  retries,
} as const;

/** The options that describe targets, their health and their restart. */
export const watchOptions = {
  ...checkOptions,
  preset,
  interval,
  threshold,
  restart,
  unit,
  restartTimeout,
  observe,
} as const;

/** All options of a monitor. */
export const runOptions = {...watchOptions, ...monitorOptions} as const;
