import type {HangKind} from '../model/fault.ts';
import {RETRY_PAUSE_MS, type Policy} from '../model/policy.ts';

/**
 * When a hang is called down, in ms from the start of the first check that it fails; that starts up to an interval after the hang. Undefined stands for a hang
 * of an unknown kind. Start grace, dependencies and the time of the answers beside it are not in it.
 */
export function hangDownAfterMs(
  {timeoutMs, retries, failureThreshold, confirmMs, intervalMs}: Policy,
  kind: HangKind | undefined,
): number {
  if (kind === 'idle') return timeoutMs;
  const checkMs = (retries + 1) * timeoutMs + retries * RETRY_PAUSE_MS;
  // The next check starts at the pace, or when this one ends; its retries are a check each, of which only the last one counts from its start.
  const lastTryMs = timeoutMs;
  const nextMs = checkMs - lastTryMs + Math.max(lastTryMs, Math.min(confirmMs, intervalMs));
  return (failureThreshold - 1) * nextMs + checkMs;
}
