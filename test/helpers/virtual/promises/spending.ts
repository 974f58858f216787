import {expect} from 'vitest';
import {isBeingFixed} from '../../../../source/core/phase.ts';
import type {Policy} from '../../../../source/core/model/policy.ts';
import type {Attempt} from '../../../../source/core/model/repair.ts';
import type {TargetState} from '../../../../source/core/model/target.ts';
import {lastRestart} from '../../../../source/core/fix/records.ts';
import {backoffMs} from '../../../../source/core/fix/waste.ts';
import {findTarget, targetsOf} from '../../../../source/core/targets.ts';
import {CALM_MS, HELD_MS, fixesOf, isManual, known, nameOf, restartsOf, type Rule} from './rule.ts';

/** The last fix of a target. */
interface Past {
  attempts: number;
  beganAt: number;
  endedAt: number;
  /** Since then its checks were good: it took so long. */
  goodSince?: number;
  /** Else the target recovered by itself. */
  worked?: boolean;
  calmSince?: number;
  /** Those in force since the last attempt: a wait keeps the one it began with. */
  policies: Set<Policy>;
}

/** How often and how soon it is fixed again: budgets, backoff, holds. */
export const spending: Readonly<Record<string, Rule>> = {
  'a held target is tried after the cap of its backoff, then after twice that up to 30 minutes, unless a fix helps, somebody asks or its config changes':
    world => {
      const heldUntil = new Map<string, number>();
      const vain = new Map<string, number>();
      return {
        step(step) {
          for (const fix of restartsOf(step)) {
            const {repair} = known(step.before, fix.target);
            if (isManual(step, fix) || repair.step !== 'held') continue;
            const earlyMs = (heldUntil.get(fix.target) ?? Infinity) - world.elapsed();
            if (repair.reason === 'budget' && earlyMs > 0)
              throw new Error(`${fix.target} is tried ${earlyMs} ms too early`);
            expect(fix.request.cause).not.toBe('port_taken');
            if (repair.reason === 'budget') vain.set(fix.target, (vain.get(fix.target) ?? 0) + 1);
          }
          for (const name of heldUntil.keys())
            if (!findTarget(step.after, name)) heldUntil.delete(name);
          for (const {settings, repair, policy, incident} of targetsOf(step.after)) {
            const {name} = settings;
            if (!incident) vain.delete(name);
            const held = repair.step === 'held' && repair.reason === 'budget';
            const pauseMs = Math.min(HELD_MS, policy.backoff.capMs * 2 ** (vain.get(name) ?? 0));
            if (!held) heldUntil.delete(name);
            else if (findTarget(step.before, name)?.settings.fingerprint !== settings.fingerprint)
              heldUntil.set(name, -Infinity);
            else if (!heldUntil.has(name))
              heldUntil.set(
                name,
                // A budget that people set also holds what was worth its cost, and only for its window.
                settings.overrides.budget ? -Infinity : world.elapsed() + pauseMs,
              );
          }
        },
      };
    },

  'no more unrequested fixes begin within a window than the budgets of the target and of all allow, and than that of the preset while none helps':
    (world, model) => {
      let begun: ReadonlyArray<{
        readonly target: string;
        readonly at: number;
        readonly held: boolean;
      }> = [];
      const well = new Map<string, number>();
      return {
        step(step) {
          for (const {settings, incident} of targetsOf(step.before))
            if (!incident) well.set(settings.name, world.elapsed());
          begun = begun.filter(({target}) => model.targets.some(({name}) => name === target));
          for (const fix of restartsOf(step)) {
            const at = world.elapsed();
            if (isManual(step, fix)) continue;
            const {policy, settings, repair} = known(step.before, fix.target);
            const held = repair.step === 'held';
            begun = [...begun, {target: fix.target, at, held}];
            const within = (windowMs: number) => begun.filter(each => each.at > at - windowMs);
            const mine = within(policy.budget.windowMs).filter(({target}) => target === fix.target);
            const hard = settings.overrides.budget !== undefined;
            const counted = hard
              ? mine
              : mine.filter(each => !each.held && each.at > (well.get(fix.target) ?? -Infinity));
            if (hard || !held) expect(counted.length).toBeLessThanOrEqual(policy.budget.count);
            const {healBudget} = step.after;
            if (healBudget)
              expect(within(healBudget.windowMs).length).toBeLessThanOrEqual(healBudget.count);
          }
          // A signal that nobody took restarted nothing; one that is taken late counts from then on.
          for (const target of targetsOf(step.after)) {
            const name = nameOf(target);
            const attempt = untakenOf(target);
            const before = untakenOf(findTarget(step.before, name));
            const last = begun.findLast(each => each.target === name);
            if (attempt && !before && !attempt.manual) begun = begun.filter(each => each !== last);
            const isTaken = before && !before.manual && target.repair.step === 'verifying';
            if (isTaken && !attempt)
              begun = [...begun, {target: name, at: world.elapsed(), held: false}];
          }
        },
      };
    },

  'SIGCONT is sent at most as often within a window as the budget allows': world => {
    let sent: ReadonlyArray<{readonly target: string; readonly at: number}> = [];
    return {
      step(step) {
        for (const {target, request} of fixesOf(step)) {
          if (request.action !== 'continue') continue;
          const at = world.elapsed();
          const {budget} = known(step.before, target).policy;
          sent = [...sent, {target, at}];
          expect(
            sent.filter(each => each.target === target && each.at > at - budget.windowMs).length,
          ).toBeLessThanOrEqual(budget.count);
        }
      },
    };
  },

  'a wasted fix is never followed sooner than the backoff, which grows until a fix is effective, also across restarts of agent2':
    world => {
      const past = new Map<string, Past>();
      return {
        step(step) {
          const at = world.elapsed();
          for (const name of past.keys()) if (!findTarget(step.after, name)) past.delete(name);
          for (const fix of restartsOf(step)) {
            const last: Past = past.get(fix.target) ?? {
              attempts: 0,
              beganAt: -Infinity,
              endedAt: -Infinity,
              policies: new Set(),
            };
            // The time may have passed between two events.
            const attempts = wasEffective(last, at) ? 0 : last.attempts;
            const pauseMs = Math.min(
              ...[...last.policies].map(policy => backoffMs(attempts, policy)),
            );
            if (!isManual(step, fix) && attempts > 0 && at - last.endedAt < pauseMs)
              throw new Error(
                `${fix.target}: ${at - last.endedAt} ms after attempt ${attempts}, not ${pauseMs}`,
              );
            past.set(fix.target, {
              attempts: attempts + 1,
              beganAt: at,
              endedAt: at,
              policies: new Set(),
            });
          }
          for (const target of targetsOf(step.after)) {
            const mine = past.get(nameOf(target));
            if (!mine) continue;
            const was = findTarget(step.before, nameOf(target));
            // Of one that a reload or our own end broke off nobody saw the end.
            if (
              was &&
              step.event.type !== 'reconfigured' &&
              isBeingFixed(was.repair) &&
              'attempt' in was.repair &&
              was.repair.attempt.action === 'restart' &&
              !isBeingFixed(target.repair)
            )
              mine.endedAt = at;
            if (
              step.event.type === 'observed' &&
              step.event.target === nameOf(target) &&
              was?.repair.step === 'verifying' &&
              !was.repair.attempt.awaiting
            ) {
              if (step.event.observation.kind === 'failed') mine.goodSince = undefined;
              if (step.event.observation.kind === 'ok') mine.goodSince ??= at;
            }
            mine.worked = lastRestart(target.fixes)?.result === 'success';
            mine.policies.add(target.policy);
            if (target.paused || target.incident?.down || isBeingFixed(target.repair))
              mine.calmSince = undefined;
            else if (target.incident === undefined) mine.calmSince ??= at;
            if (wasEffective(mine, at)) mine.attempts = 0;
          }
        },
      };
    },
};

/** The restart signal that waits for somebody to take it. */
function untakenOf(target: TargetState | undefined): Attempt | undefined {
  if (target?.repair.step !== 'verifying') return undefined;
  return target.repair.attempt.untaken ? target.repair.attempt : undefined;
}

/** Whether health followed for ten times as long as the fix took, or for the budget's window after one that did not help. */
function wasEffective(
  {beganAt, endedAt, goodSince, worked, calmSince, policies}: Past,
  at: number,
) {
  const windowMs = Math.min(...[...policies].map(({budget}) => budget.windowMs));
  const neededMs = worked ? Math.max(10_000, 10 * ((goodSince ?? endedAt) - beganAt)) : windowMs;
  return calmSince !== undefined && at - calmSince >= Math.min(CALM_MS, neededMs);
}
