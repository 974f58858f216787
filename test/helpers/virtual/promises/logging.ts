import {isDeepStrictEqual} from 'node:util';
import {expect} from 'vitest';
import {isBeingFixed} from '../../../../source/core/phase.ts';
import type {Cause} from '../../../../source/core/model/cause.ts';
import type {Fault} from '../../../../source/core/model/fault.ts';
import {doubt} from '../../../../source/core/check/doubt.ts';
import {memoryOf} from '../../../../source/core/memory.ts';
import type {FixRecord} from '../../../../source/core/model/repair.ts';
import type {TargetState} from '../../../../source/core/model/target.ts';
import {findTarget, targetsOf} from '../../../../source/core/targets.ts';
import {update} from '../../../../source/core/update.ts';
import {memoryText} from '../../../../source/documents/memory.ts';
import {memoriesFrom} from '../../documents.ts';
import {whyAfterEnd} from '../../../../source/core/why-after.ts';
import {whyLine as whyData} from '../../../../source/core/why.ts';
import {whyLine, whyDetails} from '../../why.ts';
import {isSameFailure, loopClause} from '../../../../source/core/fix/crash-loop.ts';
import {CALM_MS, fixesOf, isManual, known, nameOf, type Rule} from './rule.ts';
import {render} from '../../../../source/core/text/say.ts';

