import type {Event, FixOutcome, TargetStart} from '../../core/model/event.ts';
import {
  boolean,
  count,
  list,
  number,
  objectOf,
  optional,
  string,
  time,
  variants,
  words,
  literal,
} from '../shape.ts';
import {evidence} from './evidence.ts';
import {memory} from './memory.ts';
import {observation, probeResult} from './observation.ts';
import {budget} from './policy.ts';
import {settings} from './target.ts';
import {text} from './text.ts';

const start = objectOf<TargetStart>({
  settings,
  preset: string,
  observing: boolean,
  memory: optional(memory),
});

const outcome = variants<FixOutcome, 'kind'>('kind', {
  done: {detail: text},
  failed: {detail: text},
});

const at = time;
const target = string;
const attempt = count;

export const event = variants<Event, 'type'>('type', {
  'started': {at},
  'tick': {at},
  'observed': {at, target, epoch: count, startedAt: time, lagMs: number, observation},
  'looked': {at, target, epoch: count, asked: boolean, result: probeResult},
  'evidence': {at, target, attempt, evidence},
  'fix-signalled': {at, target, attempt},
  'fix-finished': {at, target, attempt, outcome},
  'restart-requested': {
    at,
    target,
    by: words<'user' | 'signal-file'>({'user': true, 'signal-file': true}),
  },
  'paused': {at, target, untilAt: optional(time)},
  'resumed': {at, target},
  'observing': {at, target, on: boolean},
  'preset': {at, target, name: string},
  'reconfigured': {
    at,
    targets: list(start),
    healBudget: optional(budget),
    brake: optional(literal(false)),
  },
  'history-reset': {at, archive: string},
  'clock-jumped': {at, byMs: number},
  'problem': {at, about: string, text: optional(text)},
  'let-go': {at},
  'taken-over': {at},
  'stopped': {at},
});
