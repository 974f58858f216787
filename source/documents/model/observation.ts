import type {
  CheckReading,
  Holder,
  HttpReading,
  Metric,
  Observation,
  PortWord,
  PortReading,
  ProbeResult,
  ProcessIdentity,
  ProcessReading,
  ProcessSource,
  Readings,
} from '../../core/model/observation.ts';
import {
  literal,
  atLeastOne,
  boolean,
  list,
  number,
  objectOf,
  optional,
  pid,
  record,
  string,
  time,
  variants,
  words,
} from '../shape.ts';
import {failure, fault} from './fault.ts';
import {text} from './text.ts';

export const identity = objectOf<ProcessIdentity>({pid, startKey: string});

const via = words<ProcessSource>({'pid-file': true, 'port': true, 'child': true});

const present = {
  identity,
  via,
  command: string,
  startedAt: optional(time),
  atPort: optional(
    words<PortWord>({same: true, relative: true, stranger: true, hidden: true, nobody: true}),
  ),
  named: optional(literal(true)),
  unnamed: optional(string),
  unproven: optional(literal(true)),
  pidFile: optional(words<'missing'>({missing: true})),
};

const process = variants<ProcessReading, 'state'>('state', {
  unknown: {reason: text},
  alive: present,
  stopped: present,
  traced: present,
  zombie: present,
  gone: {
    via,
    pid: optional(pid),
    pidFile: words<'left' | 'missing' | 'none'>({left: true, missing: true, none: true}),
    exit: optional(text),
    log: optional(string),
    startFailure: optional(text),
  },
  mismatch: {identity, via, command: string, wanted: string},
});

const port = objectOf<PortReading>({
  port: number,
  listening: boolean,
  owner: optional(
    objectOf<NonNullable<PortReading['owner']>>({
      pid,
      command: text,
      ours: boolean,
      holder: optional(
        words<Holder>({
          family: true,
          front: true,
          manager: true,
          successor: true,
          leftover: true,
          unsure: true,
          stranger: true,
        }),
      ),
    }),
  ),
});

const api = objectOf<HttpReading>({
  status: optional(number),
  connectMs: optional(number),
  firstByteMs: optional(number),
  totalMs: optional(number),
  excerpt: optional(string),
});

const metric = objectOf<Metric>({
  name: string,
  value: number,
  unit: words<Metric['unit']>({
    '': true,
    's': true,
    'ms': true,
    'us': true,
    '%': true,
    'B': true,
    'KB': true,
    'MB': true,
    'GB': true,
    'TB': true,
    'c': true,
  }),
});

const check = objectOf<CheckReading>({
  kind: string,
  state: words<CheckReading['state']>({ok: true, warn: true, failed: true, unknown: true}),
  text,
  metrics: list(metric),
});

export const readings = objectOf<Readings>({
  process: optional(process),
  port: optional(port),
  api: optional(api),
  checks: optional(record(check)),
});

const latencyMs = optional(number);
const warnings = optional(list(fault));
const notes = optional(list(text));

export const observation = variants<Observation, 'kind'>('kind', {
  ok: {readings, latencyMs, warnings, notes},
  failed: {readings, latencyMs, warnings, faults: atLeastOne(failure)},
  inconclusive: {reason: text},
});

export const probeResult = objectOf<ProbeResult>({
  readings,
  faults: list(failure),
  warnings,
  latencyMs,
  notes,
});
