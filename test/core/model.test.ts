import {isDeepStrictEqual} from 'node:util';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {isBeingFixed} from '../../source/core/dependencies.ts';
import {nextWake} from '../../source/core/due.ts';
import type {Effect} from '../../source/core/effect.ts';
import type {Fault} from '../../source/core/fault.ts';
import {memoryOf} from '../../source/core/memory.ts';
import {doubt} from '../../source/core/observation.ts';
import type {Policy} from '../../source/core/policy.ts';
import {backoffMs} from '../../source/core/repair.ts';
import {findTarget, type FixRecord, type State, type TargetState} from '../../source/core/state.ts';
import {update} from '../../source/core/update.ts';
import {whyLine, whyStory} from '../../source/core/why.ts';
import {memoriesFrom, memoryText} from '../../source/format/memory.ts';
import {live, setups, shapes, timelines, type Model} from '../helpers/timeline.ts';
import type {Step, World} from '../helpers/world.ts';

const seconds = (count: number) => count * 1_000;
const minutes = (count: number) => count * 60_000;
const CALM_MS = minutes(10);
const HELD_MS = minutes(30);
/** For each shape of dependencies; a busy machine sees fewer lives, a patient person gives more. */
const SECONDS = Number(process.env.MODEL_SECONDS ?? 5);

type Fix = Extract<Effect, {type: 'fix'}>;

/** Watches every step of a world, and throws where a promise is broken; `end` looks at what is left. */
type Rule = (world: World, model: Model) => {readonly step?: (step: Step) => void; readonly end?: () => void};

/** Thousands of lives; every promise is watched in each. */
test.each(Object.entries(shapes))('agent2 keeps every promise to %s, whatever happens', (_, shape) => {
  fc.assert(
    fc.property(setups(shape), timelines(), (setup, commands) => {
      const ends: Array<() => void> = [];
      live(setup, commands, (world, model) => {
        for (const [sentence, rule] of Object.entries(promises)) {
          const {step, end} = rule(world, model);
          if (step) world.observe(each => kept(sentence, () => step(each)));
          if (end) ends.push(() => kept(sentence, end));
        }
      });
      for (const end of ends) end();
    }),
    {numRuns: 100 * SECONDS, interruptAfterTimeLimit: SECONDS * 1_000},
  );
});

function kept(sentence: string, look: () => void): void {
  try {
    look();
  } catch (error) {
    throw new Error(`a promise is broken: ${sentence}: ${error instanceof Error ? error.message : String(error)}`, {cause: error});
  }
}

const fixesOf = ({effects}: Step) => effects.filter((effect): effect is Fix => effect.type === 'fix');
const isManual = ({after}: Step, {target}: Fix) => {
  const {repair} = known(after, target);
  return repair.step === 'fixing' && repair.attempt.manual;
};
const nameOf = ({settings}: TargetState) => settings.name;
const known = (state: State, name: string) => findTarget(state, name) as TargetState;

/** All that `name` depends on, by the config alone. */
function upstream({targets}: Model, name: string): readonly string[] {
  const direct = targets.find(target => target.name === name)?.dependsOn ?? [];
  return [...new Set(direct.flatMap(next => [next, ...upstream({targets} as Model, next)]))];
}

/** Whether dependencies, in any direction, lead from one to the other. */
function chained({targets}: Model, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (let grew = true; grew; ) {
    const before = seen.size;
    for (const {name, dependsOn = []} of targets) for (const other of dependsOn) if (targets.some(target => target.name === other) && (seen.has(name) || seen.has(other))) seen.add(name).add(other);
    grew = seen.size > before;
  }
  return seen.has(to);
}

