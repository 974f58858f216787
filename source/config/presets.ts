import type {Policy} from '../core/model/policy.ts';

const seconds = (count: number) => count * 1_000;
const minutes = (count: number) => count * 60_000;

/** dev, test, prod and the three scenarios carry AgentOS's figures for interval, timeout, threshold and retries. */
export const presets = {
  'dev': preset({
    intervalMs: seconds(2),
    confirmMs: 500,
    settleMs: seconds(1),
    budget: {count: 5, windowMs: minutes(5)},
    backoff: backoff(1, 30),
  }),
  'test': preset({}),
  'prod': preset({
    intervalMs: seconds(10),
    timeoutMs: seconds(10),
    failureThreshold: 3,
    recoveryThreshold: 2,
    confirmMs: seconds(5),
    settleMs: seconds(5),
    startGraceMs: seconds(60),
    backoff: backoff(10, 300),
  }),
  'high-load': preset({
    intervalMs: seconds(15),
    timeoutMs: seconds(10),
    failureThreshold: 3,
    recoveryThreshold: 2,
    confirmMs: seconds(5),
    settleMs: seconds(5),
    startGraceMs: seconds(120),
    budget: {count: 3, windowMs: minutes(10)},
    backoff: backoff(10, 300),
  }),
  'low-latency': preset({
    intervalMs: seconds(2),
    timeoutMs: seconds(3),
    failureThreshold: 1,
    slowMs: seconds(1),
    confirmMs: 500,
    settleMs: seconds(1),
    startGraceMs: seconds(15),
    budget: {count: 5, windowMs: minutes(5)},
    backoff: backoff(1, 30),
  }),
  'unstable-network': preset({
    timeoutMs: seconds(15),
    failureThreshold: 5,
    recoveryThreshold: 2,
    retries: 3,
    slowMs: seconds(5),
    confirmMs: seconds(5),
    settleMs: seconds(5),
    startGraceMs: seconds(120),
    budget: {count: 3, windowMs: minutes(10)},
    backoff: backoff(10, 300),
  }),
} as const satisfies Record<string, Policy>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as readonly PresetName[];

export function isPresetName(name: string): name is PresetName {
  return Object.hasOwn(presets, name);
}

/** The values of `test`, except for the given ones. */
function preset(values: Partial<Policy>): Policy {
  return {
    intervalMs: seconds(5),
    timeoutMs: seconds(5),
    failureThreshold: 2,
    recoveryThreshold: 1,
    retries: 0,
    slowMs: seconds(3),
    confirmMs: seconds(1),
    settleMs: seconds(2),
    startGraceMs: seconds(30),
    budget: {count: 3, windowMs: minutes(5)},
    backoff: backoff(5, 60),
    ...values,
  };
}

function backoff(base: number, cap: number): Policy['backoff'] {
  return {baseMs: seconds(base), factor: 2, capMs: seconds(cap)};
}
