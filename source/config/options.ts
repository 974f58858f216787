import type {OptionsOf, ValueKind} from '../contracts/command.ts';
import type {FieldExpectation} from '../contracts/probe.ts';
import type {Policy} from '../core/model/policy.ts';
import {message} from '../core/text/message.ts';
import {formats, levels} from '../documents/log-line.ts';
import {sanitize} from '../format/sanitize.ts';
import {unitName} from '../format/unit-name.ts';
import {splitWords} from '../format/shell-words.ts';
import {presetNames} from './presets.ts';
import {
  budgetValue,
  directory,
  duration,
  file,
  oneOf,
  someText,
  wholeNumber,
  type ConfigValue,
} from './values.ts';
import {say} from '../core/text/say.ts';

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
  interval: sets('intervalMs', duration(100, '5s'), () => say`time from one check to the next`),
  timeout: sets('timeoutMs', duration(10, '5s'), () => say`longest time that a response may take`),
  threshold: sets(
    'failureThreshold',
    wholeNumber(1, 1_000, '3'),
    () => say`failed checks in a row that make a target down`,
  ),
  recovery: sets(
    'recoveryThreshold',
    wholeNumber(1, 1_000, '2'),
    () => say`good checks in a row that make it ok again`,
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
    () => say`time between checks from the first failure to the verdict`,
  ),
  settle: sets(
    'settleMs',
    duration(0, '2s'),
    () =>
      say`how long agent2 waits when a process and its pid file are gone, since somebody may be restarting it`,
  ),
  grace: sets(
    'startGraceMs',
    duration(0, '30s'),
    () =>
      say`how long agent2 makes no fix after a start or a fix, unless the target was healthy since`,
  ),
  budget: sets(
    'budget',
    budgetValue,
    () => say`how many fixes may start in which time before the target is held`,
  ),
} as const;

/** The pauses between the fixes of one incident. */
export const backoffOptions = {
  base: {value: duration(0, '5s'), help: () => say`pause after the first attempt`},
  factor: {
    value: factor(),
    help: () => say`how many times longer each next pause is`,
  },
  cap: {value: duration(0, '60s'), help: () => say`longest pause`},
} as const;

function factor(): ConfigValue<number> {
  return {
    called: 'N',
    completion: 'nothing',
    example: '2',
    wanted: () => message`wanted is a number from 1 to 10`,
    parse(text) {
      const value = /^\d{1,2}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
      return value >= 1 && value <= 10 ? value : undefined;
    },
    json: {type: 'number', minimum: 1, maximum: 10},
  };
}

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
    help: () => say`text that the command line of the process contains`,
  },
  expect: {
    value: expectation(),
    many: true,
    help: () => say`field of the JSON body, by path, and its expected value; repeatable`,
  },
  restart: {
    value: commandLine(),
    help: () =>
      say`command that restarts the target, split into words as a shell does and run without one`,
  },
  unit: {
    value: systemdUnit(),
    help: () =>
      say`systemd unit that restarts the target, e.g. web, or user:web for one of your own`,
  },
} as const;

const {interval, timeout, threshold, retries, slow} = policyOptions;

/** Options for every target, including those of a config file. */
export const sharedOptions = {
  preset: presetOption(() => say`the one last chosen by key, else test`),
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

/** `KEY=VALUE`; the value may hold `=` too. */
function expectation(): ValueKind<FieldExpectation> {
  return {
    called: 'KEY=VALUE',
    completion: 'nothing',
    example: 'status=ok',
    wanted: () => message`wanted is KEY=VALUE of the JSON body`,
    parse(text) {
      const at = text.indexOf('=');
      return at > 0 ? {path: text.slice(0, at), equals: text.slice(at + 1)} : undefined;
    },
  };
}

function commandLine(): ValueKind<readonly string[]> {
  const example = "'systemctl --user restart web'";
  return {
    called: 'CMD',
    completion: 'nothing',
    example,
    wanted: () => message`wanted is a command`,
    parse(text) {
      const split = splitWords(text);
      return split.kind === 'words' && split.words.length > 0 ? split.words : undefined;
    },
    complain(text) {
      const split = splitWords(text);
      return split.kind === 'invalid'
        ? message`${quoted(text)}: ${split.reason}; quote it as in a shell, e.g. --restart ${example}`
        : message`${quoted(text)} holds no command; give one, e.g. --restart ${example}`;
    },
  };
}

const USER_UNIT = 'user:';

interface Unit {
  readonly unit: string;
  /** Of the user's own manager. */
  readonly user?: true;
}

/** `web` is a unit of the system, `user:web` one of the user's own manager. */
function systemdUnit(): ValueKind<Unit> {
  const read = (text: string) =>
    unitName(text.startsWith(USER_UNIT) ? text.slice(USER_UNIT.length) : text);
  return {
    called: 'NAME',
    completion: 'nothing',
    example: 'web',
    wanted: () => message`wanted is the name of a unit`,
    parse(text) {
      const unit = read(text);
      if (unit.kind === 'invalid') return undefined;
      return {unit: unit.name, ...(text.startsWith(USER_UNIT) ? {user: true} : {})};
    },
    complain(text) {
      const unit = read(text);
      return unit.kind === 'invalid'
        ? message`${unit.reason}; one of your own units is --unit user:web`
        : '';
    },
  };
}

/** A url after `--record` was meant as the target: the option may take a file. */
function recordingFile(): ValueKind<string> {
  const file = someText('FILE', 'web.jsonl', 'file');
  return {
    ...file,
    parse: text => (/^https?:\/\//.test(text) ? undefined : file.parse(text)),
    complain: text =>
      text.trim() === ''
        ? message`was given an empty name; give a file, or leave the name out, e.g. --record web.jsonl`
        : message`took the url for its file; name the file, or put --record last, e.g. agent2 run ${sanitize(text.replace(/[?#].*$/s, ''), 100)} --record`,
  };
}

function quoted(text: string): string {
  return `'${sanitize(text, 80)}'`;
}