const promises: Readonly<Record<string, Rule>> = {
  'there are never two fixes at once, of a target nor of a chain of dependencies': (_, model) => ({
    step(step) {
      for (const fix of fixesOf(step)) {
        const before = findTarget(step.before, fix.target);
        if (before && isBeingFixed(before.repair)) throw new Error(`${fix.target} was being fixed already`);
        const busy = step.after.targets.filter(target => isBeingFixed(target.repair) && nameOf(target) !== fix.target && chained(model, nameOf(target), fix.target));
        if (busy.length > 0) throw new Error(`${fix.target} is fixed while ${busy.map(nameOf).join()} is`);
      }
    },
  }),

  'nothing is done while paused, nothing by itself while observed only, and nothing to what has no fix': (_, model) => ({
    step(step) {
      for (const effect of step.effects) {
        if (effect.type !== 'fix' && effect.type !== 'check' && effect.type !== 'look') continue;
        if (model.paused.has(effect.target) && step.event.type !== 'resumed') throw new Error(`${effect.type} of ${effect.target} while paused`);
        if (effect.type !== 'fix') continue;
        if (model.observing.has(effect.target) && !isManual(step, effect)) throw new Error(`${effect.target} is fixed while observed`);
        if (known(step.before, effect.target).settings.fix === 'none') throw new Error('a fix without a fix');
      }
    },
  }),

  'a target that is held is left alone but for one attempt every 30 minutes, until it is over or somebody asks': world => {
    const heldAt = new Map<string, number>();
    return {
      step(step) {
        for (const fix of fixesOf(step)) {
          const {repair} = known(step.before, fix.target);
          if (isManual(step, fix) || repair.step !== 'held') continue;
          if (repair.reason === 'budget' && world.elapsed() < (heldAt.get(fix.target) ?? Infinity) + HELD_MS) throw new Error(`${fix.target} is held for ${world.elapsed() - (heldAt.get(fix.target) ?? 0)} ms only`);
          expect(fix.request.cause).not.toBe('port_taken');
        }
        for (const name of heldAt.keys()) if (!findTarget(step.after, name)) heldAt.delete(name);
        for (const {settings, repair} of step.after.targets) {
          const held = repair.step === 'held' && repair.reason === 'budget';
          if (!held) heldAt.delete(settings.name);
          else if (!heldAt.has(settings.name)) heldAt.set(settings.name, world.elapsed());
        }
      },
    };
  },

  'what we could not see, and what an old epoch answers, changes no judgement and starts no fix': () => ({
    step(step) {
      const {event, before, after} = step;
      if (event.type !== 'observed' && event.type !== 'looked') return;
      const [was, is] = [findTarget(before, event.target), findTarget(after, event.target)];
      if (!was || !is) return;
      const mine = step.effects.filter(effect => 'target' in effect && effect.target === event.target);
      if (event.epoch !== was.epoch) {
        expect(mine).toEqual([]);
        expect({...is, deference: undefined}).toEqual({...was, deference: undefined});
      } else if (event.type === 'observed' && (event.observation.kind === 'inconclusive' || doubt(event.observation, event, was.policy) !== undefined)) {
        expect(mine.filter(({type}) => type !== 'tell')).toEqual([]);
        expect([is.health, is.incident, is.attempts, is.fixes, is.ledger]).toEqual([was.health, was.incident, was.attempts, was.fixes, was.ledger]);
      }
    },
  }),

  'no more fixes begin by themselves within a window than the budgets allow, of a target and of all': (world, model) => {
    let begun: ReadonlyArray<{readonly target: string; readonly at: number}> = [];
    return {
      step(step) {
        begun = begun.filter(({target}) => model.targets.some(({name}) => name === target));
        for (const fix of fixesOf(step)) {
          const at = world.elapsed();
          begun = [...begun, {target: fix.target, at}];
          if (isManual(step, fix)) continue;
          const within = (windowMs: number) => begun.filter(each => each.at > at - windowMs);
          const {budget} = known(step.before, fix.target).policy;
          expect(within(budget.windowMs).filter(({target}) => target === fix.target).length).toBeLessThanOrEqual(budget.count);
          const {healBudget} = step.after;
          if (healBudget) expect(within(healBudget.windowMs).length).toBeLessThanOrEqual(healBudget.count);
        }
      },
    };
  },

  'the pause between attempts grows with each, until ten healthy minutes, also across our own restarts': world => {
    interface Past {
      attempts: number;
      endedAt: number;
      calmSince?: number;
      /** Those in force since the last attempt: a wait keeps the one it began with. */
      policies: Set<Policy>;
    }
    const past = new Map<string, Past>();
    return {
      step(step) {
        const at = world.elapsed();
        for (const name of past.keys()) if (!findTarget(step.after, name)) past.delete(name);
        for (const fix of fixesOf(step)) {
          const {attempts, endedAt, policies} = past.get(fix.target) ?? {attempts: 0, endedAt: -Infinity, policies: new Set()};
          const pauseMs = Math.min(...[...policies].map(policy => backoffMs(attempts, policy)));
          if (!isManual(step, fix) && attempts > 0 && at - endedAt < pauseMs) throw new Error(`${fix.target}: ${at - endedAt} ms after attempt ${attempts}, not ${pauseMs}`);
          past.set(fix.target, {attempts: attempts + 1, endedAt: at, policies: new Set()});
        }
        for (const target of step.after.targets) {
          const mine = past.get(nameOf(target));
          if (!mine) continue;
          const was = findTarget(step.before, nameOf(target));
          // Of one that a reload or our own end broke off nobody saw the end.
          if (was && step.event.type !== 'reconfigured' && isBeingFixed(was.repair) && !isBeingFixed(target.repair)) mine.endedAt = at;
          mine.policies.add(target.policy);
          if (target.paused || target.incident?.down || isBeingFixed(target.repair)) mine.calmSince = undefined;
          else if (target.incident === undefined) mine.calmSince ??= at;
          if (mine.calmSince !== undefined && at - mine.calmSince >= CALM_MS) mine.attempts = 0;
        }
      },
    };
  },

  'what depends on a target that is not well is not fixed, unless somebody asks': (_, model) => ({
    step(step) {
      for (const fix of fixesOf(step).filter(fix => !isManual(step, fix))) {
        for (const name of upstream(model, fix.target)) {
          const other = findTarget(step.after, name);
          if (other && (other.incident !== undefined || other.health.level === 'down' || isBeingFixed(other.repair))) throw new Error(`${fix.target} is fixed although ${name} is not well`);
        }
      }
    },
  }),

  'every incident is counted once, told once, and ends recovered, held or still open': () => {
    const numbers = new Map<string, Set<number>>();
    const told = new Map<string, {down: number; recovered: number; held: number}>();
    return {
      step({event, before, after, effects}) {
        for (const target of after.targets) {
          const name = nameOf(target);
          const was = event.type === 'started' ? undefined : findTarget(before, name);
          const used = numbers.get(name) ?? new Set();
          numbers.set(name, was || event.type === 'started' ? used : new Set());
          const [old, now] = [was?.incident, target.incident];
          if (now && now.number !== target.incidentCount + 1) throw new Error(`incident ${now.number} after ${target.incidentCount}`);
          if (now && used.has(now.number)) throw new Error(`incident ${now.number} is a second one`);
          if (was && target.incidentCount < was.incidentCount) throw new Error('incidents were lost');
          if (old && old.number !== now?.number) {
            const archived = target.incidents.filter(({number}) => number === old.number);
            const counts = old.down || old.fixes > 0;
            expect(archived).toHaveLength(counts ? 1 : 0);
            if (counts) used.add(old.number);
          }
          if (new Set(target.incidents.map(({number}) => number)).size < target.incidents.length) throw new Error('two incidents of one number');
          if (target.health.level === 'down' || target.repair.step === 'held' || isBeingFixed(target.repair)) if (!now) throw new Error(`${name} is ${target.health.level} without an incident`);
        }
        for (const effect of effects) {
          if (effect.type !== 'tell') continue;
          const {target, kind} = effect.notice;
          const counts = told.get(target) ?? {down: 0, recovered: 0, held: 0};
          told.set(target, counts);
          if (kind === 'held' && ++counts.held > 2) throw new Error('held is told again and again');
          if (kind === 'down' && ++counts.down - counts.recovered > 1) throw new Error(`${target} is told as down twice`);
          if (kind === 'recovered' && (++counts.recovered > counts.down)) throw new Error(`${target} is told as recovered twice`);
          if (kind === 'recovered') counts.held = 0;
        }
        for (const {settings: {name}, incident} of after.targets) {
          const {down = 0, recovered = 0} = told.get(name) ?? {};
          if (down - recovered !== (incident?.down ? 1 : 0)) throw new Error(`${name} is told as down ${down} times and as recovered ${recovered} times`);
        }
        for (const [name] of told) if (name !== 'agent2' && !findTarget(after, name)) told.delete(name);
      },
    };
  },

  'there is a why for whatever is done and not done, and it names what keeps a target from being healed': world => ({
    step({before, after}) {
      for (const target of after.targets) {
        if (target === findTarget(before, nameOf(target))) continue;
        for (const now of [world.now(), world.now() + 700, world.now() + seconds(45)]) {
          for (const line of [whyLine(target, now), ...whyStory(target, now)]) {
            if (line.trim() === '' || /^[;:]|undefined|NaN|Infinity|: ;|\(\)|; ;/.test(line)) throw new Error(`no why: ${JSON.stringify(line)} in ${target.repair.step}`);
          }
        }
        const why = whyLine({...target, lastRefusal: undefined}, world.now());
        const {repair, deference} = target;
        if (target.paused) expect(why).toContain('paused');
        else if (repair.step === 'deferred') expect(why).toContain(deference && 'target' in deference ? deference.target : 'heal budget');
        else if (repair.step === 'held' && world.now() >= repair.nextAttemptAt && deference && !target.observing) expect(why).toContain('target' in deference ? deference.target : 'heal budget');
        else if (target.incident?.down && repair.step === 'idle') expect(why).toMatch(/observe only|nothing to restart it with|notFor|start grace|recovering|checking again/);
      }
    },
  }),

  'slow and every other warning is told once an episode, and is never fixed': (_, model) => {
    const episodes = new Map<string, ReadonlySet<string>>();
    const keyOf = (fault: Fault) => `${fault.probe} ${fault.kind} ${'limitDays' in fault ? fault.limitDays : ''}`;
    return {
      step(step) {
        const {event, before, after, effects} = step;
        for (const fix of fixesOf(step)) {
          episodes.delete(fix.target);
          if (!isManual(step, fix)) expect(known(after, fix.target).incident?.faults.length).toBeGreaterThan(0);
          expect(['slow', 'tls_expiring', 'disk_low']).not.toContain(fix.request.cause);
          expect(fix.request.faults.every(({kind}) => kind !== 'slow' && kind !== 'tls_expiring' && kind !== 'disk_low')).toBe(true);
        }
        if (event.type === 'started') episodes.clear();
        for (const {settings: {name, fingerprint}} of after.targets) if (findTarget(before, name)?.settings.fingerprint !== fingerprint) episodes.delete(name);
        for (const name of episodes.keys()) if (!model.targets.some(target => target.name === name)) episodes.delete(name);
        if (event.type !== 'observed') return;
        const was = findTarget(before, event.target);
        const seen = event.epoch === was?.epoch && event.observation.kind === 'ok' && was.repair.step !== 'verifying' ? event.observation.warnings ?? [] : undefined;
        if (!was || !seen) return;
        const past = episodes.get(event.target) ?? new Set();
        const fresh = seen.filter(fault => !past.has(keyOf(fault)));
        episodes.set(event.target, new Set(seen.map(keyOf)));
        const told = effects.filter(effect => effect.type === 'tell' && effect.notice.kind === 'warn' && /^(slow|warning):/.test(effect.notice.text));
        expect(told).toHaveLength(fresh.length);
        const logged = ({fixes}: TargetState) => fixes.filter(({result}) => result === 'warning_logged').length;
        expect(logged(known(after, event.target)) - logged(was)).toBe(fresh.some(({kind}) => kind === 'slow') ? 1 : 0);
      },
    };
  },

  'every fix gets at most one verdict, the ledger counts exactly those, and only what cannot be judged yet has none': world => {
    const key = ({at, incident, action}: FixRecord) => `${at} ${incident} ${action}`;
    const given = new Map<string, number>();
    return {
      step({event, before, after}) {
        for (const target of after.targets) {
          const name = nameOf(target);
          const was = findTarget(before, name);
          if (!was && event.type !== 'started') given.delete(name);
          const old = new Map((was?.fixes ?? []).map(fix => [key(fix), fix] as const));
          for (const fix of target.fixes) {
            const earlier = old.get(key(fix))?.verdict;
            if (earlier !== undefined && fix.verdict !== earlier) throw new Error(`verdict ${earlier} became ${fix.verdict}`);
            if (earlier === undefined && fix.verdict !== undefined && was) given.set(name, (given.get(name) ?? 0) + 1);
            if (fix.result === 'warning_logged' && fix.verdict) throw new Error('a warning has a verdict');
          }
          const counted = Object.values(target.ledger).reduce((sum, verdicts) => sum + Object.values(verdicts).reduce((a, b) => a + b, 0), 0);
          if (counted !== (given.get(name) ?? 0)) throw new Error(`${counted} in the ledger, ${given.get(name)} given`);
          const open = target.fixes.filter(({verdict, result}) => verdict === undefined && result !== 'warning_logged');
          for (const fix of open) {
            const underWay = isBeingFixed(target.repair) && fix === target.fixes.at(-1);
            const unseen = fix.detail?.includes('before its outcome was seen') ?? false;
            const young = fix.result === 'success' && !target.incident?.down;
            if (!underWay && !unseen && !young) throw new Error(`no verdict for ${fix.result} ${fix.detail}`);
          }
          if (event.type === 'observed' && event.target === name && target.healthySince !== undefined && event.observation.kind === 'ok' && was?.epoch === event.epoch && was.lastCheck !== target.lastCheck && world.now() - target.healthySince >= CALM_MS) {
            expect(open.filter(({result}) => result === 'success')).toEqual([]);
          }
        }
      },
    };
  },

  'the same events give the same states and effects, and what is remembered survives as text': world => {
    let life = 0;
    let replayed = world.state();
    let remembered = 0;
    return {
      step({event, after, effects}) {
        if (life !== world.lives().length) {
          const {start, events} = world.lives().at(-1) ?? {start: replayed, events: []};
          life = world.lives().length;
          replayed = events.slice(0, -1).reduce((state, past) => update(state, past)[0], start);
        }
        const [next, again] = update(replayed, event);
        replayed = next;
        if (!isDeepStrictEqual(again, effects)) throw new Error('the same event had other effects');
        if (!effects.some(({type}) => type === 'remember') || remembered++ % 10 !== 0) return;
        const read = memoriesFrom(memoryText(after));
        for (const target of after.targets) expect(read?.get(nameOf(target))).toEqual(memoryOf(target));
      },
      end: () => expect(isDeepStrictEqual(replayed, world.state())).toBe(true),
    };
  },

  'an attempt is remembered before it is made': world => ({
    step({effects}) {
      const remembered = effects.findIndex(({type}) => type === 'remember');
      effects.forEach((effect, index) => {
        if (effect.type !== 'fix') return;
        expect(remembered).toBeGreaterThanOrEqual(0);
        expect(remembered).toBeLessThan(index);
        const memory = memoriesFrom(world.memory())?.get(effect.target);
        expect(memory?.attemptTimes.at(-1)).toBe(world.now());
        expect(memory?.fixes.at(-1)).toMatchObject({at: world.now(), result: 'running'});
        expect(memory?.incident?.fixes).toBeGreaterThan(0);
      });
    },
  }),

  'agent2 never spins: nothing is due in the past once it was done, and seconds have few ticks': world => {
    let second = 0;
    let ticks = 0;
    return {
      step({event, before, after, effects}) {
        if (event.type !== 'tick') return;
        const now = Math.floor(world.elapsed() / 1_000);
        [second, ticks] = now === second ? [second, ticks + 1] : [now, 1];
        if (ticks > 16 * after.targets.length) throw new Error(`${ticks} ticks in a second`);
        if (nextWake(after) <= world.now() && after === before && effects.length === 0) throw new Error('a tick that does nothing, and another one at once');
      },
    };
  },

  'whatever was broken is healthy within its bound once its fix works and nothing forbids it': (world, model) => ({
    end() {
      for (const {name} of model.setup.targets) {
        Object.assign(world.serviceOf(name), {restartsInto: 'healthy', stranger: false, blind: false, lagMs: 0, consumer: 'takes', startMs: 300, components: undefined});
        if (world.serviceOf(name).api === 'down' || world.target(name)?.settings.fix === 'none') Object.assign(world.serviceOf(name), {api: 'ok', process: 'alive'});
        model.paused.delete(name);
        model.observing.delete(name);
        world.dispatch({type: 'resumed', at: world.now(), target: name});
        world.dispatch({type: 'observing', at: world.now(), target: name, on: false});
      }
      const held = world.state().targets.some(({incident}) => (incident?.held.length ?? 0) > 0);
      const shared = world.state().healBudget ? 2 * world.state().healBudget!.windowMs * world.state().targets.length : 0;
      world.advance((held ? 3 * HELD_MS : 0) + minutes(25) + shared);
      for (const target of world.state().targets) {
        if (target.incident || !['ok', 'warn'].includes(target.health.level)) throw new Error(`${nameOf(target)} is ${target.health.level}, ${JSON.stringify(target.repair)}: ${whyLine(target, world.now())}`);
      }
    },
  }),
};
