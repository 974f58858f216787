import type {Health, HealthLevel} from '../../core/model/health.ts';
import type {Attempt, FixAction, Repair} from '../../core/model/repair.ts';
import type {
  CheckState,
  Blocker,
  EventRecord,
  FixTraits,
  Level,
  SampleBlock,
  TargetSettings,
  TargetState,
  Warned,
} from '../../core/model/target.ts';
import type {Uptime} from '../../core/model/uptime.ts';
import {
  boolean,
  count,
  list,
  literal,
  number,
  objectOf,
  optional,
  pid,
  record,
  string,
  time,
  timeOrNever,
  variants,
  words,
} from '../shape.ts';
import {cause, faultKind} from './fault.ts';
import {fixRecord, heldReason, incident, incidentRecord, ledger, waste} from './incident.ts';
import {identity, observation, readings} from './observation.ts';
import {overrides, policy} from './policy.ts';
import {text} from './text.ts';

export const settings = objectOf<TargetSettings>({
  name: string,
  address: string,
  fix: string,
  traits: objectOf<FixTraits>({
    heals: boolean,
    ownsProcess: boolean,
    takenByOthers: boolean,
    verb: words<FixTraits['verb']>({runs: true, will: true, replaces: true}),
  }),
  local: boolean,
  overrides,
  dependsOn: list(string),
  notFor: list(string),
  healFor: optional(list(cause)),
  question: optional(string),
  drill: optional(list(string)),
  fingerprint: string,
});

const check = variants<CheckState, 'state'>('state', {
  idle: {dueAt: timeOrNever, tries: count},
  running: {startedAt: time, tries: count},
});

const health = objectOf<Health>({
  level: words<HealthLevel>({unknown: true, ok: true, warn: true, down: true}),
  since: time,
  failures: count,
  successes: count,
  totalChecks: count,
  totalFailures: count,
  recent: list(boolean),
  flapping: boolean,
});

const uptime = objectOf<Uptime>({
  since: time,
  upMs: number,
  observedMs: number,
  seenAt: optional(time),
});

const attempt = objectOf<Attempt>({
  number: count,
  startedAt: time,
  action: words<FixAction>({continue: true, restart: true}),
  cause,
  manual: boolean,
  before: optional(identity),
  pidBefore: optional(pid),
  awaiting: boolean,
  untaken: optional(literal(true)),
});

const repair = variants<Repair, 'step'>('step', {
  idle: {},
  looking: {at: timeOrNever},
  settling: {untilAt: time},
  fixing: {attempt},
  verifying: {
    attempt,
    since: time,
    untilAt: timeOrNever,
    good: count,
    goodSince: optional(time),
    seen: optional(identity),
  },
  waiting: {untilAt: timeOrNever},
  deferred: {},
  held: {reason: heldReason, since: time, nextAttemptAt: timeOrNever},
});

const blockedBy = variants<Blocker, 'reason'>('reason', {
  'dependency': {target: string, paused: optional(literal(true)), busy: optional(string)},
  'chain': {target: string, busy: string},
  'unseen': {target: string, untilAt: timeOrNever},
  'heal budget': {untilAt: timeOrNever},
  'suspicion': {untilAt: timeOrNever},
  'common_cause': {
    step: words<'canary' | 'following' | 'held'>({canary: true, following: true, held: true}),
    target: string,
  },
  'canary': {untilAt: timeOrNever, bad: count, of: count},
});

const sampleBlock = objectOf<SampleBlock>({
  numbers: list(number),
  values: optional(record(list(number))),
});

const event = objectOf<EventRecord>({
  at: time,
  level: words<Level>({debug: true, info: true, warning: true, error: true}),
  text,
});

const warned = objectOf<Warned>({key: string, kind: faultKind, text});

export const target = objectOf<TargetState>({
  settings,
  preset: string,
  policy,
  fixCount: count,
  epoch: count,
  paused: boolean,
  pausedUntil: optional(time),
  observing: boolean,
  configured: objectOf<TargetState['configured']>({preset: string, observing: boolean}),
  restartPending: boolean,
  check,
  health,
  uptime,
  readings,
  lastCheck: optional(objectOf<NonNullable<TargetState['lastCheck']>>({at: time, observation})),
  process: optional(identity),
  aliveAt: optional(time),
  goneSince: optional(time),
  proven: optional(boolean),
  graceUntil: optional(time),
  repair,
  attempts: count,
  attemptTimes: list(time),
  waste: optional(waste),
  slowStarts: optional(count),
  lastAttemptEndedAt: optional(time),
  healthySince: optional(time),
  incident: optional(incident),
  incidentCount: count,
  incidents: list(incidentRecord),
  fixes: list(fixRecord),
  ledger,
  blockedBy: optional(blockedBy),
  samples: list(sampleBlock),
  events: list(event),
  warned: list(warned),
  lastRefusal: optional(objectOf<NonNullable<TargetState['lastRefusal']>>({at: time, text})),
  lastHeartbeatAt: time,
});
