import {expect} from 'vitest';
import {isBeingFixed} from '../../../../source/core/phase.ts';
import {nextWake} from '../../../../source/core/next-due.ts';
import {doubt} from '../../../../source/core/check/doubt.ts';
import {findTarget, targetsOf} from '../../../../source/core/targets.ts';
import {memoriesFrom} from '../../documents.ts';
import {whyLine} from '../../why.ts';
import type {Model} from '../timeline.ts';
import {HELD_MS, fixesOf, isManual, known, minutes, nameOf, restartsOf, type Rule} from './rule.ts';

/** What agent2 does, when, and what it never does. */
export const acting: Readonly<Record<string, Rule>> = {
  'never two fixes run at once for a target or a chain of dependencies': (_, model) => ({
    step(step) {
      for (const fix of restartsOf(step)) {
        const before = findTarget(step.before, fix.target);
        // The end of an attempt in vain and a SIGCONT before or after it are one event.
        if (before && 'attempt' in before.repair && before.repair.attempt.action === 'restart')
          throw new Error(`${fix.target} was being fixed already`);
        const busy = targetsOf(step.after).filter(
          target =>
            isBeingFixed(target.repair) &&
            nameOf(target) !== fix.target &&
            chained(model, nameOf(target), fix.target),
        );
        if (busy.length > 0)
          throw new Error(`${fix.target} is fixed while ${busy.map(nameOf).join()} is`);
      }
    },
  }),

  'agent2 does nothing while paused, fixes nothing unasked while observing, and never a target without a fix':
    (world, model) => ({
      step(step) {
        for (const effect of step.effects) {
          if (effect.type !== 'fix' && effect.type !== 'check' && effect.type !== 'inspect')
            continue;
          if (
            world.elapsed() < (model.paused.get(effect.target) ?? -Infinity) &&
            step.event.type !== 'resumed'
          )
            throw new Error(`${effect.type} of ${effect.target} while paused`);
          if (effect.type !== 'fix') continue;
          if (model.observing.has(effect.target) && !isManual(step, effect))
            throw new Error(`${effect.target} is fixed while observed`);
          if (known(step.before, effect.target).settings.fix === 'none')
            throw new Error('a fix without a fix');
        }
      },
    }),

  'a pause lasts exactly as long as requested, also across restarts of agent2': (world, model) => ({
    step({event, after}) {
      // A pause is dispatched before the model knows of it, and what is due at one time comes one after the other.
      if (
        event.type === 'paused' ||
        event.type === 'resumed' ||
        event.type === 'reconfigured' ||
        event.type === 'taken-over'
      )
        return;
      for (const {settings, paused} of targetsOf(after)) {
        const endsAt = model.paused.get(settings.name) ?? -Infinity;
        if (world.elapsed() !== endsAt) expect(paused).toBe(world.elapsed() < endsAt);
      }
    },
  }),

  'an inconclusive check or a result of an old epoch changes no health and starts no fix': () => ({
    step(step) {
      const {event, before, after} = step;
      if (event.type !== 'observed' && event.type !== 'looked') return;
      const [was, is] = [findTarget(before, event.target), findTarget(after, event.target)];
      if (!was || !is) return;
      const mine = step.effects.filter(
        effect => 'target' in effect && effect.target === event.target,
      );
      if (event.epoch !== was.epoch) {
        expect(mine).toEqual([]);
        expect({...is, blockedBy: undefined}).toEqual({...was, blockedBy: undefined});
      } else if (
        event.type === 'observed' &&
        (event.observation.kind === 'inconclusive' ||
          doubt(event.observation, event, was.policy) !== undefined)
      ) {
        expect(mine.filter(({type}) => type !== 'notify')).toEqual([]);
        expect([is.health, is.incident, is.attempts, is.fixes, is.ledger]).toEqual([
          was.health,
          was.incident,
          was.attempts,
          was.fixes,
          was.ledger,
        ]);
      }
    },
  }),

  'checks of a target never overlap': () => {
    const running = new Set<string>();
    return {
      step({event, before, effects}) {
        if (event.type === 'started') running.clear();
        if (event.type === 'observed' && event.epoch === findTarget(before, event.target)?.epoch)
          running.delete(event.target);
        for (const effect of effects) {
          if (effect.type === 'cancel-check') running.delete(effect.target);
          if (effect.type !== 'check') continue;
          if (running.has(effect.target)) throw new Error(`a second check of ${effect.target}`);
          running.add(effect.target);
        }
      },
    };
  },

  'a target that depends on an unhealthy one is fixed only on request': (world, model) => ({
    step(step) {
      for (const fix of fixesOf(step).filter(fix => !isManual(step, fix))) {
        for (const name of upstream(model, fix.target)) {
          const other = findTarget(step.after, name);
          if (
            other &&
            (other.incident !== undefined ||
              other.health.level === 'down' ||
              isBeingFixed(other.repair))
          )
            throw new Error(`${fix.target} is fixed although ${name} is not well`);
          const since = findTarget(step.after, fix.target)?.incident?.startedAt ?? -Infinity;
          if (
            other &&
            !other.paused &&
            (other.lastCheck?.at ?? -Infinity) < since &&
            world.now() < since + other.policy.intervalMs
          )
            throw new Error(`${fix.target} is fixed although nobody has looked at ${name}`);
        }
      }
    },
  }),

  'an attempt is saved before it begins': world => ({
    step({effects}) {
      const remembered = effects.findIndex(({type}) => type === 'remember');
      effects.forEach((effect, index) => {
        if (effect.type !== 'fix') return;
        expect(remembered).toBeGreaterThanOrEqual(0);
        expect(remembered).toBeLessThan(index);
        const memory = memoriesFrom(world.memory())?.get(effect.target);
        if (effect.request.action === 'restart' && effect.request.cause !== 'manual')
          expect(memory?.attemptTimes.at(-1)).toBe(world.now());
        expect(memory?.fixes.at(-1)).toMatchObject({at: world.now(), result: 'running'});
        expect(memory?.incident?.fixes).toBeGreaterThan(0);
      });
    },
  }),

  'agent2 never spins: done work is not due again in the past, and a second has few ticks':
    world => {
      let second = 0;
      let ticks = 0;
      return {
        step({event, before, after, effects}) {
          if (event.type !== 'tick') return;
          const now = Math.floor(world.elapsed() / 1_000);
          [second, ticks] = now === second ? [second, ticks + 1] : [now, 1];
          if (ticks > 16 * targetsOf(after).length) throw new Error(`${ticks} ticks in a second`);
          if (nextWake(after) <= world.now() && after === before && effects.length === 0)
            throw new Error('a tick that does nothing, and another one at once');
        },
      };
    },

  'a broken target is healthy within its bound when its fix works and nothing prevents it': (
    world,
    model,
  ) => ({
    end() {
      for (const {name} of model.setup.targets) {
        Object.assign(world.serviceOf(name), {
          restartsInto: 'healthy',
          stranger: false,
          blind: false,
          lagMs: 0,
          consumer: 'takes',
          startMs: 300,
          components: undefined,
          answer: undefined,
        });
        if (world.serviceOf(name).api === 'down' || world.target(name)?.settings.fix === 'none')
          Object.assign(world.serviceOf(name), {api: 'ok', process: 'alive'});
        model.paused.delete(name);
        model.observing.delete(name);
        world.dispatch({type: 'resumed', at: world.now(), target: name});
        world.dispatch({type: 'observing', at: world.now(), target: name, on: false});
      }
      const {healBudget} = world.state();
      const {length} = targetsOf(world.state());
      const unwell = () =>
        targetsOf(world.state()).find(
          ({incident, health}) => incident !== undefined || !['ok', 'warn'].includes(health.level),
        );
      const isHeld = () =>
        targetsOf(world.state()).some(({incident}) => (incident?.held.length ?? 0) > 0);
      // Each that is held waits for its half hour, and each of all for the budget of all.
      let boundMs = minutes(25) + (healBudget ? 2 * healBudget.windowMs * length : 0);
      let held = false;
      for (let spentMs = 0; unwell() && spentMs < boundMs; spentMs += minutes(1)) {
        if (!held && isHeld()) boundMs += 2 * HELD_MS * length;
        held ||= isHeld();
        world.advance(minutes(1));
      }
      const target = unwell();
      if (target)
        throw new Error(
          `${nameOf(target)} is ${target.health.level}, ${JSON.stringify(target.repair)}: ${whyLine(target, world.now())}`,
        );
    },
  }),
};

/** All that `name` depends on, by the config alone. */
function upstream({targets}: Model, name: string): readonly string[] {
  const direct = targets.find(target => target.name === name)?.dependsOn ?? [];
  return [...new Set(direct.flatMap(next => [next, ...upstream({targets} as Model, next)]))];
}

/** Whether dependencies, in any direction, lead from one to the other. */
function chained({targets}: Model, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (let grew = true; grew;) {
    const before = seen.size;
    for (const {name, dependsOn = []} of targets)
      for (const other of dependsOn)
        if (targets.some(target => target.name === other) && (seen.has(name) || seen.has(other)))
          seen.add(name).add(other);
    grew = seen.size > before;
  }
  return seen.has(to);
}