/** What agent2 logs, counts and remembers of its actions. */
export const logging: Readonly<Record<string, Rule>> = {
  'every incident is counted once, logged once, and is recovered, held or open at the end': () => {
    const numbers = new Map<string, Set<number>>();
    const told = new Map<string, {down: number; recovered: number; held: number}>();
    return {
      step({event, before, after, effects}) {
        for (const target of targetsOf(after)) {
          const name = nameOf(target);
          const was = event.type === 'started' ? undefined : findTarget(before, name);
          const used = numbers.get(name) ?? new Set();
          numbers.set(name, was || event.type === 'started' ? used : new Set());
          const [old, now] = [was?.incident, target.incident];
          if (now && !now.again && now.number !== target.incidentCount + 1)
            throw new Error(`incident ${now.number} after ${target.incidentCount}`);
          if (now && !now.again && used.has(now.number))
            throw new Error(`incident ${now.number} is a second one`);
          if (was && target.incidentCount < was.incidentCount)
            throw new Error('incidents were lost');
          // One that continues an earlier incident takes its number.
          const continues = now?.again && old && now.number < old.number;
          if (old && old.number !== now?.number && !continues) {
            const archived = target.incidents.filter(({number}) => number === old.number);
            const counts = old.down || old.fixes > 0;
            expect(archived).toHaveLength(counts ? 1 : 0);
            if (counts) used.add(old.number);
          }
          if (new Set(target.incidents.map(({number}) => number)).size < target.incidents.length)
            throw new Error('two incidents of one number');
          if (
            target.health.level === 'down' ||
            target.repair.step === 'held' ||
            isBeingFixed(target.repair)
          )
            if (!now) throw new Error(`${name} is ${target.health.level} without an incident`);
        }
        for (const effect of effects) {
          if (effect.type !== 'notify') continue;
          const {target, kind} = effect.notice;
          const counts = told.get(target) ?? {down: 0, recovered: 0, held: 0};
          told.set(target, counts);
          if (kind === 'held' && ++counts.held > 2) throw new Error('held is told again and again');
          const isDown =
            kind === 'down' || (kind === 'relapsing' && counts.down === counts.recovered);
          if (isDown && ++counts.down - counts.recovered > 1)
            throw new Error(`${target} is told as down twice`);
          if (kind === 'recovered' && ++counts.recovered > counts.down)
            throw new Error(`${target} is told as recovered twice`);
          if (kind === 'recovered') counts.held = 0;
        }
        for (const target of targetsOf(after)) {
          const {
            settings: {name},
            incident,
          } = target;
          const {down = 0, recovered = 0} = told.get(name) ?? {};
          if (down - recovered !== (incident?.down || loopClause(target) !== undefined ? 1 : 0))
            throw new Error(
              `${name} is told as down ${down} times and as recovered ${recovered} times`,
            );
        }
        for (const [name] of told)
          if (name !== 'agent2' && !findTarget(after, name)) told.delete(name);
      },
    };
  },

  'there is always a reason, and it names what prevents the healing of a target': world => ({
    step({before, after}) {
      for (const target of targetsOf(after)) {
        if (target === findTarget(before, nameOf(target))) continue;
        for (const now of [world.now(), world.now() + 700, world.now() + 45_000]) {
          for (const line of [whyLine(target, now), ...whyDetails(target, now)]) {
            if (line.trim() === '' || /^[;:]|undefined|NaN|Infinity|: ;|\(\)|; ;/.test(line))
              throw new Error(`no why: ${JSON.stringify(line)} in ${target.repair.step}`);
          }
        }
        const why = whyLine({...target, lastRefusal: undefined}, world.now());
        const facts = render(
          whyAfterEnd(whyData({...target, lastRefusal: undefined}, world.now())),
        );
        if (
          /next attempt|\bleft\b|waiting|its fix|\bmore\b|confirming|checking again|continues|does it now|ends it/.test(
            facts,
          )
        )
          throw new Error(`promised by nobody: ${facts}`);
        const {repair, blockedBy} = target;
        if (target.paused) expect(why).toContain('paused');
        else if (repair.step === 'deferred') expect(why).toContain(blockerWord(blockedBy));
        else if (
          repair.step === 'held' &&
          world.now() >= repair.nextAttemptAt &&
          blockedBy &&
          !target.observing
        )
          expect(why).toContain(blockerWord(blockedBy));
        else if (target.incident?.down && repair.step === 'idle')
          expect(why).toMatch(
            /observe only|no restart is configured|not restarted|Retry-After|notFor|start grace|recovering|checking again|confirming/,
          );
      }
    },
  }),

  'every warning is logged once an episode and never leads to a fix': (_, model) => {
    const episodes = new Map<string, ReadonlySet<string>>();
    const keyOf = (fault: Fault) =>
      `${fault.probe} ${fault.kind} ${'limitDays' in fault ? fault.limitDays : ''}`;
    return {
      step(step) {
        const {event, before, after, effects} = step;
        for (const fix of fixesOf(step)) {
          // How fast it is after a fix is another question than before it.
          episodes.set(
            fix.target,
            new Set([...(episodes.get(fix.target) ?? [])].filter(key => !key.includes(' slow '))),
          );
          if (!isManual(step, fix))
            expect(known(after, fix.target).incident?.faults.length).toBeGreaterThan(0);
          expect(['slow', 'tls_expiring', 'disk_low']).not.toContain(fix.request.cause);
          expect(
            fix.request.faults.filter(({kind}) =>
              ['slow', 'tls_expiring', 'disk_low'].includes(kind),
            ),
          ).toEqual([]);
        }
        if (event.type === 'started') episodes.clear();
        for (const {
          settings: {name, fingerprint},
        } of targetsOf(after))
          if (findTarget(before, name)?.settings.fingerprint !== fingerprint) episodes.delete(name);
        for (const name of episodes.keys())
          if (!model.targets.some(target => target.name === name)) episodes.delete(name);
        if (event.type !== 'observed') return;
        const was = findTarget(before, event.target);
        const seen =
          event.epoch === was?.epoch &&
          was.check.state === 'running' &&
          event.observation.kind === 'ok' &&
          was.repair.step !== 'verifying'
            ? (event.observation.warnings ?? [])
            : undefined;
        const toldHere = effects.flatMap(effect =>
          effect.type === 'notify' &&
          effect.notice.kind === 'warn' &&
          render(effect.notice.text).startsWith('warning: ')
            ? [render(effect.notice.text)]
            : [],
        );
        if (event.observation.kind === 'failed') {
          // A failed check tells what it warns of as well, and never twice; it ends no episode.
          const known = episodes.get(event.target) ?? new Set<string>();
          const fresh = (event.observation.warnings ?? []).filter(
            fault =>
              !known.has(keyOf(fault)) && toldHere.includes(`warning: ${render(fault.text)}`),
          );
          expect(toldHere).toHaveLength(fresh.length);
          episodes.set(event.target, new Set([...known, ...fresh.map(keyOf)]));
        }
        // What was slow while we stood still says nothing.
        if (!was || !seen || doubt(event.observation, event, was.policy) !== undefined) return;
        const past = episodes.get(event.target) ?? new Set();
        const fresh = seen.filter(fault => !past.has(keyOf(fault)));
        episodes.set(event.target, new Set(seen.map(keyOf)));
        const told = effects.filter(
          effect =>
            effect.type === 'notify' &&
            effect.notice.kind === 'warn' &&
            /^(slow|warning):/.test(render(effect.notice.text)),
        );
        expect(told).toHaveLength(fresh.length);
        const logged = ({fixes}: TargetState) =>
          fixes.filter(({result}) => result === 'warning_logged').length;
        expect(logged(known(after, event.target)) - logged(was)).toBe(
          fresh.some(({kind}) => kind === 'slow') ? 1 : 0,
        );
      },
    };
  },

  'every fix gets at most one verdict, the ledger counts exactly these, and only an open fix has none':
    world => {
      const key = ({at, incident, action}: FixRecord) => `${at} ${incident} ${action}`;
      const given = new Map<string, number>();
      /** What the present failure was called first: fixes are compared with that. */
      const called = new Map<string, Cause | undefined>();
      return {
        step({event, before, after}) {
          for (const target of targetsOf(after)) {
            const name = nameOf(target);
            const was = findTarget(before, name);
            if (!was && event.type !== 'started') given.delete(name);
            if (!target.incident?.down) called.delete(name);
            else if (!called.has(name)) called.set(name, target.incident.cause);
            const cause = called.get(name);
            const old = new Map((was?.fixes ?? []).map(fix => [key(fix), fix] as const));
            for (const fix of target.fixes) {
              const earlier = old.get(key(fix))?.verdict;
              if (earlier !== undefined && fix.verdict !== earlier)
                throw new Error(`verdict ${earlier} became ${fix.verdict}`);
              if (earlier === undefined && fix.verdict !== undefined && was)
                given.set(name, (given.get(name) ?? 0) + 1);
              if (fix.result === 'warning_logged' && fix.verdict)
                throw new Error('a warning has a verdict');
            }
            const counted = Object.values(target.ledger).reduce(
              (sum, verdicts) => sum + Object.values(verdicts).reduce((a, b) => a + b, 0),
              0,
            );
            if (counted !== (given.get(name) ?? 0))
              throw new Error(`${counted} in the ledger, ${given.get(name)} given`);
            const open = target.fixes.filter(
              ({verdict, result}) => verdict === undefined && result !== 'warning_logged',
            );
            for (const fix of open) {
              const underWay = isBeingFixed(target.repair) && fix === target.fixes.at(-1);
              const unseen = render(fix.detail ?? '').includes('before the outcome was known');
              const young =
                fix.result === 'success' &&
                !(cause !== undefined && fix.cause !== 'manual' && isSameFailure(fix.cause, cause));
              // Nothing was restarted, so there is nothing to judge.
              const untaken = render(fix.detail ?? '').includes('no process consumed');
              if (!underWay && !unseen && !young && !untaken)
                throw new Error(`no verdict for ${fix.result} ${render(fix.detail ?? '')}`);
            }
            if (
              event.type === 'observed' &&
              event.target === name &&
              target.healthySince !== undefined &&
              event.observation.kind === 'ok' &&
              was?.epoch === event.epoch &&
              was.lastCheck !== target.lastCheck &&
              world.now() - target.healthySince >= CALM_MS
            ) {
              expect(open.filter(({result}) => result === 'success')).toEqual([]);
            }
          }
        },
      };
    },

  'the same events give the same states and effects, and the memory survives as text': world => {
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
        for (const target of targetsOf(after))
          expect(read?.get(nameOf(target))).toEqual(memoryOf(target));
      },
      end: () => expect(isDeepStrictEqual(replayed, world.state())).toBe(true),
    };
  },
};

function blockerWord(blockedBy: TargetState['blockedBy']): string {
  if (blockedBy && 'target' in blockedBy) return blockedBy.target;
  return blockedBy?.reason === 'heal budget' ? 'heal budget' : 'turned bad together';
}
