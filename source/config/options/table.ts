import type {OptionsOf} from '../../contracts/command.ts';
import type {Policy} from '../../core/model/policy.ts';
import {formats, levels} from '../../documents/log-line.ts';
import {commandLine, expectation, factor, recordingFile, systemdUnit} from './own-values.ts';
import {presetNames} from '../presets.ts';
import {
  budgetValue,
  directory,
  duration,
  file,
  oneOf,
  someText,
  timeSpan,
  wholeNumber,
  type ConfigValue,
} from './values.ts';
import {say} from '../../core/text/say.ts';

/**
 * The one table of settings, on the command line and in the config file. The name of a row is its key in the file; on the command line `pidFile` is
 * `--pid-file`. Help and documentation use the same order.
 */

/** A timing or a limit, which a preset sets too. */
interface PolicyOption<Key extends keyof Policy> {
  /** The key in the policy. */
  readonly policy: Key;
  readonly value: ConfigValue<Policy[Key]>;
  help(): string;
}

function sets<const Key extends keyof Policy>(
  policy: Key,
  value: ConfigValue<Policy[Key]>,
  help: () => string,
): PolicyOption<Key> {
  return {policy, value, help};
}

/** The preset values that are one text each. */
export const policyOptions = {
  interval: sets('intervalMs', duration(100, '5s'), () => say`time between checks`),
  timeout: sets('timeoutMs', duration(10, '5s'), () => say`longest time for a response`),
  threshold: sets(
    'failureThreshold',
    wholeNumber(1, 1_000, '3'),
    () => say`failed checks in a row until a target is down`,
  ),
  recovery: sets(
    'recoveryThreshold',
    wholeNumber(1, 1_000, '2'),
    () => say`good checks in a row until a target is ok again`,
  ),
  retries: sets(
    'retries',
    wholeNumber(0, 100, '2'),
    () => say`extra attempts within one check, one second apart`,
  ),
  slow: sets(
    'slowMs',
    duration(1, '3s'),
    () => say`a correct response that takes longer is a warning`,
  ),
  confirm: sets(
    'confirmMs',
    duration(100, '1s'),
    () => say`time between checks from the first failure until the target is down or ok`,
  ),
  settle: sets(
    'settleMs',
    duration(0, '2s'),
    () =>
      say`how long agent2 waits when a process and its pid file are gone, because somebody may be restarting the service`,
  ),
  grace: sets(
    'startGraceMs',
    duration(0, '30s'),
    () =>
      say`time after a start or a fix in which agent2 does not fix a target that was not healthy since`,
  ),
  budget: sets(
    'budget',
    budgetValue,
    () =>
      say`wasted fixes within a time until the target is held; where it is set for a target, a limit for all its fixes`,
  ),
} as const;

/** The pauses between the fixes of one incident. */
export const backoffOptions = {
  base: {value: duration(0, '5s'), help: () => say`wait after the first attempt`},
  factor: {value: factor(), help: () => say`factor by which each next wait is longer`},
  cap: {value: duration(0, '60s'), help: () => say`longest wait`},
} as const;

export const presetValue = oneOf('NAME', presetNames, 'prod');

/** `byDefault` names the preset without the option. */
export function presetOption(byDefault: () => string) {
  return {
    value: presetValue,
    help: () => say`timings and limits: ${presetNames.join(', ')} (default: ${byDefault()})`,
  } as const;
}

/** Options that name the targets. */
export const namingOptions = {
  config: {
    value: file('agent2.yaml'),
    help: () => say`config file that lists the targets (default: ./agent2.yaml, if it exists)`,
  },
  port: {
    value: wholeNumber(1, 65_535, '3000'),
    help: () => say`port that the process listens on (default: the port of the url)`,
  },
  pidFile: {
    value: file('/run/web.pid'),
    help: () => say`file that holds the pid of the process`,
  },
} as const;

/** Options of one target, which belong into the config file where one exists. */
export const describingOptions = {
  name: {
    value: someText('NAME', 'web', 'target'),
    help: () => say`name of the target (default: host and port)`,
  },
  processName: {
    value: someText('TEXT', 'node'),
    help: () => say`text in the name of the program, or of its script`,
  },
  expect: {
    value: expectation(),
    many: true,
    help: () => say`path of a field in the JSON body, and its expected value; repeatable`,
  },
  expectText: {
    value: someText('TEXT', 'Healthy'),
    help: () => say`text that the body contains, for a body that is not JSON`,
  },
  ca: {
    value: file('/etc/ssl/private-ca.pem'),
    help: () => say`PEM file with the authorities to trust instead of the system's`,
  },
  allowSelfSigned: {
    help: () => say`accept a certificate of an unknown issuer; its dates and names still count`,
  },
  cert: {
    value: file('client.pem'),
    help: () => say`PEM file with the client certificate, for a service that asks for one`,
  },
  key: {
    value: file('client.key'),
    help: () => say`PEM file with its key (default: the file of --cert)`,
  },
  restart: {
    value: commandLine(),
    help: () =>
      say`command that restarts the target; split into words like in a shell, run without a shell`,
  },
  unit: {
    value: systemdUnit(),
    help: () =>
      say`systemd unit that restarts the target, e.g. web, or user:web for a unit of your own`,
  },
  restartTimeout: {
    value: timeSpan(100, 3_600_000, '2m'),
    help: () => say`longest time for the restart by --restart or --unit (default: 30s)`,
  },
} as const;

const {interval, timeout, threshold, retries, slow} = policyOptions;

/** Options for every target, including those of a config file. */
export const sharedOptions = {
  preset: presetOption(() => say`the one last chosen by key, otherwise test`),
  interval,
  timeout,
  slow,
  retries,
  threshold,
  observe: {help: () => say`check only, never repair (key o turns repairs on)`},
} as const;

/** The options of a target on the command line, parsed. */
export type TargetOptions = OptionsOf<
  typeof namingOptions & typeof describingOptions & typeof sharedOptions
>;

/** Options for the files of a monitor. */
export const monitorOptions = {
  stateDir: {
    value: directory('/var/lib/agent2'),
    help: () => say`directory for status, log and pid file`,
  },
  logLevel: {
    value: oneOf('LEVEL', levels, 'debug'),
    help: () => say`debug, info, warning or error (default: info)`,
  },
  logFormat: {
    value: oneOf('FORMAT', formats, 'json'),
    help: () => say`text, or json for one object a line (default: text)`,
  },
  record: {
    value: recordingFile(),
    optional: true,
    help: () =>
      say`record all events for agent2 backtest (default: record.jsonl in the state directory)`,
  },
} as const;

export type MonitorOptions = TargetOptions & OptionsOf<typeof monitorOptions>;
