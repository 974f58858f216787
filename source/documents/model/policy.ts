import type {Policy} from '../../core/model/policy.ts';
import {number, objectOf, optional, type Fields} from '../shape.ts';

export const budget = objectOf<Policy['budget']>({count: number, windowMs: number});

const fields: Fields<Policy> = {
  intervalMs: number,
  timeoutMs: number,
  failureThreshold: number,
  recoveryThreshold: number,
  retries: number,
  slowMs: number,
  confirmMs: number,
  settleMs: number,
  startGraceMs: number,
  budget,
  backoff: objectOf<Policy['backoff']>({baseMs: number, factor: number, capMs: number}),
};

export const policy = objectOf<Policy>(fields);

export const overrides = objectOf<Partial<Policy>>({
  intervalMs: optional(number),
  timeoutMs: optional(number),
  failureThreshold: optional(number),
  recoveryThreshold: optional(number),
  retries: optional(number),
  slowMs: optional(number),
  confirmMs: optional(number),
  settleMs: optional(number),
  startGraceMs: optional(number),
  budget: optional(budget),
  backoff: optional(fields.backoff),
});
